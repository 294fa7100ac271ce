"""Why something failed, in words, from the code that was kept: the same words on the phone and at the desk."""

from __future__ import annotations

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import (
    AgreementDayCap,
    AgreementNotFound,
    AgreementOver,
    AgreementSingleCap,
)
from walletdesk.money.payments import errors
from walletdesk.money.wallets.public import (
    BalanceLimit,
    DayLimit,
    LifetimeLimit,
    LimitReached,
    MonthLimit,
    PayeeDayLimit,
    PayeeSingleLimit,
    SingleLimit,
    WalletIsFrozen,
    WalletMissing,
    YearLimit,
)
from walletdesk.trust.risk.public import PaymentOnHold, PaymentStopped, StepUpNeeded

LIMITS: list[type[LimitReached]] = [
    SingleLimit,
    DayLimit,
    MonthLimit,
    YearLimit,
    LifetimeLimit,
    PayeeSingleLimit,
    PayeeDayLimit,
    BalanceLimit,
]
OURS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Refusal)]
KINDS: list[type[Refusal]] = [
    WalletIsFrozen,
    WalletMissing,
    StepUpNeeded,
    PaymentOnHold,
    PaymentStopped,
    AgreementNotFound,
    AgreementOver,
    AgreementSingleCap,
    AgreementDayCap,
    *LIMITS,
    *OURS,
]
BY_CODE = {kind.code: kind for kind in KINDS}


def reason_of(code: str, short_by: Amount | None = None) -> Words | None:
    """What happened, for a kept code; a bank's own word is said as such; None for no code."""
    if not code:
        return None
    kind = BY_CODE.get(code)
    if kind is None:
        return Words(f"银行没有同意（{code}）", f"The bank declined ({code})")
    shown = {"short_by": str(short_by)} if short_by is not None else {}
    return Words(kind.what.zh.format(**shown), kind.what.en.format(**shown)) if shown else kind.what


def refusal_of_code(code: str) -> type[Refusal] | None:
    """The refusal with this code: what happened, where the money is, the next step."""
    return BY_CODE.get(code)
