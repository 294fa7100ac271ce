"""The front door of freezes.

    freeze_own(customer_id, channel) -> FreezeState             page, api, keypad; twice changes nothing
    freeze_by_staff(customer_id, mode, reason, employee_id, case_id)    FreezeModeUnknown, ReasonMissing of wallets
    lift_own(customer_id, proved_at) -> FreezeState             NotFrozenAtAll, LiftNeedsPerson, LiftNeedsProof
    lift_by_two(customer_id, reason, checker) -> FreezeState    NotFrozenAtAll; inside the approval's transaction
    hand_in_papers(customer_id, document, photos) -> PapersView         NotFrozenAtAll, then as verification
    freeze_state(customer_id) -> FreezeState

Hears risk's ``FreezeOrdered``. The facts of a freeze are the wallets' own: ``WalletFrozen``, ``WalletUnfrozen``.
"""

from walletdesk.service.freezes.errors import LiftNeedsPerson, LiftNeedsProof, NotFrozenAtAll
from walletdesk.service.freezes.queries import FreezeState, freeze_state
from walletdesk.service.freezes.services.freeze_account import freeze_by_staff, freeze_own
from walletdesk.service.freezes.services.hand_in_papers import hand_in_papers
from walletdesk.service.freezes.services.lift_freeze import lift_by_two, lift_own

__all__ = [
    "FreezeState",
    "LiftNeedsPerson",
    "LiftNeedsProof",
    "NotFrozenAtAll",
    "freeze_by_staff",
    "freeze_own",
    "freeze_state",
    "hand_in_papers",
    "lift_by_two",
    "lift_own",
]
