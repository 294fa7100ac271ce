"""A town so small that each kind of thing happens in it once: what the pages need to have something to show.

Made through the rooms' own verbs, before the product starts; the facts are delivered here, so nothing is still coming.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from tests.factories.foundation import a_png
from tests.factories.money import a_key, an_order, bank_is, proof_of, to_pay, yuan
from tests.fakes.bank import FakeBank
from tests.stories.people import PASSWORD, Desk, a_bakery, a_customer, a_desk, email_of, pays_at, with_money
from walletdesk.foundation.identity.public import sign_up_user
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import NotEnoughMoney, PaymentView, activity, pay, start_top_up, transfer
from walletdesk.money.refunds.public import refunds_of
from walletdesk.money.wallets.public import set_own_limit
from walletdesk.service.agent_actions.public import approve_refund, ask_verification, propose_refund, unmask
from walletdesk.service.cases.public import (
    CaseView,
    case,
    case_of_customer,
    close_case,
    open_case,
    open_cases_of_payments,
    take_case,
    the_agent,
    the_customer,
    the_merchant,
)
from walletdesk.service.conversations.public import say
from walletdesk.trust.approvals.public import ProposalView
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.verification.public import answer_prompt

WHY = "The till lost its network and charged again"


@dataclass(frozen=True)
class LittleTown:
    lin: CustomerView
    wang: CustomerView
    bakery: MerchantView
    desk: Desk
    twice: PaymentView
    failed: UUID
    sent: UUID
    refund: UUID
    top_ups: dict[str, UUID]
    proposed: CaseView
    proposal: ProposalView
    repaid: CaseView
    closed: CaseView
    talk: CaseView
    waiting: CaseView


def a_little_town() -> LittleTown:
    lin = with_money(a_customer("Lin Xiaoyu"), "3000")
    wang = with_money(a_customer("Wang Fang"), "50")
    bakery, desk = a_bakery(), a_desk()
    sign_up_user(email_of("No Shop Yet"), PASSWORD, "en")
    top_ups = _top_ups(lin)
    sent = transfer(a_key(), lin.id, wang.id, yuan("25.50"), "Lunch, thank you", proof_of(lin.id)).transfer_id
    proposed, twice = _charged_twice(lin, bakery, "QH-0001")
    _in_hand(lin, proposed, desk)
    proposal = propose_refund(desk.agent.id, proposed.id, twice.id, twice.amount.minor, WHY)
    repaid, back = _repaid(lin, bakery, desk)
    town = LittleTown(
        lin,
        wang,
        bakery,
        desk,
        twice,
        _failed(lin, bakery),
        sent,
        back,
        top_ups,
        case(proposed.id),
        proposal,
        case(repaid.id),
        _closed(lin, desk),
        _talk(lin, bakery, desk),
        open_case("not_mine", wang.id, [pays_at(wang, bakery, "12.00", "QH-0004").id]),
    )
    _own_limits(lin)
    deliver_all()
    return town


def _top_ups(lin: CustomerView) -> dict[str, UUID]:
    """One of each: the bank says no, and the bank says nothing."""
    with bank_is(FakeBank(decline="no_funds")):
        declined = start_top_up(a_key(), lin.id, yuan("80"))
    with bank_is(FakeBank(lose_answer=True)):
        unknown = start_top_up(a_key(), lin.id, yuan("60"))
    done = next(row.id for row in activity(lin.id, kind="top_up").rows if row.state == "done")
    assert (declined.state, unknown.state) == ("declined", "unknown")
    return {"declined": declined.id, "unknown": unknown.id, "done": done}


def _own_limits(lin: CustomerView) -> None:
    """Nearly used up for this month, one that is full, and one that waits to rise."""
    set_own_limit(lin.id, "out", "month", yuan("250"))
    set_own_limit(lin.id, "transfer", "day", yuan("25.50"))
    set_own_limit(lin.id, "transfer", "single", yuan("40"))
    set_own_limit(lin.id, "transfer", "single", yuan("80"))


def _charged_twice(lin: CustomerView, bakery: MerchantView, reference: str) -> tuple[CaseView, PaymentView]:
    """The system notices, and opens the case by itself."""
    pays_at(lin, bakery, "38.00", reference)
    second = pays_at(lin, bakery, "38.00", reference)
    deliver_all()
    (found,) = open_cases_of_payments([second.id])[second.id]
    return found, second


def _in_hand(lin: CustomerView, found: CaseView, desk: Desk) -> None:
    take_case(desk.agent.id, found.id)
    answer_prompt(lin.id, ask_verification(desk.agent.id, found.id).id, genuine=True)


def _repaid(lin: CustomerView, bakery: MerchantView, desk: Desk) -> tuple[CaseView, UUID]:
    """A second double charge, refunded, and waiting for the customer's word."""
    found, second = _charged_twice(lin, bakery, "QH-0002")
    _in_hand(lin, found, desk)
    made = propose_refund(desk.agent.id, found.id, second.id, second.amount.minor, WHY)
    approve_refund(desk.checker.id, made.id, made.payload_hash)
    deliver_all()
    (back,) = refunds_of([second.id])
    return found, back.id


def _failed(lin: CustomerView, bakery: MerchantView) -> UUID:
    """Not enough money; the try stands among the bills."""
    with suppress(NotEnoughMoney):
        pay(to_pay(lin, an_order(bakery, "90000.00", "QH-0003")))
    return next(row.id for row in activity(lin.id).rows if row.state == "failed")


def _closed(lin: CustomerView, desk: Desk) -> CaseView:
    asked = open_case("question", lin.id)
    take_case(desk.checker.id, asked.id)
    return close_case(desk.checker.id, asked.id, "Answered on the telephone")


def _talk(lin: CustomerView, bakery: MerchantView, desk: Desk) -> CaseView:
    """A case in which all three speak, with files, and in which somebody looked at a private field."""
    found = open_case("refund_request", lin.id, [pays_at(lin, bakery, "15.00", "QH-0005").id])
    agent = the_agent(desk.agent.id, desk.agent.employee_number, desk.agent.name.zh, desk.agent.name.en)
    shop = the_merchant(bakery.id, bakery.name.zh, bakery.name.en)
    say(found.id, the_customer(lin.id), "The cake was stale. Here is a picture.", [("cake.png", a_png(8, 8))])
    take_case(desk.agent.id, found.id)
    say(found.id, agent, "I am sorry. I ask the shop.")
    say(found.id, agent, "The customer says the cake was stale. Do you agree to a refund?", to="merchant")
    say(found.id, shop, "Yes, here is our log.", [("log.txt", b"08:32 one cake")])
    say(found.id, agent, "Polite, in a hurry.", staff_only=True)
    unmask(desk.agent.id, found.id, "phone", "To call back about the cake")
    return case_of_customer(lin.id, found.reference)
