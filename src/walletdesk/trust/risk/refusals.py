"""A decision as a refusal: what every path that moves money answers; or as a delay, where only transfers wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.errors import PaymentOnHold, PaymentStopped, StepUpNeeded
from walletdesk.trust.risk.rules.checks import CHECKS
from walletdesk.trust.risk.rules.looks import Decision

BY_MARK = {"weak_recovery": PaymentOnHold, "address_changed": PaymentOnHold}


@dataclass(frozen=True, slots=True)
class Delay:
    """``reason`` is the code of the rule that is told."""

    until: datetime
    reason: str


def refusal_of(decision: Decision) -> Refusal | None:
    """None when it is allowed, or delayed (``delay_of``); else ``StepUpNeeded``, ``PaymentOnHold(until)`` or
    ``PaymentStopped``. ``why`` is what was noticed, in the customer's words. A payer who is frozen (``is_frozen``) is answered
    by the wallets' own refusal.
    """
    if decision.outcome in ("allow", "delay"):
        return None
    if decision.reasons and decision.reasons[0] in BY_MARK:
        return BY_MARK[decision.reasons[0]](until=decision.until)
    if decision.outcome == "challenge":
        return StepUpNeeded(why=_why(decision))
    return PaymentStopped(why=_why(decision))


def delay_of(decision: Decision) -> Delay | None:
    """Until when it waits and why, when that is what was answered."""
    if decision.outcome != "delay" or decision.until is None:
        return None
    return Delay(decision.until, _said_first(decision))


def why_delayed(code: str) -> Words:
    """In the customer's words, for the code that was kept."""
    return CHECKS[code].said if code in CHECKS else Words("", "")


def is_frozen(decision: Decision) -> bool:
    """Whether the payer was frozen before this ask."""
    return decision.reasons == ("frozen",)


def _why(decision: Decision) -> Words:
    return why_delayed(_said_first(decision))


def _said_first(decision: Decision) -> str:
    """The heaviest reason that counted; those about the other side are told first, for they warn."""
    codes = [code for code in decision.reasons if code in CHECKS]
    codes.sort(key=lambda code: CHECKS[code].answered_by_proof)
    return codes[0] if codes else ""
