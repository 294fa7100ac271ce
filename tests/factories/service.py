"""The bakery that charged twice: the people and payments that stories of the service wing begin with.

Everything is made through the rooms' own verbs.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from tests.factories import money
from tests.factories.trust import an_employee
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import PaymentView
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.agent_actions.public import ask_verification
from walletdesk.service.cases.public import CaseView, case, open_case, take_case
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import answer_prompt

_numbers = itertools.count(1)


def a_payer(name: str = "林晓雨", yuan: int = 3_000, **user: Any) -> CustomerView:
    """A customer with a wallet and money in it, topped up from a bank."""
    return money.a_payer(yuan, name=name, **user)


def a_shop(name_zh: str = "青禾面包", name_en: str = "Qinghe Bakery") -> MerchantView:
    return money.a_shop(name_zh, name_en)


def a_payment(payer: CustomerView, shop: MerchantView, figure: str = "38.00", reference: str = "") -> PaymentView:
    """An order at the till, scanned and paid."""
    return money.a_payment(payer, shop, figure, reference or f"QH-{next(_numbers):04d}")


@dataclass(frozen=True)
class ChargedTwice:
    """One purchase at the bakery, charged twice, in the hands of nobody yet."""

    lin: CustomerView
    bakery: MerchantView
    first: PaymentView
    second: PaymentView
    case: CaseView

    def now(self) -> CaseView:
        return case(self.case.id)


def charged_twice(lin: CustomerView | None = None, bakery: MerchantView | None = None) -> ChargedTwice:
    """Lin Xiaoyu buys bread once and pays twice; she opens the case herself."""
    lin, bakery = lin or a_payer(), bakery or a_shop()
    reference = f"QH-0519-{next(_numbers):04d}"
    first, second = a_payment(lin, bakery, reference=reference), a_payment(lin, bakery, reference=reference)
    return ChargedTwice(lin, bakery, first, second, open_case("duplicate_charge", lin.id, [first.id, second.id]))


@dataclass(frozen=True)
class Desk:
    """Agent 1024 of one team, and a checker of another."""

    zhou: EmployeeView
    he: EmployeeView


def a_desk() -> Desk:
    return Desk(
        an_employee("agent", "care", number="1024", name_zh="周岚", name_en="Zhou Lan"),
        an_employee("supervisor", "checks", number="0387", name_zh="何敏", name_en="He Min"),
    )


def in_hand(story: ChargedTwice, agent: EmployeeView, *, verified: bool = True) -> None:
    """The agent takes the case; the customer confirms on the phone unless told otherwise."""
    take_case(agent.id, story.case.id)
    if verified:
        answer_prompt(story.lin.id, ask_verification(agent.id, story.case.id).id, genuine=True)


def balance_of(customer: CustomerView) -> int:
    """What is available in the customer's wallet, in fen."""
    return wallets_of(customer.id)[0].available.minor


def everybody_hears() -> None:
    """What the worker would do now: each fact reaches its listeners."""
    deliver_all()
