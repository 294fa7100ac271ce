"""The front door of risk.

    flag_rings(legs) -> ids of flags raised now         handlers.flag_loops does it for facts
    flags(limit), flags_of_customer(customer_id)        newest first

Fact: ``RiskFlagged``. Nothing here refuses: a flag stops nobody.
"""

from walletdesk.trust.risk.events import RiskFlagged
from walletdesk.trust.risk.handlers import flag_loops
from walletdesk.trust.risk.queries import FlagView, flags, flags_of_customer
from walletdesk.trust.risk.rules import Leg
from walletdesk.trust.risk.services.flag_rings import flag_rings

__all__ = ["FlagView", "Leg", "RiskFlagged", "flag_loops", "flag_rings", "flags", "flags_of_customer"]
