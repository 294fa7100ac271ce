"""A06, for the payment PIN: a thousand guesses, also many at once, never get a sixth try."""

from __future__ import annotations

from tests.databases import FreshDatabase
from tests.factories.trust import PIN, a_customer
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.customers import errors, pin_hash
from walletdesk.trust.customers.models import PaymentPin
from walletdesk.trust.customers.public import PinLockedOut, PinProof, prove_pin


def guesses(count: int) -> list[str]:
    """Different six digits, the right ones not among them."""
    return [text for text in (f"{number:06d}" for number in range(100_000, 100_001 + count)) if text != PIN][:count]


def outcome(customer_id: object, guess: str) -> str:
    try:
        prove_pin(customer_id, guess)  # type: ignore[arg-type]
    except errors.PinWrong as refused:
        return refused.code
    except errors.PinLocked as refused:
        return refused.code
    return "proven"


def test_a_thousand_guesses_one_after_another_are_five_tries(fresh_database: FreshDatabase) -> None:
    lin = a_customer(pin=PIN)
    outcomes = [outcome(lin.id, guess) for guess in guesses(1_000)]
    assert outcomes == ["pin_wrong"] * 4 + ["pin_locked"] * 996
    assert outcome(lin.id, PIN) == "pin_locked"
    assert PaymentPin.objects.get(pk=lin.id).wrong_tries == 5


def test_forty_guesses_at_once_are_five_tries(fresh_database: FreshDatabase, monkeypatch: object) -> None:
    lin = a_customer(pin=PIN)
    looked_at: list[str] = []
    really = pin_hash.pin_matches

    def counted(kept: str, pin: str) -> bool:
        looked_at.append(pin)
        return really(kept, pin)

    monkeypatch.setattr("walletdesk.trust.customers.services.prove_pin.pin_matches", counted)  # type: ignore[attr-defined]
    acts = [lambda guess=guess: outcome(lin.id, guess) for guess in guesses(40)]
    outcomes = fresh_database.at_once(*acts)
    assert sorted(outcomes) == ["pin_locked"] * 36 + ["pin_wrong"] * 4
    assert len(looked_at) == 5
    told = [event.fact for event in events_after([f"customer:{lin.id}"], 0, 100)]
    assert sum(isinstance(one, PinLockedOut) for one in told) == 1


def test_the_right_pin_among_forty_wrong_ones_at_once_opens_only_within_five_tries(
    fresh_database: FreshDatabase,
) -> None:
    lin = a_customer(pin=PIN)
    for _ in range(5):
        outcome(lin.id, "100000")
    outcomes = fresh_database.at_once(*[lambda: prove_pin(lin.id, PIN)] * 10)
    assert not any(isinstance(one, PinProof) for one in outcomes)


def test_many_right_proofs_at_once_are_all_right(fresh_database: FreshDatabase) -> None:
    lin = a_customer(pin=PIN)
    outcomes = fresh_database.at_once(lambda: prove_pin(lin.id, PIN), times=20)
    assert all(isinstance(one, PinProof) for one in outcomes), outcomes
