"""A status: a word, a shape and a tone, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import PaymentView


@dataclass(frozen=True, slots=True)
class Status:
    words: Words
    tone: str
    shape: str


TAKEN = Status(Words("已收", "Paid"), "go", "done")
DOUBLE = Status(Words("像是重复", "Likely double"), "wait", "half")
PARTLY_BACK = Status(Words("退了一部分", "Partly refunded"), "wait", "half")
BACK = Status(Words("已退", "Refunded"), "plain", "flat")
OF_CASE = {
    "open": Status(Words("处理中", "In hand"), "wait", "half"),
    "waiting_customer": Status(Words("等顾客", "Waits for the customer"), "wait", "half"),
    "waiting_other": Status(Words("等您答复", "Waits for you"), "wait", "tri"),
    "resolved": Status(Words("等顾客确认", "Customer to confirm"), "go", "ring"),
    "closed": Status(Words("已结案", "Closed"), "plain", "flat"),
}


def of_payment(payment: PaymentView) -> Status:
    if payment.state == "refunded":
        return BACK
    if payment.state == "partly_refunded":
        return PARTLY_BACK
    return DOUBLE if payment.duplicate_of else TAKEN
