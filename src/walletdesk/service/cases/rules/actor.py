"""Who does something to a case: the system, the customer, an agent or a merchant."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words

NAMELESS = Words("", "")
SYSTEM, CUSTOMER, EMPLOYEE, MERCHANT = "system", "customer", "employee", "merchant"


@dataclass(frozen=True, slots=True)
class Actor:
    """``id`` is that of the customer, employee or merchant; the system has none.

    ``number`` and ``name`` are what others may read of an agent ("1024", 周岚 / Zhou Lan) or of a merchant; they are
    written down with the act, so that a later change of name does not rewrite what happened.
    """

    kind: str
    id: uuid.UUID | None = None
    number: str = ""
    name: Words = NAMELESS

    @property
    def ref(self) -> str:
        """``employee:0190…``, or ``system``: how the audit and the file room name an actor."""
        return f"{self.kind}:{self.id}" if self.id else self.kind


THE_SYSTEM = Actor(SYSTEM)


def the_customer(customer_id: uuid.UUID) -> Actor:
    return Actor(CUSTOMER, customer_id)


def the_merchant(merchant_id: uuid.UUID, name_zh: str = "", name_en: str = "") -> Actor:
    return Actor(MERCHANT, merchant_id, name=Words(name_zh, name_en))


def the_agent(employee_id: uuid.UUID, number: str, name_zh: str, name_en: str) -> Actor:
    return Actor(EMPLOYEE, employee_id, number, Words(name_zh, name_en))
