"""R02: ``kill -9`` of a process at named places. Whoever asks again with the same key gets one effect and its answer."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import pytest

from tests.databases import FreshDatabase, cloned, django_on
from tests.factories.money import a_payer, a_payment, a_shop, an_order, books_are_true, has, to_pay
from tests.faults.mortal import KILLED, Mortal
from tests.faults.rounds import rounds
from walletdesk.foundation.idempotency.public import KeyInFlight
from walletdesk.foundation.outbox.public import dead_letters, deliver_all, undelivered
from walletdesk.money.payments.public import pay, payments_of_customer
from walletdesk.money.refunds.public import RefundIntent, refund_once, refunds_of
from walletdesk.project.commands.installation import walletdesk
from walletdesk.service.notifications.public import notices

pytestmark = pytest.mark.serial
Answer = TypeVar("Answer")
BEFORE_COMMIT = ("after_key_insert", "after_legs", "before_commit")


@pytest.fixture(scope="module")
def home(django_db_setup: None, django_db_blocker: Any) -> Iterator[FreshDatabase]:
    """One database for this file: a process that is killed leaves nothing behind that the next one would mind."""
    with django_db_blocker.unblock(), cloned(f"walletdesk_r02_{os.getpid()}") as name, django_on(name):
        yield FreshDatabase(name)


@pytest.fixture(scope="module")
def mortal(home: FreshDatabase) -> Iterator[Mortal]:
    process = Mortal(home.environment)
    yield process
    process.rest()


@pytest.mark.parametrize("place", [*BEFORE_COMMIT, "after_commit"])
def test_r02_a_payment_cut_anywhere_is_paid_once(mortal: Mortal, place: str) -> None:
    payer, shop = a_payer(10_000), a_shop()
    for dice in rounds(f"R02 payment, killed at {place}", small=1):
        before, order = has(payer), an_order(shop, dice.randrange(1, 20))
        key = f"cut-{dice.randrange(10**12)}"
        assert mortal.does("pay", kill_at=place, key=key, customer=payer.id, order=order.id) == KILLED
        standing = [row for row in payments_of_customer(payer.id) if row.order_id == order.id]
        assert len(standing) == (1 if place == "after_commit" else 0)
        paid = asked_again(partial(pay, to_pay(payer, order, key)))
        assert paid.replayed == (place == "after_commit")
        assert [row.id for row in payments_of_customer(payer.id) if row.order_id == order.id] == [paid.payment_id]
        assert yuan_of(before) - yuan_of(has(payer)) == order.amount.minor
        assert books_are_true()


@pytest.mark.parametrize("place", ["after_key_insert", "in_refund", "before_commit", "after_commit"])
def test_r02_a_refund_cut_anywhere_is_given_once(mortal: Mortal, place: str) -> None:
    for dice in rounds(f"R02 refund, killed at {place}", small=1):
        payment = a_payment()
        key = f"cut-{dice.randrange(10**12)}"
        assert mortal.does("refund", kill_at=place, key=key, payment=payment.id) == KILLED
        assert len(refunds_of([payment.id])) == (1 if place == "after_commit" else 0)
        intent = RefundIntent(key, payment.id, 100, "merchant", reason="one yuan too much")
        refunded = asked_again(partial(refund_once, intent))
        assert refunded.replayed == (place == "after_commit")
        assert len(refunds_of([payment.id])) == 1
        assert books_are_true()


def test_r02_a_worker_killed_in_a_delivery_tells_everybody_once(home: FreshDatabase) -> None:
    shop = a_shop()
    undisturbed = a_payment(a_payer(100), shop)
    deliver_all()
    expected = len(notices("customer", undisturbed.customer_id))
    assert expected
    for _ in rounds("R02 worker, killed in a delivery", small=1):
        payer = a_payer(100)
        a_payment(payer, shop)
        first = subprocess.run(
            walletdesk("worker"), env={**home.environment, "WALLETDESK_KILL_AT": "in_delivery"}, timeout=60
        )
        assert first.returncode == -9
        assert undelivered()
        second = subprocess.Popen(walletdesk("worker"), env=home.environment)
        try:
            eventually(lambda: undelivered() == 0)
        finally:
            second.terminate()
        assert second.wait(60) == 0, "TERM ends a worker cleanly"
        assert len(notices("customer", payer.id)) == expected
        assert dead_letters() == []
        assert books_are_true()


def asked_again(act: Callable[[], Answer], seconds: float = 20) -> Answer:
    """As a phone does: while the server has not noticed the death yet, the key is in flight; then ask once more."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return act()
        except KeyInFlight:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def eventually(true: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.05)


def yuan_of(figure: str) -> int:
    """``62.00`` in minor units."""
    return int(figure.replace(".", "").replace(",", ""))
