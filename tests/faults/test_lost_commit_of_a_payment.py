"""R08 with whole payments: the line breaks at the COMMIT of a payment, a refund, its approval, or a top-up. The product asks
again by key itself; what it answers is what happened. If the line stays broken it says that it does not know, and the key
decides later.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from tests.databases import FreshDatabase
from tests.factories.money import (
    a_payer,
    a_payment,
    a_shop,
    an_order,
    bank_is,
    books_are_true,
    has,
    pay,
    the_payment,
    to_pay,
    yuan,
)
from tests.factories.service import a_desk, charged_twice, in_hand
from tests.fakes.bank import FakeBank
from tests.faults.test_r08_lost_commit import CUTS, Relay, address_of, through
from walletdesk.money.payments.models import Payment, TopUp
from walletdesk.money.payments.public import OutcomeUnknown, Paid, Refused, pay_many, start_top_up
from walletdesk.money.payments.services import known_outcome
from walletdesk.money.refunds.models import Refund
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.service.agent_actions.public import approve_refund, propose_refund
from walletdesk.trust.approvals.public import AlreadyDecided

pytestmark = pytest.mark.serial


@pytest.fixture
def relay(fresh_database: FreshDatabase) -> Iterator[Relay]:
    relay = Relay(address_of(fresh_database))
    yield relay
    relay.close()


def cut_at_each_commit(relay: Relay, cuts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The first commit meets the first cut, the second the second; those after them go through."""
    left = list(cuts)

    def reach(place: str) -> None:
        if place == "before_commit":
            relay.cut = left.pop(0) if left else ""

    monkeypatch.setattr(known_outcome, "reach", reach)


@pytest.mark.parametrize("cut", CUTS)
def test_a_payment_whose_commit_was_cut_is_answered_by_its_key(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    once = to_pay(anna, asked, key="one")
    cut_at_each_commit(relay, [cut], monkeypatch)
    with through(relay):
        paid = pay(once)
    assert paid.replayed is (cut == CUTS[1]), (
        "what the server had done answers as a replay; what it had not is done now"
    )
    assert (Payment.objects.count(), has(anna)) == (1, "62.00")
    assert pay(once).body == paid.body
    assert books_are_true()


@pytest.mark.parametrize("second", CUTS)
@pytest.mark.parametrize("first", CUTS)
def test_cut_twice_the_outcome_is_unknown_and_the_key_decides_later(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, first: str, second: str
) -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    once = to_pay(anna, asked, key="one")
    cut_at_each_commit(relay, [first, second], monkeypatch)
    with through(relay), pytest.raises(OutcomeUnknown) as unknown:
        pay(once)
    assert unknown.value.status == 202
    happened = Payment.objects.count()
    paid = pay(once)
    assert paid.replayed is (happened == 1)
    assert (Payment.objects.count(), has(anna)) == (1, "62.00")
    assert books_are_true()


@pytest.mark.parametrize("cut", CUTS)
def test_what_was_committed_before_the_line_broke_is_known(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """Three want one order, each in a transaction of its own: the first is done, the second unknown, the third not begun."""
    anna, bert, asked = a_payer(100), a_payer(100), an_order(a_shop())
    wishes = [to_pay(anna, asked, key="one"), to_pay(bert, asked, key="two"), to_pay(anna, asked, key="one")]
    cut_at_each_commit(relay, ["", cut, cut], monkeypatch)
    with through(relay):
        paid, unknown, not_begun = pay_many(wishes)
    assert isinstance(paid, Paid)
    assert isinstance(unknown, Refused) and unknown.refusal.code == "outcome_unknown"
    assert isinstance(not_begun, Refused) and not_begun.refusal.code == "payment_not_done"
    assert (Payment.objects.count(), has(anna), has(bert)) == (1, "62.00", "100.00")
    assert books_are_true()


@pytest.mark.parametrize("cut", CUTS)
def test_a_refund_whose_commit_was_cut_is_made_once(relay: Relay, monkeypatch: pytest.MonkeyPatch, cut: str) -> None:
    anna = a_payer(100)
    paid = a_payment(anna)
    wish = RefundIntent("one", paid.id, 3800, "merchant")
    cut_at_each_commit(relay, [cut], monkeypatch)
    with through(relay):
        made = refund_once(wish)
    assert made.replayed is (cut == CUTS[1])
    assert (Refund.objects.count(), has(anna), the_payment(paid.id).state) == (1, "100.00", "refunded")
    assert books_are_true()


@pytest.mark.parametrize("cut", CUTS)
def test_an_approval_whose_commit_was_cut_gives_one_refund(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    """The refund stands inside the approval's transaction: the approval is what is looked up."""
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou)
    made = propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, "Charged twice")
    cut_at_each_commit(relay, [cut, cut], monkeypatch)  # the refund's own, which is no COMMIT yet, and the whole
    with through(relay):
        decided = approve_refund(desk.he.id, made.id, made.payload_hash)
    assert (decided.state, decided.checker and decided.checker.id) == ("approved", desk.he.id)
    assert Refund.objects.count() == 1
    with pytest.raises(AlreadyDecided):
        approve_refund(desk.he.id, made.id, made.payload_hash)
    assert books_are_true()


@pytest.mark.parametrize("place", ["written", "booked"])
@pytest.mark.parametrize("cut", CUTS)
def test_a_top_up_whose_commit_was_cut_is_asked_for_once(
    relay: Relay, monkeypatch: pytest.MonkeyPatch, cut: str, place: str
) -> None:
    """Before the bank is asked, or when its answer is booked: the bank pulls once, the wallet has it once."""
    anna = a_payer()
    cut_at_each_commit(relay, [cut] if place == "written" else ["", cut], monkeypatch)
    with bank_is(FakeBank()) as bank, through(relay):
        done = start_top_up("one", anna.id, yuan(50))
    assert (done.state, has(anna), TopUp.objects.count()) == ("done", "50.00", 1)
    assert [act for act, _ in bank.asked] == ["pull"]
    assert books_are_true()


def test_when_postgresql_is_away_before_anything_was_sent_nothing_is_unknown(relay: Relay) -> None:
    anna, asked = a_payer(100), an_order(a_shop())
    once = to_pay(anna, asked, key="one")
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        relay.port = nobody.getsockname()[1]
    with through(relay), pytest.raises(OperationalError):
        pay(once)
    paid = pay(once)
    assert (paid.replayed, Payment.objects.count(), has(anna)) == (False, 1, "62.00")
    assert books_are_true()
