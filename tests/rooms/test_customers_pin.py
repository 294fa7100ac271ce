"""The payment PIN: set, proven, changed; wrong tries are counted, whatever happens around them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2.exceptions import VerificationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.factories.foundation import a_moment
from tests.factories.trust import PIN, a_customer
from walletdesk.foundation.clock.public import at, uuid7
from walletdesk.foundation.identity.hashers import Argon2
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.customers import errors, pin_hash
from walletdesk.trust.customers.models import PaymentPin
from walletdesk.trust.customers.public import PinLockedOut, PinProof, customers, prove_pin, set_pin

pytestmark = pytest.mark.django_db
WRONG = "739147"


def test_the_right_pin_is_a_proof() -> None:
    lin = a_customer(pin=PIN)
    assert lin.has_pin
    with at(a_moment()):
        assert prove_pin(lin.id, PIN) == PinProof(lin.id, a_moment())


def test_only_an_argon2_hash_is_kept_at_the_costs_of_passwords() -> None:
    lin = a_customer(pin=PIN)
    kept = PaymentPin.objects.get(pk=lin.id).hash
    assert kept.startswith(f"$argon2id$v=19$m={Argon2.memory_cost},t={Argon2.time_cost},p={Argon2.parallelism}$")
    assert PIN not in kept
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentPin.objects.filter(pk=lin.id).update(hash=PIN)


def test_a_damaged_hash_is_no_wrong_pin() -> None:
    with pytest.raises(VerificationError):
        pin_hash.pin_matches("$argon2id$broken", PIN)


def test_without_a_pin_nothing_is_proven() -> None:
    with pytest.raises(errors.PinNotSet):
        prove_pin(a_customer().id, PIN)
    with pytest.raises(errors.PinNotSet):
        prove_pin(uuid7(), PIN)


def test_five_wrong_tries_then_a_lock_that_says_when_it_ends() -> None:
    lin = a_customer(pin=PIN)
    with at(a_moment()):
        for left in (4, 3, 2, 1):
            with pytest.raises(errors.PinWrong) as wrong:
                prove_pin(lin.id, WRONG)
            assert wrong.value.fields["tries_left"] == left
        for _ in range(3):
            with pytest.raises(errors.PinLocked) as locked:
                prove_pin(lin.id, WRONG)
            assert locked.value.fields["until"] == a_moment() + timedelta(minutes=30)
            assert locked.value.retry_after == 1800
    with at(a_moment(minute=29, second=59)), pytest.raises(errors.PinLocked):
        prove_pin(lin.id, PIN)
    with at(a_moment(minute=30)):
        assert prove_pin(lin.id, PIN)
    told = [event.fact for event in events_after([f"customer:{lin.id}"], 0, 10)]
    assert [one for one in told if isinstance(one, PinLockedOut)] == [
        PinLockedOut(lin.id, 5, a_moment() + timedelta(minutes=30), a_moment())
    ]


def test_the_refusal_says_it_in_both_languages() -> None:
    locked = errors.PinLocked(retry_after=1800, until=a_moment(hour=6, minute=30))
    assert type(locked).what.both(**locked.fields) == {
        "zh-hans": "支付密码输错太多次，已锁定到 05-01 14:30",
        "en": "Too many wrong PINs. It is locked until 05-01 14:30",
    }


def test_a_right_pin_forgives_the_wrong_ones_before() -> None:
    lin = a_customer(pin=PIN)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(errors.PinWrong):
                prove_pin(lin.id, WRONG)
        prove_pin(lin.id, PIN)


def test_after_the_lock_there_are_five_fresh_tries() -> None:
    lin = a_customer(pin=PIN)
    for minute in (0, 30):
        with at(a_moment(minute=minute)):
            refusals = []
            for _ in range(6):
                with pytest.raises((errors.PinWrong, errors.PinLocked)) as refused:
                    prove_pin(lin.id, WRONG)
                refusals.append(refused.value.code)
        assert refusals == ["pin_wrong"] * 4 + ["pin_locked"] * 2


@pytest.mark.parametrize("text", ["", "73914", "７３９１４６", "739146 ", "x" * 100_000])
def test_what_is_no_pin_is_a_wrong_one_and_counts(text: str) -> None:
    lin = a_customer(pin=PIN)
    with pytest.raises(errors.PinWrong):
        prove_pin(lin.id, text)
    assert PaymentPin.objects.get(pk=lin.id).wrong_tries == 1


@pytest.mark.parametrize(
    ("pin", "old", "refusal"),
    [
        ("12", None, errors.PinNotUsable),
        ("123456", None, errors.PinTooWeak),
        ("002046", None, errors.PinTooWeak),
        ("482913", None, errors.OldPinNeeded),
        ("482913", WRONG, errors.PinWrong),
    ],
)
def test_refusals_of_a_new_pin_in_the_order_they_are_tried(pin: str, old: str | None, refusal: type[Exception]) -> None:
    lin = a_customer(pin=PIN)
    with pytest.raises(refusal):
        set_pin(lin.id, pin, old)
    assert prove_pin(lin.id, PIN)


def test_nobody_has_no_pin_to_set() -> None:
    with pytest.raises(errors.CustomerNotFound):
        set_pin(uuid7(), "12")


def test_a_pin_is_replaced_by_who_knows_it() -> None:
    lin = a_customer(pin=PIN)
    set_pin(lin.id, "482913", old_pin=PIN)
    assert prove_pin(lin.id, "482913")
    with pytest.raises(errors.PinWrong):
        prove_pin(lin.id, PIN)
    assert customers([lin.id])[lin.id].has_pin


def test_guessing_the_old_pin_through_a_change_is_the_same_guessing() -> None:
    lin = a_customer(pin=PIN)
    codes = []
    for _ in range(6):
        with pytest.raises((errors.PinWrong, errors.PinLocked)) as refused:
            set_pin(lin.id, "482913", old_pin=WRONG)
        codes.append(refused.value.code)
    assert codes == ["pin_wrong"] * 4 + ["pin_locked"] * 2
    with pytest.raises(errors.PinLocked):
        set_pin(lin.id, "482913", old_pin=PIN)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE customers_paymentpin SET wrong_tries = wrong_tries - 2",
        "UPDATE customers_paymentpin SET wrong_tries = 0, locked_until = now() + interval '1 hour'",
        "DELETE FROM customers_paymentpin",
    ],
)
def test_the_database_counts_too(statement: str) -> None:
    lin = a_customer(pin=PIN)
    for _ in range(4):
        with pytest.raises(errors.PinWrong):
            prove_pin(lin.id, WRONG)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
