"""What an agent sees of a customer, before and after the customer has confirmed on their own phone.

    field             before    after     unmasked with a reason
    name              shown     shown
    number            shown     shown
    case_payments     shown     shown     the case is about them
    phone             masked    shown     yes
    email             masked    shown     yes
    balances          masked    shown     yes
    other_payments    masked    shown     yes

"After" means level 2 or more on this very case, while it is open and in this agent's hands. A colleague who looks over
the shoulder, and the same agent after closing, see what stands under "before".
"""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

ENOUGH = 2
ALWAYS_SHOWN = frozenset({"name", "number", "case_payments"})
MASKED_BEFORE = frozenset({"phone", "email", "balances", "other_payments"})
MASKED_IN_AN_EMERGENCY = frozenset({"phone", "email"})
"""Without a case, for a reason and with an alarm: what is needed to stop a loss, and no address."""

FIELD_WORDS = {
    "phone": Words("手机号", "phone number"),
    "email": Words("邮箱", "e-mail address"),
    "balances": Words("余额", "balances"),
    "other_payments": Words("其他付款", "other payments"),
}


def masked_fields(level: int, in_hand: bool) -> frozenset[str]:
    """The fields to mask. ``level``: the case's verification; ``in_hand``: open, and taken by who looks."""
    return frozenset() if in_hand and level >= ENOUGH else MASKED_BEFORE


def can_be_unmasked(field: str) -> bool:
    return field in MASKED_BEFORE
