"""What is configured, at a moment.

value("merchant.fee_bps")                       60
value("merchant.fee_bps", at=last_year)         what held then
set_value("merchant.fee_bps", 45, valid_from=…, source="board decision 2026-11")
"""

from walletdesk.foundation.profiles.errors import ProfileDatedTwice, ProfileUnknown
from walletdesk.foundation.profiles.queries import ProfileRow, history, value
from walletdesk.foundation.profiles.services.set_value import set_value

__all__ = ["ProfileDatedTwice", "ProfileRow", "ProfileUnknown", "history", "set_value", "value"]
