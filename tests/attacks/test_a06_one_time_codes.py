"""A06, for codes by e-mail and text: reused, of another request, after ten minutes, a thousand guesses, also at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.databases import FreshDatabase
from tests.factories.way_back import a_locked_out_customer, begun
from walletdesk.foundation.clock.public import at, now
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.verification import errors
from walletdesk.trust.verification.models import OneTimeCode, Recovery
from walletdesk.trust.verification.public import (
    CodeProof,
    begin_recovery,
    make_code,
    make_recovery_code,
    prove_by_code,
    prove_code,
    recovery,
)


def outcome(subject: str, guess: str) -> str:
    try:
        prove_code("test", subject, guess)
    except (errors.CodeWrong, errors.CodeRunOut) as refused:
        return refused.code
    return "proven"


def guesses(right: str, count: int) -> list[str]:
    return [text for text in (f"{number:06d}" for number in range(count + 1)) if text != right][:count]


def test_a_thousand_guesses_are_five_tries(fresh_database: FreshDatabase) -> None:
    made = make_code("test", "one", "sms")
    outcomes = [outcome("one", guess) for guess in guesses(made.digits, 1_000)]
    assert outcomes == ["code_wrong"] * 5 + ["code_run_out"] * 995
    assert outcome("one", made.digits) == "code_run_out"


def test_forty_guesses_at_once_are_five_tries(fresh_database: FreshDatabase) -> None:
    made = make_code("test", "one", "sms")
    outcomes = fresh_database.at_once(
        *[lambda guess=guess: outcome("one", guess) for guess in guesses(made.digits, 40)]
    )
    assert sorted(outcomes) == ["code_run_out"] * 35 + ["code_wrong"] * 5
    assert OneTimeCode.objects.get().wrong_tries == 5


def test_the_right_code_ten_times_at_once_is_right_once(fresh_database: FreshDatabase) -> None:
    made = make_code("test", "one", "sms")
    outcomes = fresh_database.at_once(lambda: prove_code("test", "one", made.digits), times=10)
    assert sum(isinstance(one, CodeProof) for one in outcomes) == 1


def test_fifty_wishes_for_a_code_at_once_are_three(fresh_database: FreshDatabase) -> None:
    made = fresh_database.at_once(lambda: make_code("test", "one", "sms"), times=30)
    assert sum(isinstance(one, errors.TooManyCodes) for one in made) == 27
    assert OneTimeCode.objects.filter(state="open").count() == 1


@pytest.fixture
def lin(db: None) -> CustomerView:
    return a_locked_out_customer()


def test_a_code_of_another_request_is_refused(lin: CustomerView) -> None:
    mine, other = begun(lin), begun(a_locked_out_customer("陈默"))
    code = make_recovery_code(mine.id, "email").code.digits
    make_recovery_code(other.id, "email")
    if OneTimeCode.objects.filter(state="open").count() == 2:
        with pytest.raises(errors.CodeWrong):
            prove_by_code(other.id, "email", code if code != "000000" else "000001")
    with pytest.raises(errors.CodeRunOut):
        prove_by_code(mine.id, "sms", code)
    assert prove_by_code(mine.id, "email", code).kinds == ("email_code",)


def test_a_code_is_good_for_ten_minutes_less_a_moment(lin: CustomerView) -> None:
    way, begin = begun(lin), now()
    with at(begin):
        code = make_recovery_code(way.id, "email").code.digits
    with at(begin + timedelta(minutes=10)), pytest.raises(errors.CodeRunOut):
        prove_by_code(way.id, "email", code)
    with at(begin + timedelta(minutes=9, seconds=59)):
        assert prove_by_code(way.id, "email", code).kinds


def test_guessing_through_fresh_attempts_is_bounded_for_a_day(lin: CustomerView) -> None:
    """Whoever begins again and again for one name gets fifteen attempts a day with ten wrong answers each."""
    tried, moment = 0, now()
    for hour in range(24):
        with at(moment + timedelta(hours=hour)):
            for _ in range(10):
                try:
                    way = begin_recovery("page", lin.email, "en")
                except errors.TooManyWaysBack:
                    break
                for _ in range(3):
                    right = make_recovery_code(way.id, "email").code.digits
                    for guess in guesses(right, 5):
                        try:
                            prove_by_code(way.id, "email", guess)
                        except errors.CodeWrong:
                            tried += 1
                        except errors.RecoveryOver:
                            break
                    if recovery(way.id).state != "open":  # type: ignore[union-attr]
                        break
    assert tried == 150
    assert not Recovery.objects.filter(proofs__isnull=False).exists()
