"""A decision as a refusal: what every path that moves money answers."""

from __future__ import annotations

from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.errors import PaymentOnHold, PaymentStopped, StepUpNeeded
from walletdesk.trust.risk.rules.checks import CHECKS
from walletdesk.trust.risk.rules.looks import Decision

BY_MARK = {"weak_recovery": PaymentOnHold, "address_changed": PaymentOnHold}


def refusal_of(decision: Decision) -> Refusal | None:
    """None when it is allowed; else ``StepUpNeeded``, ``PaymentOnHold(until)`` or ``PaymentStopped``. ``why`` is what was
    noticed, in the customer's words. A payer who is frozen (``is_frozen``) is answered by the wallets' own refusal.
    """
    if decision.outcome == "allow":
        return None
    if decision.reasons and decision.reasons[0] in BY_MARK:
        return BY_MARK[decision.reasons[0]](until=decision.until)
    if decision.outcome == "challenge":
        return StepUpNeeded(why=_why(decision))
    return PaymentStopped(why=_why(decision))


def is_frozen(decision: Decision) -> bool:
    """Whether the payer was frozen before this ask."""
    return decision.reasons == ("frozen",)


def _why(decision: Decision) -> Words:
    """The heaviest reason that counted; those about the other side are told first, for they warn."""
    codes = [code for code in decision.reasons if code in CHECKS]
    codes.sort(key=lambda code: CHECKS[code].answered_by_proof)
    return CHECKS[codes[0]].said if codes else Words("", "")
