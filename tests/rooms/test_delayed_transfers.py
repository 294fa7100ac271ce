"""A risky transfer waits: set aside, told at once, stopped by whoever is in time, asked about once more, made when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.databases import FreshDatabase
from tests.factories.delays import a_delayed_transfer, delaying, sends, under_report
from tests.factories.holding import a_later_transfer, for_later
from tests.factories.money import a_key, a_payer, a_shop, an_order, books_are_true, has, proof_of, purse, to_pay, yuan
from walletdesk.foundation.audit.models import Act
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments import errors
from walletdesk.money.payments.models import ScheduledTransfer
from walletdesk.money.payments.public import (
    CancelTransferIntent,
    TransferIntent,
    Transferred,
    TransferView,
    cancel_transfer,
    pay,
    schedule,
    stop_by_link,
    stop_token,
    stop_transfer,
    stoppable,
    transfer_many,
    transfer_view,
)
from walletdesk.money.payments.services.make_due_transfers import make_due_transfers
from walletdesk.money.wallets.public import freeze_wallet, limits_of
from walletdesk.service.notifications.public import notices
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.models import RiskDecision
from walletdesk.trust.risk.public import PaymentStopped, restrict
from walletdesk.trust.risk.queries.rule_sets import forget_remembered


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget_remembered()
    yield
    forget_remembered()


def now_of(one: TransferView) -> TransferView:
    found = transfer_view(one.id)
    assert found is not None
    return found


def used_today(who: CustomerView) -> int:
    return limits_of(who.id).line("out", "day").used.minor


@pytest.mark.django_db
def test_it_is_set_aside_and_made_when_it_is_due_and_counted_once() -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang, 60, hours=24)
    assert waits.due_at is not None
    assert timedelta(0) <= waits.due_at - waits.asked_at - timedelta(hours=24) < timedelta(minutes=1)
    assert (waits.delay_reason, str(waits.delayed_because)) == ("payee_reported", "有人举报了对方，我们正在查")
    assert (has(lin), purse(lin).held.plain, purse(lin).posted.plain, has(wang)) == ("40.00", "60.00", "100.00", "0.00")
    with at(waits.due_at - timedelta(seconds=1)):
        assert make_due_transfers() == 0
    with at(waits.due_at):
        assert make_due_transfers() == 1
        assert (now_of(waits).state, has(lin), has(wang)) == ("made", "40.00", "60.00")
        assert books_are_true()
    asked, again = RiskDecision.objects.order_by("at")
    assert (asked.outcome, asked.done) == ("delay", False)
    assert (again.outcome, again.done, again.inputs["waited"]) == ("allow", True, True)
    assert [act.verb for act in Act.objects.filter(verb="delay_transfer")] == ["delay_transfer"]


@pytest.mark.django_db
def test_the_same_key_answers_the_same_and_sets_aside_once() -> None:
    lin, wang = a_payer(100), under_report(a_payer())
    delaying(6)
    first, again = sends(lin, wang, 60, "k"), sends(lin, wang, 60, "k")
    assert (first.body, first.due_at, again.replayed) == (again.body, again.due_at, True)
    assert has(lin) == "40.00"


@pytest.mark.django_db
def test_a_batch_makes_what_may_go_and_sets_aside_what_waits() -> None:
    lin, wang, good = a_payer(100), under_report(a_payer()), a_payer()
    delaying()
    to = [wang, good, wang, good]
    intents = [
        TransferIntent(a_key(), lin.id, one.id, yuan(figure), proof_of(lin.id))
        for one, figure in zip(to, (10, 20, 30, 90), strict=True)
    ]
    results = transfer_many(intents)
    assert [isinstance(one, Transferred) and one.due_at is not None for one in results] == [True, False, True, False]
    assert isinstance(results[1], Transferred) and not isinstance(results[3], Transferred)
    assert (has(lin), has(good), has(wang)) == ("40.00", "20.00", "0.00")
    assert RiskDecision.objects.filter(outcome="delay").count() == 2, "each is asked once"
    assert books_are_true()


@pytest.mark.django_db
def test_a_batch_that_waits_takes_as_many_statements_as_one() -> None:
    delaying()
    swindler, counts = under_report(a_payer()), []
    for size in (1, 2, 12):
        intents = [
            TransferIntent(a_key(), lin.id, swindler.id, yuan(1), proof_of(lin.id))
            for lin in (a_payer(100) for _ in range(size))
        ]
        with CaptureQueriesContext(connection) as seen:
            assert all(isinstance(one, Transferred) and one.due_at for one in transfer_many(intents))
        by_the_clock = ("risk_rule_version", "profiles_profile")  # read anew when a while has passed
        counts.append(sum(not any(name in one["sql"] for name in by_the_clock) for one in seen.captured_queries))
    assert counts[2] == counts[1]
    assert Act.objects.filter(verb="delay_transfer").count() == 15


@pytest.mark.django_db
def test_a_planned_transfer_waits_at_least_as_long_as_risk_says() -> None:
    lin, wang = a_payer(100), under_report(a_payer())
    delaying(24)
    soon = transfer_view(schedule(for_later(lin, wang, 10, now() + timedelta(hours=1))).transfer_id)
    late = transfer_view(schedule(for_later(lin, wang, 10, now() + timedelta(hours=48))).transfer_id)
    assert soon and late and soon.due_at and late.due_at
    assert soon.due_at - soon.asked_at > timedelta(hours=23) and soon.delay_reason == "payee_reported"
    assert late.due_at - late.asked_at > timedelta(hours=47)


@pytest.mark.django_db
def test_the_limits_count_it_once_and_a_stop_gives_it_back() -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang, 60, hours=2)
    assert used_today(lin) == 6_000
    stop_transfer(waits.id, "employee:x", "a scam")
    assert (used_today(lin), has(lin), now_of(waits).state, now_of(waits).ended_by) == (
        0,
        "100.00",
        "cancelled",
        "employee:x",
    )
    stop_transfer(waits.id, "employee:y")
    assert Act.objects.filter(verb="stop_transfer").count() == 1, "it stops once"
    with at(waits.due_at or now()):
        assert make_due_transfers() == 0


@pytest.mark.django_db
def test_its_payer_stops_it_like_any_planned_one() -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang)
    cancel_transfer(CancelTransferIntent(a_key(), waits.id, lin.id))
    assert (has(lin), now_of(waits).ended_by) == ("100.00", "")


@pytest.mark.django_db
def test_the_link_stops_it_once_and_tells_nobody_anything() -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang)
    link = stop_token(waits.id)
    forged = link[:-2] + ("AA" if link[-2:] != "AA" else "BB")
    for wrong in ("", "x", "ä" * 43, forged, stop_token(a_later_transfer(lin, wang, 1).id) + "A"):
        with pytest.raises(errors.StopLinkOver):
            stop_by_link(wrong)
    assert stoppable(link) == waits.id
    stop_by_link(link)
    assert (has(lin), now_of(waits).ended_by) == ("99.00", "link")
    with pytest.raises(errors.StopLinkOver):
        stop_by_link(link)


@pytest.mark.django_db
def test_a_link_runs_out_when_the_money_goes() -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang)
    with at(waits.due_at or now()):
        make_due_transfers()
        with pytest.raises(errors.StopLinkOver):
            stop_by_link(stop_token(waits.id))
    with pytest.raises(errors.TransferEnded):
        stop_transfer(waits.id, "employee:x")


@pytest.mark.django_db
def test_a_transfer_that_its_payer_planned_has_no_link_and_no_other_hand_on_it() -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang, 10)
    with pytest.raises(errors.StopLinkOver):
        stop_by_link(stop_token(planned.id))
    with pytest.raises(errors.TransferNotFound):
        stop_transfer(planned.id, "employee:x")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "state", "left"),
    [("debit", "failed", "100.00"), ("full", "failed", "100.00"), ("credit", "waiting", "40.00")],
)
def test_a_frozen_wallet_keeps_nothing_waiting(mode: str, state: str, left: str) -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang)
    freeze_wallet(purse(lin).id, mode, "a stolen telephone", "system")
    deliver_all()
    assert (now_of(waits).state, has(lin)) == (state, left)
    assert now_of(waits).code == ("wallet_frozen" if state == "failed" else "")
    assert books_are_true()


@pytest.mark.django_db
def test_risk_is_asked_again_when_it_is_due() -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang)
    restrict(wang.id, "fake", None, "it is a swindler", "system")
    with at(waits.due_at or now()):
        assert make_due_transfers() == 1
    assert (now_of(waits).state, now_of(waits).code, has(lin), has(wang)) == (
        "failed", PaymentStopped.code, "100.00", "0.00",
    )  # fmt: skip
    assert RiskDecision.objects.order_by("-at")[0].outcome == "deny"


@pytest.mark.django_db
def test_at_a_till_nobody_waits() -> None:
    lin, shop = a_payer(100), a_shop()
    restrict(shop.id, "reported", now() + timedelta(days=1), "looked into", "system")
    delaying()
    with pytest.raises(PaymentStopped):
        pay(to_pay(lin, an_order(shop)))
    assert has(lin) == "100.00"


@pytest.mark.django_db
def test_the_payer_hears_of_it_and_of_its_end_and_the_payee_hears_nothing() -> None:
    lin, wang = a_payer(100), a_payer(name="Wang Fang")
    waits = a_delayed_transfer(lin, wang)
    deliver_all()
    assert [one.kind for one in notices("customer", lin.id)][:1] == ["transfer_delayed"]
    assert "transfer" not in " ".join(one.kind for one in notices("customer", wang.id))
    stop_by_link(stop_token(waits.id))
    deliver_all()
    assert [one.kind for one in notices("customer", lin.id)][:2] == ["transfer_stopped", "transfer_delayed"]


@pytest.mark.django_db
def test_why_it_waits_is_never_rewritten() -> None:
    lin, wang = a_payer(100), a_payer()
    waits = a_delayed_transfer(lin, wang)
    with pytest.raises(DatabaseError), transaction.atomic():
        ScheduledTransfer.objects.filter(id=waits.id).update(delay_reason="")


def test_a_stop_against_the_clock_is_made_or_stopped_never_both(fresh_database: FreshDatabase) -> None:
    for _ in range(5):
        lin, wang = a_payer(100), a_payer()
        waits = a_delayed_transfer(lin, wang)
        link = stop_token(waits.id)

        def due(when: TransferView = waits) -> int:
            with at(when.due_at or now()):
                return make_due_transfers()

        answers = fresh_database.at_once(
            due, lambda link=link: stop_by_link(link), lambda link=link: stop_by_link(link)
        )  # type: ignore[misc]
        ended = now_of(waits)
        assert ended.state in ("made", "cancelled")
        assert (has(lin), has(wang)) == (("40.00", "60.00") if ended.state == "made" else ("100.00", "0.00"))
        assert sum(one is None for one in answers[1:]) == (ended.state == "cancelled"), answers
        assert books_are_true()
