"""Locked out and back: two proofs, a new password, nobody else left inside; and what one proof, or one agent, never does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.identity import facts_told
from tests.factories.trust import an_employee
from tests.factories.way_back import (
    NEW,
    OLD,
    a_locked_out_customer,
    begun,
    only_mail,
    proves,
)
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.public import factor_kinds
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.public import restrictions_of
from walletdesk.trust.verification import errors
from walletdesk.trust.verification.public import (
    RecoveryFinished,
    begin_recovery,
    finish_recovery,
    lock_account,
    locks_of,
    make_recovery_code,
    prove_by_code,
    prove_by_factor,
    recovery,
    sign_in_lock,
    start_reset,
    time_to_restore,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> CustomerView:
    return a_locked_out_customer()


def can_sign_in(customer: CustomerView, password: str) -> bool:
    return User.objects.get(pk=customer.user_id).check_password(password)


def reset_by(agent_id: object, case: object, customer: CustomerView, channel: str = "email") -> str:
    """What the customer receives."""
    sent = start_reset(agent_id, case.id, customer.id, channel, "zh-hans", case.created_at)  # type: ignore[arg-type, attr-defined]
    return sent.code.digits


# -- by oneself ---------------------------------------------------------------------------------------------------


def test_two_proofs_and_a_new_password_bring_somebody_back(lin: CustomerView) -> None:
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(pk=lin.user_id))
    done = finish_recovery(proves(begun(lin), "email", "sms").id, NEW)
    assert (can_sign_in(lin, NEW), can_sign_in(lin, OLD)) == (True, False)
    assert elsewhere.get("/wallet/").status_code == 302
    (told,) = facts_told(RecoveryFinished)
    assert (told.how, told.weak, told.sessions_ended, told.channel) == (("email_code", "sms_code"), True, 1, "page")
    assert done.state == "finished"


def test_weak_proof_lets_nothing_out_for_a_day_and_a_strong_one_does(lin: CustomerView) -> None:
    done = finish_recovery(proves(begun(lin), "email", "sms").id, NEW)
    (hold,) = restrictions_of(lin.id)
    assert hold.kind == "weak_recovery"
    assert hold.until == done.hold_until
    assert timedelta(hours=23, minutes=59) < hold.until - now() <= timedelta(hours=24)
    with_app = a_locked_out_customer("陈默", totp=True)
    strong = finish_recovery(proves(begun(with_app), "email", "totp").id, NEW)
    assert strong.hold_until is None
    assert restrictions_of(with_app.id) == []


def test_one_proof_sets_no_password(lin: CustomerView) -> None:
    way = proves(begun(lin), "email")
    with pytest.raises(errors.NotEnoughProofs):
        finish_recovery(way.id, NEW)
    assert can_sign_in(lin, OLD)


def test_the_same_proof_twice_is_one(lin: CustomerView) -> None:
    way = proves(begun(lin), "email", "email")
    assert way.kinds == ("email_code",)
    assert not way.may_finish


def test_a_way_back_is_gone_with_its_half_hour_and_with_its_end(lin: CustomerView) -> None:
    way = proves(begun(lin), "email", "sms")
    with at(now() + timedelta(minutes=31)), pytest.raises(errors.RecoveryOver):
        finish_recovery(way.id, NEW)
    finish_recovery(way.id, NEW)
    with pytest.raises(errors.RecoveryOver):
        finish_recovery(way.id, "another-long-password-of-mine")


def test_a_name_of_nobody_gets_the_same_answers(lin: CustomerView) -> None:
    """Words, refusals and their order: nothing tells a known name from an unknown one."""
    answers = []
    for name in (lin.email, "nobody@example.com"):
        way, heard = begin_recovery("page", name, "en"), []
        for _ in range(3):
            make_recovery_code(way.id, "email")
        try:
            make_recovery_code(way.id, "email")
        except errors.TooManyCodes as refused:
            heard.append(refused.code)
        for typed in ("000000", "x", "000000", "000000", "000000", "000000"):
            try:
                prove_by_code(way.id, "email", typed)
            except (errors.CodeWrong, errors.CodeRunOut) as refused:
                heard.append(str(refused))
        for kind in ("totp", "recovery_code"):
            try:
                prove_by_factor(way.id, kind, "000000")
            except errors.ProofWrong as refused:
                heard.append(str(refused))
        heard.append(recovery(way.id).kinds if recovery(way.id) else None)
        answers.append(heard)
    assert answers[0] == answers[1]
    assert len(answers[0]) == 10


def test_nobody_has_an_address_to_send_to(lin: CustomerView) -> None:
    assert make_recovery_code(begin_recovery("page", "nobody@example.com", "en").id, "email").address == ""
    assert make_recovery_code(begun(lin).id, "email").address == lin.email
    assert make_recovery_code(begun(only_mail(lin)).id, "sms").address == ""


def test_ten_wrong_answers_end_a_way_back(lin: CustomerView) -> None:
    way = begun(lin)
    for _ in range(10):
        with pytest.raises(errors.ProofWrong):
            prove_by_factor(way.id, "recovery_code", "aaaa-bbbb-cccc")
    with pytest.raises(errors.RecoveryOver):
        make_recovery_code(way.id, "email")


def test_five_ways_back_in_an_hour_for_one_name_known_or_not(lin: CustomerView) -> None:
    for name in (lin.email, "nobody@example.com"):
        for _ in range(5):
            begin_recovery("page", name, "en")
        with pytest.raises(errors.TooManyWaysBack):
            begin_recovery("page", f" {name.upper()} ", "en")
    assert begin_recovery("page", "somebody.else@example.com", "en").is_open


def test_a_lost_authenticator_goes_with_the_way_back_and_only_then(lin: CustomerView) -> None:
    chen = a_locked_out_customer("陈默", totp=True)
    finish_recovery(proves(begun(chen), "email", "sms").id, NEW)
    assert factor_kinds(chen.user_id) == {"totp"}
    finish_recovery(proves(begun(chen), "email", "sms").id, "yet-another-long-password", lost_factors=True)
    assert factor_kinds(chen.user_id) == frozenset()


def test_the_factors_of_somebody_who_also_works_here_stay() -> None:
    chen = a_locked_out_customer("陈默", totp=True)
    an_employee(user_id=chen.user_id)
    finish_recovery(proves(begun(chen), "email", "sms").id, NEW, lost_factors=True)
    assert factor_kinds(chen.user_id) == {"totp"}


# -- locks --------------------------------------------------------------------------------------------------------


def test_a_lock_ends_sessions_says_why_and_is_lifted_by_the_way_back(lin: CustomerView) -> None:
    browser = Client()
    browser.force_login(User.objects.get(pk=lin.user_id))
    lock_account(lin.id, "dormant", "system")
    assert browser.get("/wallet/").status_code == 302
    assert sign_in_lock(lin.user_id).reason == "dormant"  # type: ignore[union-attr]
    finish_recovery(proves(begun(lin), "email", "sms").id, NEW)
    assert sign_in_lock(lin.user_id) is None
    assert locks_of(lin.id) == []


def test_codes_do_not_open_a_lock_that_stands_against_who_reads_them() -> None:
    chen = a_locked_out_customer("陈默", totp=True)
    lock_account(chen.id, "risk", "risk")
    with pytest.raises(errors.LockStays) as refused:
        finish_recovery(proves(begun(chen), "email", "sms").id, NEW)
    assert refused.value.fields["reason"] == "risk"
    finish_recovery(proves(begun(chen), "email", "totp").id, NEW)
    assert sign_in_lock(chen.user_id) is None


def test_a_lock_with_an_end_opens_by_itself(lin: CustomerView) -> None:
    lock_account(lin.id, "risk", "risk", now() + timedelta(hours=1))
    assert sign_in_lock(lin.user_id) is not None
    with at(now() + timedelta(hours=1, seconds=1)):
        assert sign_in_lock(lin.user_id) is None
        assert lock_account(lin.id, "risk", "risk"), "and it can be locked again"


def test_the_time_to_restore_counts_from_the_lock(lin: CustomerView) -> None:
    begin = now()
    lock_account(lin.id, "dormant", "system")
    with at(begin + timedelta(minutes=50)):
        done = finish_recovery(proves(begun(lin), "email", "sms").id, NEW)
    assert 2_990 <= done.seconds <= 3_010
    assert time_to_restore().count == 1
    assert time_to_restore().median is None, "one person's time is nobody's business"


def test_what_is_published_counts_ninety_days(lin: CustomerView) -> None:
    for number in range(6):
        person = a_locked_out_customer(f"客人{number}")
        finish_recovery(proves(begun(person), "email", "sms").id, NEW)
    told = time_to_restore()
    assert (told.count, told.median is not None) == (6, True)
    assert time_to_restore(("telephone",)).count == 0
    with at(now() + timedelta(days=91)):
        assert time_to_restore().count == 0
