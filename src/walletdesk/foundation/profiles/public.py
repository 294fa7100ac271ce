"""What is configured, at a moment.

value("merchant.fee_bps")                       60
value("merchant.fee_bps", at=last_year)         what held then
keys(), history(key), every_value()             for who changes them
set_value("merchant.fee_bps", 45, valid_from=…, source="board decision 2026-11")
"""

from walletdesk.foundation.profiles.errors import ProfileDatedTwice, ProfileUnknown
from walletdesk.foundation.profiles.queries import ProfileRow, every_value, history, keys, value
from walletdesk.foundation.profiles.services.set_value import set_value

__all__ = [
    "ProfileDatedTwice",
    "ProfileRow",
    "ProfileUnknown",
    "every_value",
    "history",
    "keys",
    "set_value",
    "value",
]
