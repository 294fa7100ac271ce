"""Where a call can stand: one class a place.

answering → choosing_language → consent → choosing ─┬→ verifying → hearing_balance | freezing → hearing_freeze
dialling ──────────────────────────┘                ├→ unlocking → waiting
                                                    ├→ closed
                                                    └→ waiting ⇄ connecting → talking ⇄ consulting → together
                                                         └→ arranging_call_back        └→ surveying → farewell → ended
"""

from walletdesk.service.hotline.rules.places.arrival import Answering, ChoosingLanguage, Consent
from walletdesk.service.hotline.rules.places.choosing import Choosing
from walletdesk.service.hotline.rules.places.connecting import Connecting
from walletdesk.service.hotline.rules.places.consulting import Consulting, Together
from walletdesk.service.hotline.rules.places.ending import Dialling, Ended, Farewell, Leaving, Surveying
from walletdesk.service.hotline.rules.places.money import Freezing, HearingBalance, HearingFreeze
from walletdesk.service.hotline.rules.places.place import FlowEvent, Place
from walletdesk.service.hotline.rules.places.proving import Verifying
from walletdesk.service.hotline.rules.places.talking import Talking
from walletdesk.service.hotline.rules.places.unlocking import Unlocking
from walletdesk.service.hotline.rules.places.waiting import ArrangingCallBack, Closed, Waiting

PLACES: dict[str, Place] = {
    place.name: place
    for place in (
        Answering(), ChoosingLanguage(), Consent(), Choosing(), Verifying(), Unlocking(), HearingBalance(), Freezing(),
        HearingFreeze(), Closed(), Waiting(), ArrangingCallBack(), Connecting(), Talking(), Consulting(), Together(),
        Surveying(), Farewell(), Leaving(), Ended(), Dialling(),
    )
}  # fmt: skip
"""By the name that a stored flow bears."""

__all__ = ["PLACES", "FlowEvent", "Place"]
