"""The desk's part in a way back: papers, two agents, locks; and what the database itself refuses."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.foundation import a_user
from tests.factories.trust import an_employee
from tests.factories.way_back import (
    NEW,
    a_blurred_photo,
    a_case_of,
    a_locked_out_customer,
    a_photo,
    begun,
    only_mail,
    photos,
    proves,
)
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.files.public import FileTypeRefused
from walletdesk.foundation.identity.models import User
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.staff.public import ActNotAllowed
from walletdesk.trust.verification import errors
from walletdesk.trust.verification.models import OneTimeCode, Recovery, RecoveryProof
from walletdesk.trust.verification.public import (
    accept_papers,
    finish_recovery,
    hand_in_for_tier,
    hand_in_to_unlock,
    level_of,
    lock_account,
    lock_by_desk,
    make_code,
    make_recovery_code,
    open_reset,
    papers_accepted_since,
    papers_of_case,
    prove_by_code,
    prove_code,
    recovery,
    reject_papers,
    reset_sheet,
    sign_in_lock,
    start_reset,
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


# -- the desk -----------------------------------------------------------------------------------------------------


def test_the_reset_does_not_exist_before_two_proofs(lin: CustomerView) -> None:
    agent = an_employee()
    way = proves(begun(lin), "email")
    case = a_case_of(way, agent)
    assert reset_sheet(agent.id, case.id, lin.id).objection is not None
    with pytest.raises(errors.ResetNotPossible):
        reset_by(agent.id, case, lin)
    proves(way, "sms")
    assert level_of(case.id).level == 2  # type: ignore[union-attr]
    assert reset_sheet(agent.id, case.id, lin.id).objection is None


def test_papers_need_two_agents_whichever_comes_first(lin: CustomerView) -> None:
    """The agent with the case starts the reset; somebody else has accepted the papers; nobody does both."""
    agent, reviewer = an_employee(), an_employee("senior_agent", "review")
    way = proves(begun(only_mail(lin)), "email")
    case = a_case_of(way, agent)
    handed = hand_in_to_unlock(way.id, "passport", photos("front", "face"))
    with pytest.raises(errors.NotForYou):
        accept_papers(reviewer.id, handed.id, handler_id=reviewer.id)
    accept_papers(reviewer.id, handed.id, handler_id=agent.id)
    assert recovery(way.id).kinds == ("email_code", "papers")  # type: ignore[union-attr]
    with pytest.raises(errors.NotEnoughProofs):
        finish_recovery(way.id, NEW)
    with pytest.raises(errors.ResetNotPossible):
        reset_by(reviewer.id, case, lin)
    opened = open_reset(way.id, reset_by(agent.id, case, lin))
    done = finish_recovery(opened.id, NEW)
    assert (done.is_weak, level_of(case.id).level) == (True, 2)  # type: ignore[union-attr]
    assert can_sign_in(lin, NEW)


def test_the_database_refuses_one_agent_for_both(lin: CustomerView) -> None:
    agent = an_employee("senior_agent")
    way = proves(begun(only_mail(lin)), "email")
    case = a_case_of(way, agent)
    handed = hand_in_to_unlock(way.id, "id_card", photos("front", "face"))
    accept_papers(agent.id, handed.id, handler_id=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO verification_resetorder (id, recovery_id, case_id, employee_id, channel, made_at)"
            " VALUES (gen_random_uuid(), %s, %s, %s, 'email', now())",
            [way.id, case.id, agent.id],
        )


def test_papers_on_top_of_two_proofs_are_level_three(lin: CustomerView) -> None:
    agent, reviewer = an_employee(), an_employee("senior_agent", "review")
    way = proves(begun(lin), "email", "sms")
    case = a_case_of(way, agent)
    handed = hand_in_to_unlock(way.id, "id_card", photos("front", "face"))
    accept_papers(reviewer.id, handed.id, handler_id=agent.id)
    assert (level_of(case.id).level, level_of(case.id).how) == (3, "papers")  # type: ignore[union-attr]
    assert papers_accepted_since(lin.id, "unlock", now() - timedelta(hours=1)) is not None


def test_papers_sent_back_can_be_handed_in_again(lin: CustomerView) -> None:
    reviewer = an_employee("senior_agent", "review")
    way = proves(begun(lin), "email")
    case = a_case_of(way)
    first = hand_in_to_unlock(way.id, "id_card", photos("front", "face"))
    with pytest.raises(errors.PapersWaiting):
        hand_in_to_unlock(way.id, "id_card", photos("front", "face"))
    with pytest.raises(errors.ReasonMissing):
        reject_papers(reviewer.id, first.id, "  ")
    reject_papers(reviewer.id, first.id, "请把四个角都拍进去")
    with pytest.raises(errors.PapersDecided):
        accept_papers(reviewer.id, first.id)
    hand_in_to_unlock(way.id, "id_card", photos("front", "face"))
    assert papers_of_case(case.id).state == "waiting"  # type: ignore[union-attr]
    assert recovery(way.id).kinds == ("email_code",)  # type: ignore[union-attr]


def test_what_nobody_could_read_is_sent_back_at_once(lin: CustomerView) -> None:
    way = proves(begun(lin), "email")
    a_case_of(way)
    for photo, refusal in (
        (a_blurred_photo(), errors.PhotoNotUsable),
        (a_photo(400, 300), errors.PhotoNotUsable),
        (a_photo(shade=20), errors.PhotoNotUsable),
        (a_photo(glare=True), errors.PhotoNotUsable),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n", FileTypeRefused),
    ):
        with pytest.raises(refusal):
            hand_in_to_unlock(way.id, "id_card", {"front": photo, "face": a_photo()})
    with pytest.raises(errors.PapersMissing):
        hand_in_to_unlock(way.id, "id_card", {"front": a_photo()})
    hand_in_to_unlock(way.id, "id_card", {"front": a_photo(kind="PNG"), "face": a_photo(kind="WEBP")})


def test_papers_without_any_proof_are_not_taken(lin: CustomerView) -> None:
    way = begun(lin)
    a_case_of(way)
    with pytest.raises(errors.RecoveryOver):
        hand_in_to_unlock(way.id, "id_card", photos("front", "face"))


def test_papers_raise_the_tier(lin: CustomerView) -> None:
    reviewer = an_employee("senior_agent", "review")
    assert customers([lin.id])[lin.id].tier == 4
    handed = hand_in_for_tier(lin.id, "id_card", photos("front", "back"))
    accept_papers(reviewer.id, handed.id)
    assert customers([lin.id])[lin.id].tier == 2


def test_an_agent_who_may_not_judge_does_not(lin: CustomerView) -> None:
    handed = hand_in_for_tier(lin.id, "id_card", photos("front", "back"))
    with pytest.raises(ActNotAllowed):
        accept_papers(an_employee("agent").id, handed.id)
    with pytest.raises(errors.PapersNotFound):
        accept_papers(an_employee("senior_agent").id, uuid4())


def test_nobody_judges_their_own_papers(lin: CustomerView) -> None:
    herself = an_employee("senior_agent", user_id=lin.user_id)
    handed = hand_in_for_tier(lin.id, "id_card", photos("front", "back"))
    with pytest.raises(errors.NotForYou):
        accept_papers(herself.id, handed.id)


def test_a_lock_by_the_desk_needs_papers(lin: CustomerView) -> None:
    agent, reviewer = an_employee(), an_employee("senior_agent", "review")
    way = proves(begun(lin), "email", "sms")
    case = a_case_of(way, agent)
    with pytest.raises(errors.ReasonMissing):
        lock_by_desk(agent.id, lin.id, case.id, " ")
    lock_by_desk(agent.id, lin.id, case.id, "来电的人说不出自己是谁")
    with pytest.raises(errors.LockStays):
        finish_recovery(way.id, NEW)
    handed = hand_in_to_unlock(way.id, "id_card", photos("front", "face"))
    accept_papers(reviewer.id, handed.id, handler_id=agent.id)
    finish_recovery(way.id, NEW)
    assert sign_in_lock(lin.user_id) is None


# -- codes in general, and what the database holds ------------------------------------------------------------------


def test_a_code_is_for_its_purpose_its_subject_and_once() -> None:
    made = make_code("address", "user:1", "sms")
    for purpose, subject in (("address", "user:2"), ("sign_in", "user:1")):
        with pytest.raises(errors.CodeRunOut):
            prove_code(purpose, subject, made.digits)
    assert prove_code("address", "user:1", made.digits).channel == "sms"
    with pytest.raises(errors.CodeRunOut):
        prove_code("address", "user:1", made.digits)


def test_a_new_code_makes_the_old_one_void() -> None:
    first, second = make_code("address", "user:1", "sms"), make_code("address", "user:1", "sms")
    if first.digits != second.digits:
        with pytest.raises(errors.CodeWrong):
            prove_code("address", "user:1", first.digits)
    assert prove_code("address", "user:1", second.digits)


def test_what_a_code_says_is_stored_nowhere() -> None:
    made = make_code("address", "user:1", "sms")
    row = OneTimeCode.objects.get()
    assert made.digits not in str({name: str(value) for name, value in vars(row).items() if name != "id"})
    assert made.digits not in repr(made)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE verification_onetimecode SET hash = repeat('0', 64)",
        "UPDATE verification_onetimecode SET wrong_tries = 0",
        "DELETE FROM verification_recoveryproof",
        "UPDATE verification_recoveryproof SET kind = 'totp'",
        "UPDATE verification_recovery SET customer_id = (SELECT id FROM customers_customer LIMIT 1), state = 'finished'",
        "INSERT INTO verification_recoveryproof (recovery_id, kind, at)"
        " SELECT id, 'papers', now() FROM verification_recovery",
        "INSERT INTO verification_recoveryproof (recovery_id, kind, at)"
        " SELECT id, 'own_device', now() FROM verification_recovery",
        "UPDATE verification_accountlock SET reason = 'dormant'",
        "INSERT INTO verification_verificationrecord (case_id, customer_id, level, how, recovery_id, at)"
        " SELECT gen_random_uuid(), customer_id, 2, 'proofs', id, now() FROM verification_recovery",
    ],
)
def test_the_database_says_it_too(lin: CustomerView, statement: str) -> None:
    way = proves(begun(lin), "email")
    make_recovery_code(way.id, "sms")
    with pytest.raises(errors.CodeWrong):
        prove_by_code(way.id, "sms", "zzz")
    lock_account(lin.id, "risk", "risk")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_way_back_cannot_be_finished_by_hand_with_one_proof(lin: CustomerView) -> None:
    way = proves(begun(lin), "email")
    with pytest.raises(DatabaseError), transaction.atomic():
        Recovery.objects.filter(id=way.id).update(
            state="finished", finished_at=now(), weak=False, seconds=1, sessions_ended=0
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        RecoveryProof.objects.create(recovery=Recovery.objects.create(
            channel="page", claim="0" * 64, language="en", locked_since=now(), expires_at=now() + timedelta(hours=1)
        ), kind="totp")  # fmt: skip


def test_sign_in_goes_through_the_lock_only_for_its_owner(lin: CustomerView) -> None:
    lock_account(lin.id, "reported", "risk")
    assert sign_in_lock(lin.user_id).reason == "reported"  # type: ignore[union-attr]
    assert sign_in_lock(a_user().id) is None
