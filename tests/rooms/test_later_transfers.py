"""Transfers for later: set aside at once, made when they are due, cancelled until then."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest
from django.db import DatabaseError, transaction

from tests.factories.holding import a_later_transfer, for_later, the_transfer
from tests.factories.money import a_key, a_payer, books_are_true, has, purse, yuan
from tests.factories.trust import of_tier
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.models import Event
from walletdesk.foundation.profiles.public import value
from walletdesk.money.agreements.public import KeyUse, KeyWish, make_own_key
from walletdesk.money.ledger.public import expire_holds
from walletdesk.money.payments import errors
from walletdesk.money.payments.models import ScheduledTransfer
from walletdesk.money.payments.public import (
    CancelTransferIntent,
    Scheduled,
    TransferRefused,
    activity,
    cancel_transfer,
    schedule,
    schedule_many,
    scheduled_of,
    transfer_view,
    transfers_of,
)
from walletdesk.money.payments.services.make_due_transfers import make_due_transfers
from walletdesk.money.wallets.public import WalletIsFrozen, freeze_wallet, limits_of
from walletdesk.trust.customers.public import PinProof
from walletdesk.trust.risk.models import RiskDecision as DecisionRow
from walletdesk.trust.risk.public import restrict

pytestmark = pytest.mark.django_db


def test_it_is_set_aside_at_once_and_made_when_it_is_due() -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang, 60, hours=24, note="rent")
    assert (planned.state, has(lin), purse(lin).posted.plain, has(wang)) == ("waiting", "40.00", "100.00", "0.00")
    assert transfers_of(wang.id) == [], "what is only planned is not theirs to know"
    assert make_due_transfers() == 0
    with at(planned.due_at):
        assert (make_due_transfers(), make_due_transfers()) == (1, 0)
        made = the_transfer(planned.id)
        assert (made.state, made.number, made.due_at) == ("made", planned.number, planned.due_at)
        assert (has(lin), has(wang)) == ("40.00", "60.00")
        assert [one.id for one in transfers_of(wang.id)] == [planned.id]
        assert books_are_true()
    assert Event.objects.filter(fact="transfer_made").count() == 1


def test_the_sender_cancels_until_it_is_made() -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang, 60)
    with pytest.raises(errors.TransferNotFound):
        cancel_transfer(CancelTransferIntent(a_key(), planned.id, wang.id))
    wish = CancelTransferIntent("k", planned.id, lin.id)
    first, again = cancel_transfer(wish), cancel_transfer(wish)
    assert (first.body, first.replayed, again.replayed) == (again.body, False, True)
    assert cancel_transfer(CancelTransferIntent(a_key(), planned.id, lin.id)).body["state"] == "cancelled"
    assert (has(lin), the_transfer(planned.id).state) == ("100.00", "cancelled")
    used = limits_of(lin.id).line("out", "day").used
    assert used.plain == "0.00"
    with at(planned.due_at):
        assert make_due_transfers() == 0
    assert [one.state for one in scheduled_of(lin.id)] == ["cancelled"]
    assert [(row.state, row.counts) for row in activity(lin.id, kind="transfer").rows] == [("cancelled", False)]
    made = a_later_transfer(lin, wang, 10, hours=1)
    with at(made.due_at):
        make_due_transfers()
        with pytest.raises(errors.TransferEnded):
            cancel_transfer(CancelTransferIntent(a_key(), made.id, lin.id))
    assert books_are_true()


def test_frozen_when_it_is_due_it_fails_and_the_money_stays() -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang, 60)
    freeze_wallet(purse(lin).id, "debit", "stolen phone", "test")
    with pytest.raises(WalletIsFrozen):
        schedule(for_later(lin, wang, 1, now() + timedelta(hours=1)))
    with at(planned.due_at):
        assert make_due_transfers() == 1
        failed = the_transfer(planned.id)
        assert (failed.state, failed.code, has(lin)) == ("failed", "wallet_frozen", "100.00")
        assert failed.reason is not None
        assert books_are_true()
    assert Event.objects.get(fact="transfer_cancelled").payload["why"] == "wallet_frozen"


def test_a_wallet_that_is_full_by_then_takes_nothing_in() -> None:
    lin, wang = a_payer(20_000), a_payer(9_000)
    of_tier(wang.id, 4)
    first, second = a_later_transfer(lin, wang, 600), a_later_transfer(lin, wang, 600)
    with at(second.due_at):
        assert make_due_transfers() == 2
    assert (the_transfer(first.id).state, the_transfer(second.id).code) == ("made", "payee_cannot_receive")
    assert (has(wang), has(lin)) == ("9600.00", "19400.00")


def test_down_for_days_we_say_so() -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang, 60)
    with at(planned.due_at + timedelta(days=4)):
        assert expire_holds() == 1
        assert make_due_transfers() == 1
        assert (the_transfer(planned.id).code, has(lin)) == ("transfer_late", "100.00")
        assert books_are_true()


@pytest.mark.parametrize("when", [timedelta(0), timedelta(days=91), -timedelta(hours=1)])
def test_the_moment_lies_ahead_and_not_too_far(when: timedelta) -> None:
    lin, wang = a_payer(100), a_payer()
    with pytest.raises(errors.WhenNotUsable):
        schedule(for_later(lin, wang, 1, now() + when))
    assert has(lin) == "100.00"


def test_so_many_of_one_person_wait_and_no_more() -> None:
    lin, wang, mei = a_payer(1_000), a_payer(), a_payer(10)
    most = value("transfer.most_planned", now())
    plans = [for_later(lin, wang, "1.00", now() + timedelta(hours=hour)) for hour in range(1, most + 2)]
    *planned, refused = schedule_many(plans)
    assert all(isinstance(one, Scheduled) for one in planned)
    assert isinstance(refused, TransferRefused)
    assert (refused.refusal.code, refused.refusal.fields) == ("too_many_planned", {"most": most})
    assert has(lin) == f"{1_000 - most}.00"
    assert a_later_transfer(mei, wang, "1.00").state == "waiting", "another person's are their own"
    cancel_transfer(CancelTransferIntent(a_key(), planned[0].transfer_id, lin.id))
    assert a_later_transfer(lin, wang, "1.00").state == "waiting"


def test_a_batch_answers_each_in_its_order() -> None:
    lin, wang = a_payer(100), a_payer()
    due, stale = now() + timedelta(hours=2), PinProof(lin.id, now() - timedelta(minutes=3))
    wishes = [
        for_later(lin, wang, 60, due),
        for_later(lin, wang, 60, due),
        for_later(lin, wang, 5, now()),
        for_later(lin, lin, 5, due),
        for_later(lin, wang, 5, due, consent=stale),
        for_later(lin, wang, 40, due),
    ]
    said = ["waiting" if isinstance(one, Scheduled) else one.refusal.code for one in schedule_many(wishes)]
    assert said == [
        "waiting", "not_enough_money", "transfer_when_not_usable", "transfer_to_self", "pin_proof_stale", "waiting",
    ]  # fmt: skip
    assert has(lin) == "0.00"


def test_by_a_key_of_ones_own() -> None:
    lin, wang = a_payer(100), a_payer()
    wish = KeyWish(
        a_key(), lin.id, "Rent", ("transfers:write",), "live", (), now() + timedelta(days=9), yuan(50), yuan(50)
    )
    made, _ = make_own_key(wish, PinProof(lin.id, now()))
    consent, due = KeyUse(made.key.id, lin.id), now() + timedelta(hours=3)
    said = [
        "waiting" if isinstance(one, Scheduled) else one.refusal.code
        for one in schedule_many([for_later(lin, wang, sum_, due, consent=consent) for sum_ in (30, 30, 20)])
    ]
    assert said == ["waiting", "agreement_day", "waiting"]


@pytest.mark.parametrize("change", [{"amount_minor": 1}, {"state": "failed"}, {"to_name": "Else"}])
def test_the_database_itself_keeps_a_plan(change: dict[str, object]) -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang)
    rows = ScheduledTransfer.objects.filter(pk=planned.id)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    cancel_transfer(CancelTransferIntent(a_key(), planned.id, lin.id))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(state="waiting", ended_at=None)
    assert transfer_view(planned.id).state == "cancelled"


@pytest.mark.parametrize("mark", ["reported", "fake"])
def test_risk_is_asked_again_when_it_is_due(mark: Literal["reported", "fake"]) -> None:
    """What became known of the receiver since it was planned counts: it is not sent, and the money is free."""
    lin, wang, mei = a_payer(100), a_payer(), a_payer()
    planned, other = a_later_transfer(lin, wang, 60), a_later_transfer(lin, mei, 10)
    restrict(wang.id, mark, None, "three people say so", "employee:a")
    before = DecisionRow.objects.count()
    with at(other.due_at):
        assert make_due_transfers() == 2
        assert (the_transfer(planned.id).state, the_transfer(other.id).state) == ("failed", "made")
        assert the_transfer(planned.id).code in ("payment_stopped", "step_up_needed")
        assert (has(lin), has(wang), has(mei)) == ("90.00", "0.00", "10.00")
        assert books_are_true()
    assert DecisionRow.objects.count() == before + 1, "what was decided before is not written twice"


def test_who_may_not_send_for_a_while_is_waited_for() -> None:
    lin, wang = a_payer(100), a_payer()
    planned = a_later_transfer(lin, wang, 60, hours=2)
    restrict(lin.id, "weak_recovery", now() + timedelta(hours=24), "the way back", "test")
    before = DecisionRow.objects.count()
    with at(planned.due_at):
        assert [make_due_transfers(), make_due_transfers()] == [0, 0]
        assert (the_transfer(planned.id).state, has(lin)) == ("waiting", "40.00")
    assert DecisionRow.objects.count() == before
    with at(now() + timedelta(hours=25)):
        assert make_due_transfers() == 1
        assert (the_transfer(planned.id).state, has(wang)) == ("made", "60.00")


def test_a_payer_who_is_waited_for_keeps_nobody_else_waiting() -> None:
    lin, wang, bo = a_payer(100), a_payer(), a_payer(100)
    for payer, hours in ((lin, 1), (lin, 1), (bo, 2)):
        a_later_transfer(payer, wang, 10, hours=hours)
    restrict(lin.id, "weak_recovery", now() + timedelta(hours=24), "the way back", "test")
    with at(now() + timedelta(hours=3)):
        assert make_due_transfers(limit=1) == 1
        assert (has(lin), has(bo), has(wang)) == ("80.00", "90.00", "10.00")
