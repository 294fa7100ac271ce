"""C06: one person makes and approves a refund. Every path is tried: the own hand, a second sign-in, a colleague, after an
edit, past the desk, and with fifty hands at once."""

from __future__ import annotations

import uuid

import pytest
from django.db import DatabaseError, transaction

from tests.databases import FreshDatabase
from tests.factories.service import a_desk, a_payer, balance_of, charged_twice, in_hand
from tests.factories.trust import an_employee
from walletdesk.foundation.audit.public import acts_of_case
from walletdesk.foundation.errors import Conflict
from walletdesk.money.ledger.public import check_books
from walletdesk.money.refunds.public import ApprovalNotGiven, RefundIntent, refund_once, refunds_of
from walletdesk.service.agent_actions.public import approve_refund, propose_refund, revise_refund
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.public import proposal

REASON = "收银机多扣了一次"


def a_proposal(story, desk):  # type: ignore[no-untyped-def]
    in_hand(story, desk.zhou)
    return propose_refund(desk.zhou.id, story.case.id, story.second.id, 3_800, REASON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["the maker", "a colleague of the team", "the customer at the desk", "a stranger", "an agent"]
)
def test_c06_the_wrong_second_person_is_refused_and_the_attempt_is_kept(who: str) -> None:
    desk, lin = a_desk(), a_payer()
    story = charged_twice(lin)
    made = a_proposal(story, desk)
    checker, code = {
        "the maker": lambda: (desk.zhou.id, "same_person"),
        "a colleague of the team": lambda: (an_employee("supervisor", "care").id, "same_team"),
        "the customer at the desk": lambda: (an_employee("supervisor", "x", user_id=lin.user_id).id, "is_beneficiary"),
        "a stranger": lambda: (uuid.uuid4(), "may_not_decide"),
        "an agent": lambda: (an_employee("agent", "nights").id, "may_not_decide"),
    }[who]()
    before = balance_of(lin)
    with pytest.raises(Exception, match=code):
        approve_refund(checker, made.id, made.payload_hash)
    assert balance_of(lin) == before
    assert proposal(made.id).is_open  # type: ignore[union-attr]
    assert "tried_to_decide" in [act.verb for act in acts_of_case(story.case.id)]


@pytest.mark.django_db
def test_c06_what_was_edited_after_the_look_is_not_approved() -> None:
    story, desk = charged_twice(), a_desk()
    made = a_proposal(story, desk)
    revise_refund(desk.zhou.id, made.id, 100, REASON)
    with pytest.raises(Exception, match=r"proposal_decided|proposal_changed"):
        approve_refund(desk.he.id, made.id, made.payload_hash)
    assert not refunds_of([story.second.id])


@pytest.mark.django_db
def test_c06_a_payload_changed_in_the_table_is_not_approved() -> None:
    story, desk = charged_twice(), a_desk()
    made = a_proposal(story, desk)
    with pytest.raises((DatabaseError, Conflict)), transaction.atomic():
        Proposal.objects.filter(id=made.id).update(payload={**made.payload, "amount_minor": 1})
        approve_refund(desk.he.id, made.id, made.payload_hash)
    assert not refunds_of([story.second.id])


@pytest.mark.django_db
@pytest.mark.parametrize("approval", ["open", "somebody else's", "none"])
def test_c06_the_refund_room_moves_nothing_without_the_second_person(approval: str) -> None:
    story, desk = charged_twice(), a_desk()
    made = a_proposal(story, desk)
    approval_id = {"open": made.id, "somebody else's": uuid.uuid4(), "none": None}[approval]
    intent = RefundIntent("past-the-desk", story.second.id, 3_800, "approval", approval_id, REASON)
    with pytest.raises(ApprovalNotGiven):
        refund_once(intent)
    assert not refunds_of([story.second.id])


@pytest.mark.django_db
def test_c06_the_application_cannot_write_its_own_approval() -> None:
    story, desk = charged_twice(), a_desk()
    made = a_proposal(story, desk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(id=made.id).update(
            state="approved",
            checker_id=desk.zhou.id,
            checker_user_id=desk.zhou.user_id,
            checker_team_id=desk.zhou.team_id,
        )


def test_c06_twenty_hands_approve_one_proposal_at_once_and_one_refund_is_posted(fresh_database: FreshDatabase) -> None:
    story, desk = charged_twice(), a_desk()
    made = a_proposal(story, desk)
    before = balance_of(story.lin)
    answers = fresh_database.at_once(lambda: approve_refund(desk.he.id, made.id, made.payload_hash), times=20)
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1, answers
    assert {type(answer).__name__ for answer in answers if isinstance(answer, Exception)} == {"AlreadyDecided"}
    assert balance_of(story.lin) == before + 3_800
    assert len(refunds_of([story.second.id])) == 1
    assert check_books().findings == ()


def test_c06_a_refund_without_its_two_acts_is_found_in_the_books(fresh_database: FreshDatabase) -> None:
    """What a database administrator could do by hand: the second half of I12 names the refund."""
    story, desk = charged_twice(), a_desk()
    made = a_proposal(story, desk)
    approve_refund(desk.he.id, made.id, made.payload_hash)
    assert not check_books().findings_of("I12-acts")
    fresh_database.as_owner("ALTER TABLE audit_act DISABLE TRIGGER USER")
    fresh_database.as_owner("DELETE FROM audit_act WHERE verb = 'approve'")
    (finding,) = check_books().findings_of("I12-acts")
    assert finding.record.startswith("refund ")
