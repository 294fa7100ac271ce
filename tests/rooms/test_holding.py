"""Money set aside for an order: authorised, captured in part or whole, voided, or free again when its time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from tests.factories.holding import a_hold, an_agreement, by, the_hold, to_hold
from tests.factories.money import (
    a_key,
    a_payer,
    a_shop,
    an_order,
    books_are_true,
    has,
    purse,
    the_payment,
    to_pay,
    yuan,
)
from walletdesk.foundation.amount.public import AmountTooSmall
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.foundation.idempotency.public import KeyBodyDiffers
from walletdesk.foundation.outbox.models import Event
from walletdesk.money.agreements.public import agreement
from walletdesk.money.ledger import public as ledger
from walletdesk.money.ledger.public import HoldRequest, check_books, expire_holds, place_holds, release_holds
from walletdesk.money.merchants.public import shop_balance
from walletdesk.money.payments import errors
from walletdesk.money.payments.models import Authorisation
from walletdesk.money.payments.public import (
    CaptureIntent,
    HoldRefused,
    VoidIntent,
    activity,
    authorise,
    authorise_many,
    cancel_order,
    capture,
    capture_many,
    hold,
    holds_of_customer,
    holds_of_merchant,
    order,
    pay,
    void,
)
from walletdesk.money.payments.services.void_many import end_expired_holds
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.money.wallets.public import WalletIsFrozen, freeze_wallet, limits_of

pytestmark = pytest.mark.django_db


def to_capture(held, amount: int | None = None, key: str = "", shop=None) -> CaptureIntent:
    return CaptureIntent(key or a_key(), held.id, (shop or held.merchant_id), amount)


def used_today(customer) -> str:
    found = limits_of(customer.id)
    assert found is not None
    line = found.line("out", "day")
    assert line is not None
    assert line.used is not None
    return line.used.plain


def test_authorised_money_is_still_there_and_nobody_can_spend_it() -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 80)
    assert (held.state, held.amount.plain, has(lin), purse(lin).posted.plain) == (
        "authorised",
        "80.00",
        "20.00",
        "100.00",
    )
    assert order(held.order_id).state == "authorised"
    with pytest.raises(errors.NotEnoughMoney):
        pay(to_pay(lin, an_order(bakery, 21)))
    assert [row.state for row in activity(lin.id).rows if row.kind == "payment"] == ["failed", "authorised"]
    assert books_are_true()


def test_captured_in_part_the_rest_is_free_again() -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 80)
    done = capture(to_capture(held, 5000))
    paid = the_payment(done.payment_id)
    assert (paid.id, paid.amount.plain, paid.fee.plain, paid.state) == (held.id, "50.00", "0.30", "captured")
    assert (has(lin), purse(lin).held.plain) == ("50.00", "0.00")
    assert shop_balance(bakery.id).available.plain == "49.70"
    found = the_hold(held.id)
    assert (found.state, found.captured.plain) == ("captured", "50.00")
    assert order(held.order_id).payment_id == held.id
    assert used_today(lin) == "50.00", "what was not captured was not spent"
    assert [row.state for row in activity(lin.id, kind="payment").rows] == ["captured"], "one row, not two"
    assert books_are_true()


def test_captured_whole_when_no_sum_is_named_and_then_refunded() -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery)
    with at(now() + timedelta(days=1)):
        capture(to_capture(held))
        refund_once(RefundIntent(a_key(), held.id, 3800, "merchant", merchant_id=bakery.id))
        assert has(lin) == "100.00"
        assert used_today(lin) == "0.00"
    assert the_payment(held.id).counted_at == held.authorised_at
    assert books_are_true()


def test_voided_by_the_shop_it_is_the_payers_again() -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 80)
    void(VoidIntent(a_key(), held.id, bakery.id))
    assert (has(lin), the_hold(held.id).state, order(held.order_id).state) == ("100.00", "voided", "cancelled")
    assert used_today(lin) == "0.00"
    assert void(VoidIntent(a_key(), held.id, bakery.id)).body["state"] == "voided", "free already: no harm"
    assert Event.objects.filter(fact="payment_voided").count() == 1
    assert books_are_true()


@pytest.mark.parametrize("books_first", [False, True])
def test_when_nobody_captures_it_in_time_it_is_free_again(books_first: bool) -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 80)
    with at(held.expires_at):
        assert the_hold(held.id).state == "expired", "written down or not"
        with pytest.raises(errors.HoldExpired):
            capture(to_capture(held))
        if books_first:
            assert expire_holds() == 1
        assert end_expired_holds() == 1
        assert end_expired_holds() == 0
        assert has(lin) == "100.00"
        assert void(VoidIntent(a_key(), held.id, bakery.id)).body["state"] == "expired"
        with pytest.raises(errors.HoldExpired):
            capture(to_capture(held))
        assert books_are_true()
    assert Event.objects.get(fact="payment_voided").payload["why"] == "expired"


def test_a_hold_that_the_books_freed_long_ago_and_nobody_wrote_down_is_found() -> None:
    held = a_hold(a_payer(100), a_shop(), 80)
    with at(held.expires_at):
        expire_holds()
    with at(held.expires_at + timedelta(minutes=59)):
        assert books_are_true(), "this room's own timer comes a moment later"
    with at(held.expires_at + timedelta(minutes=61)):
        (finding,) = check_books().findings_of("I7")
        assert finding.record == f"payment {held.id}"
        end_expired_holds()
        assert books_are_true()


@pytest.mark.parametrize("page", [500, 3])
def test_one_hold_on_which_the_books_disagree_keeps_no_other_from_ending(
    page: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lin, bakery = a_payer(100), a_shop()
    held = [a_hold(lin, bakery, 5) for _ in range(10)]
    broken, books_free = held[3], ledger.release_holds
    bad = Authorisation.objects.get(pk=broken.id).hold_id

    def disagree(holds: Sequence[UUID]) -> list[ledger.HoldReleased | ledger.Declined]:
        answers = books_free(holds)
        return [
            ledger.Declined("hold_unknown", None) if one == bad else answer
            for one, answer in zip(holds, answers, strict=True)
        ]

    monkeypatch.setattr(ledger, "release_holds", disagree)
    with at(max(one.expires_at for one in held)):
        assert end_expired_holds(page) == 9
        assert Authorisation.objects.get(state="authorised").id == broken.id
        assert has(lin) == "95.00"
        assert sum("surprised" in one.message for one in caplog.records) == 1
        monkeypatch.undo()
        assert end_expired_holds(page) == 1
    assert has(lin) == "100.00"


def test_a_capture_is_never_more_than_the_hold_never_twice_and_never_another_shops() -> None:
    lin, bakery, books = a_payer(100), a_shop(), a_shop("书店", "Books")
    held = a_hold(lin, bakery, 50)
    with pytest.raises(errors.CaptureAboveHold) as more:
        capture(to_capture(held, 5001))
    assert more.value.fields["held"] == yuan(50)
    for sum_ in (0, -1):
        with pytest.raises(AmountTooSmall):
            capture(to_capture(held, sum_))
    with pytest.raises(errors.PaymentNotFound):
        capture(to_capture(held, shop=books.id))
    with pytest.raises(errors.PaymentNotFound):
        void(VoidIntent(a_key(), held.id, books.id))
    capture(to_capture(held, 1000))
    with pytest.raises(errors.HoldEnded):
        capture(to_capture(held, 1000))
    with pytest.raises(errors.HoldEnded):
        void(VoidIntent(a_key(), held.id, bakery.id))
    assert has(lin) == "90.00"


def test_the_same_key_answers_the_same() -> None:
    lin, bakery = a_payer(100), a_shop()
    asked = to_hold(lin, an_order(bakery, 30), "one")
    first, again = authorise(asked), authorise(asked)
    assert (first.body, first.replayed, again.replayed) == (again.body, False, True)
    held = the_hold(first)
    done, repeated = capture(to_capture(held, 500, "two")), capture(to_capture(held, 500, "two"))
    assert (done.body, repeated.replayed) == (repeated.body, True)
    with pytest.raises(KeyBodyDiffers):
        capture(to_capture(held, 501, "two"))
    assert has(lin) == "95.00"


def test_an_order_is_held_once_paid_once_and_not_cancelled_meanwhile() -> None:
    lin, wang, bakery = a_payer(100), a_payer(100), a_shop()
    asked = an_order(bakery, 30)
    authorise(to_hold(lin, asked))
    for again in (lambda: authorise(to_hold(wang, asked)), lambda: pay(to_pay(wang, asked))):
        with pytest.raises(errors.OrderAuthorised):
            again()
    with pytest.raises(errors.OrderNotWaiting):
        cancel_order(asked.id, bakery.id)
    assert has(wang) == "100.00"


def test_frozen_after_it_was_held_it_is_not_captured() -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 50)
    freeze_wallet(purse(lin).id, "debit", "stolen phone", "test")
    with pytest.raises(WalletIsFrozen):
        capture(to_capture(held))
    with pytest.raises(WalletIsFrozen):
        authorise(to_hold(lin, an_order(bakery, 5)))
    void(VoidIntent(a_key(), held.id, bakery.id))
    assert has(lin) == "100.00"


def test_by_an_agreement_without_a_pin() -> None:
    lin, bakery = a_payer(100), a_shop()
    agreed = an_agreement(lin, bakery)
    wishes = [to_hold(lin, an_order(bakery, sum_), consent=by(agreed)) for sum_ in (51, 50, 49, 2)]
    said = [one.refusal.code if isinstance(one, HoldRefused) else "held" for one in authorise_many(wishes)]
    assert said == ["agreement_single", "held", "held", "agreement_day"]
    held = holds_of_merchant(bakery.id)
    assert [one.id for one in holds_of_customer(lin.id)] and len(held) == 2
    void(VoidIntent(a_key(), held[0].id, bakery.id))
    assert agreement(agreed.id).used_today.plain == "99.00", "the cap says what may be taken, not what is kept"


def test_a_batch_of_captures_answers_each() -> None:
    lin, bakery, books = a_payer(500), a_shop(), a_shop("书店", "Books")
    held = [a_hold(lin, bakery, 10) for _ in range(3)]
    asked = [to_capture(held[0]), to_capture(held[1], 400), to_capture(held[2], shop=books.id), to_capture(held[0])]
    said = [
        one.refusal.code if isinstance(one, HoldRefused) else one.body["amount_minor"] for one in capture_many(asked)
    ]
    assert said == [1000, 400, "payment_not_found", "hold_ended"]
    assert has(lin) == "476.00"
    assert books_are_true()


def test_a_batch_takes_as_many_statements_as_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bakery = a_shop()
    counts: dict[str, list[int]] = {"authorise": [], "capture": []}

    def statements(seen) -> int:
        by_the_clock = ("risk_rule_version", "profiles_profile")  # read anew when a while has passed
        return sum(not any(name in one["sql"] for name in by_the_clock) for one in seen.captured_queries)

    for size in (1, 2, 12):
        wishes = [to_hold(a_payer(100), an_order(bakery, 2)) for _ in range(size)]
        with CaptureQueriesContext(connection) as seen:
            held = authorise_many(wishes)
        counts["authorise"].append(statements(seen))
        with CaptureQueriesContext(connection) as seen:
            capture_many([CaptureIntent(a_key(), one.payment_id, bakery.id, 100) for one in held])
        counts["capture"].append(statements(seen))
    assert {name: one[1] for name, one in counts.items()} == {name: one[2] for name, one in counts.items()}


@pytest.mark.parametrize(
    "change", [{"amount_minor": 1}, {"state": "captured"}, {"captured_minor": 1}, {"expires_at": now()}]
)
def test_the_database_itself_keeps_a_hold(change: dict[str, object]) -> None:
    lin, bakery = a_payer(100), a_shop()
    held = a_hold(lin, bakery, 50)
    rows = Authorisation.objects.filter(pk=held.id)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    void(VoidIntent(a_key(), held.id, bakery.id))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(state="authorised", ended_at=None)
    assert hold(held.id).state == "voided"


def test_the_checker_names_a_hold_that_is_not_what_the_books_hold() -> None:
    lin, bakery = a_payer(100), a_shop()
    held, other = a_hold(lin, bakery, 50), a_hold(lin, bakery, 10)
    assert books_are_true()
    account = purse(lin).ledger_account
    place_holds([HoldRequest(uuid7(), account, 100, f"order:{uuid7()}", now() + timedelta(hours=1))])
    release_holds([Authorisation.objects.get(pk=other.id).hold_id])
    found = {one.record for one in check_books().findings if one.invariant == "I7"}
    assert f"payment {other.id}" in found
    assert any(record.startswith("funds_hold") for record in found)
    assert f"payment {held.id}" not in found
