"""Money stands still on the word of the customer, of risk or of an employee; and what it takes to move again."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, transaction

from tests.factories.freezes import a_new_device, drains, just_proved
from tests.factories.money import a_key, a_payer, a_shop, an_order, books_are_true, pay, proof_of, purse, to_pay, yuan
from tests.factories.trust import an_employee
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.public import Refused, pay_many, transfer
from walletdesk.money.wallets.public import WalletIsFrozen, freeze_wallet
from walletdesk.service.cases.public import THE_SYSTEM, cases_of_customer, open_case, the_agent, timeline
from walletdesk.service.freezes.models import AccountFreeze
from walletdesk.service.freezes.public import (
    LiftNeedsPerson,
    LiftNeedsProof,
    NotFrozenAtAll,
    freeze_by_staff,
    freeze_own,
    freeze_state,
    lift_by_two,
    lift_own,
)
from walletdesk.service.freezes.services import freeze_account
from walletdesk.service.notifications.public import notices
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import PaymentStopped, StepUpNeeded, restrictions_of

pytestmark = pytest.mark.django_db


def stops(anna: CustomerView) -> None:
    with pytest.raises(WalletIsFrozen):
        pay(to_pay(anna, an_order(a_shop(), 1)))


def test_the_customers_switch_stops_everything_and_a_proof_lifts_it() -> None:
    anna = a_payer(100)
    state = freeze_own(anna.id, "page")
    assert (state.mode, state.ordered_by, state.channel, state.own_to_lift) == ("debit", "self", "page", True)
    stops(anna)
    assert purse(anna).freeze == "debit"
    assert freeze_own(anna.id, "keypad").id == state.id, "a second tap changes nothing"
    for proof in (None, now() - timedelta(minutes=6), now() + timedelta(minutes=1)):
        with pytest.raises(LiftNeedsProof):
            lift_own(anna.id, proof)
    assert not lift_own(anna.id, now()).frozen
    pay(to_pay(anna, an_order(a_shop(), 1)))
    with pytest.raises(NotFrozenAtAll):
        lift_own(anna.id, now())
    assert books_are_true()


def test_risk_freezes_tells_and_opens_a_case_in_one_transaction() -> None:
    anna = a_payer(3_000)
    stranger = drains(anna, 2_900)
    assert purse(anna).available == yuan(3_000) and purse(stranger).posted.minor == 0
    stops(anna)
    assert purse(anna).freeze == "none", "until the worker comes, risk alone denies"
    deliver_all()
    state = freeze_state(anna.id)
    assert (state.mode, state.ordered_by, purse(anna).freeze) == ("debit", "risk", "debit")
    (case,) = cases_of_customer(anna.id)
    assert (case.kind, case.id, case.opened_by, case.priority) == ("frozen_account", state.case_id, "system", 3)
    assert "account_frozen" in [line.kind for line in timeline(case.id)]
    told = [one for one in notices("customer", anna.id) if one.kind == "account_frozen"]
    assert len(told) == 1 and case.reference in told[0].more["en"]
    stops(anna)


def test_when_one_of_the_three_fails_none_of_them_happened() -> None:
    anna = a_payer(3_000)
    drains(anna, 2_900)
    with mock.patch.object(freeze_account, "tell_many", side_effect=RuntimeError("no inbox")):
        deliver_all()
    assert (purse(anna).freeze, cases_of_customer(anna.id), AccountFreeze.objects.count()) == ("none", [], 0)
    stops(anna)


def test_it_was_me_lifts_it_closes_the_case_and_is_remembered_for_a_day() -> None:
    anna = a_payer(3_000)
    drains(anna, 2_900)
    deliver_all()
    with pytest.raises(LiftNeedsProof):
        lift_own(anna.id, None)
    assert not lift_own(anna.id, now()).frozen
    (case,) = cases_of_customer(anna.id)
    assert case.state == "closed"
    assert [one.kind for one in restrictions_of(anna.id)] == ["cleared"]
    friend = a_payer(name="Friend")

    def send(origin: object) -> object:
        return transfer(a_key(), anna.id, friend.id, yuan(2_900), "", proof_of(anna.id), origin)  # type: ignore[arg-type]

    with pytest.raises(StepUpNeeded):
        send(a_new_device())
    send(just_proved())
    assert purse(friend).posted == yuan(2_900)
    with at(now() + timedelta(hours=25)):
        assert restrictions_of(anna.id) == []


def test_told_twice_it_is_done_once() -> None:
    anna = a_payer(3_000)
    drains(anna, 2_900)
    deliver_all()
    (row,) = AccountFreeze.objects.all()
    order = mock.Mock(customer_id=anna.id, decision_id=row.decision_id, reasons=["drain"], at=now())
    freeze_account.freeze_as_ordered(order)
    assert (AccountFreeze.objects.count(), len(cases_of_customer(anna.id))) == (1, 1)


def test_what_an_employee_froze_the_customer_alone_does_not_lift() -> None:
    anna, agent = a_payer(100), an_employee()
    case = open_case("question", anna.id, (), THE_SYSTEM)
    state = freeze_by_staff(anna.id, "credit", "the police asked", agent.id, case.id)
    assert (state.mode, state.own_to_lift) == ("credit", False)
    pay(to_pay(anna, an_order(a_shop(), 1)))
    freeze_own(anna.id, "page")
    assert purse(anna).freeze == "full", "the two together"
    with pytest.raises(LiftNeedsPerson):
        lift_own(anna.id, now())
    checker = an_employee(role="supervisor", team="review")
    lifted = lift_by_two(anna.id, "cleared", the_agent(checker.id, checker.employee_number, "宋", "Song"))
    assert (lifted.frozen, purse(anna).freeze) == (False, "none")


def test_a_wallet_frozen_without_a_record_is_not_the_customers_to_lift() -> None:
    anna = a_payer(100)
    freeze_wallet(purse(anna).id, "debit", "odd sign-in", "system")
    assert freeze_state(anna.id).frozen and not freeze_state(anna.id).own_to_lift
    with pytest.raises(LiftNeedsPerson):
        lift_own(anna.id, now())


def test_every_wallet_stands_still_and_every_path_says_the_same() -> None:
    anna = a_payer(100)
    freeze_own(anna.id, "api")
    (refused,) = pay_many([to_pay(anna, an_order(a_shop(), 1), origin=just_proved())])
    assert isinstance(refused, Refused) and isinstance(refused.refusal, WalletIsFrozen)
    with pytest.raises(WalletIsFrozen):
        transfer(a_key(), anna.id, a_payer().id, yuan(1), "", proof_of(anna.id))


def test_the_record_of_a_freeze_is_only_ended() -> None:
    anna = a_payer(100)
    freeze_own(anna.id, "page")
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountFreeze.objects.update(ordered_by="risk", decision_id=anna.id)
    lift_own(anna.id, now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountFreeze.objects.update(lifted_at=None, lifted_how="", lifted_by="")


def test_an_owner_on_a_new_device_is_asked_and_the_same_key_goes_on() -> None:
    anna, shop = a_payer(9_000), a_shop()
    order = an_order(shop, 1_200)
    device = a_new_device()
    with pytest.raises(StepUpNeeded):
        pay(to_pay(anna, order, "one-wish", origin=device))
    proved = type(device)("page", device.device_id, device.device_limits_until, now())
    assert not pay(to_pay(anna, order, "one-wish", origin=proved)).replayed
    assert purse(anna).available == yuan(7_800)


def test_a_stop_is_kept_as_an_attempt_with_its_words() -> None:
    anna = a_payer(9_000)
    with pytest.raises(PaymentStopped) as stopped:
        drains_by_call(anna)
    assert "phone" in stopped.value.fields["why"].en


def drains_by_call(anna: CustomerView) -> None:
    stranger = a_payer(name="Caller")
    origin = type(just_proved())("page", None, None, now(), on_call=True)
    transfer(a_key(), anna.id, stranger.id, yuan(900), "", proof_of(anna.id), origin)
