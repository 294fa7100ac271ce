"""Two who plan something together cannot choose each other: who decides is drawn from those on shift, and has some time alone."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.timezone import localtime

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.service import charged_twice, in_hand
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.audit.public import ActView, Wanted, search_acts
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.foundation.profiles.public import set_value
from walletdesk.service.agent_actions.public import approve_refund, propose_refund
from walletdesk.trust.approvals.errors import SameTeam, SomebodyElseDrawn
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.public import (
    ProposalView,
    approve,
    open_proposals,
    proposal,
    propose,
    reject,
    revise,
    withdraw,
)
from walletdesk.trust.staff.public import EmployeeView, plan_shift

pytestmark = pytest.mark.django_db
PAYLOAD = {"amount_minor": 3800}


def on_shift(*people: EmployeeView) -> None:
    for one in people:
        plan_shift(one.id, now() - timedelta(hours=1), now() + timedelta(hours=7), by="system")


def acts_of_employee(who: EmployeeView) -> list[ActView]:
    return search_acts(Wanted(actor=f"employee:{who.id}"), 50)


@pytest.fixture
def zhou() -> EmployeeView:
    return an_employee("agent", "care")


@pytest.fixture
def others() -> list[EmployeeView]:
    """Three of another team who may decide a refund."""
    return [an_employee(role, "risk") for role in ("supervisor", "risk_officer", "senior_agent")]


def a_refund(zhou: EmployeeView, number: int = 1) -> ProposalView:
    return propose("refund", f"P{number}", PAYLOAD, zhou.id, uuid7(), a_customer().id)


def test_one_of_those_on_shift_decides_and_for_a_while_nobody_else(
    zhou: EmployeeView, others: list[EmployeeView]
) -> None:
    off_shift = an_employee("supervisor", "fraud")
    on_shift(zhou, an_employee("supervisor", "care"), an_employee("agent", "risk"), *others)
    made = a_refund(zhou)
    assert made.drawn is not None and made.drawn_until == made.made_at + timedelta(minutes=15)
    assert made.drawn.id in {one.id for one in others}
    for one in [*others, off_shift]:
        if one.id != made.drawn.id:
            with pytest.raises(SomebodyElseDrawn) as refused:
                approve(made.id, one.id, made.payload_hash)
            assert refused.value.fields["who"] == made.drawn.label
            with pytest.raises(SomebodyElseDrawn):
                reject(made.id, one.id, "not mine to decide")
    with pytest.raises(SameTeam):
        approve(made.id, an_employee("supervisor", "care").id, made.payload_hash)
    assert approve(made.id, made.drawn.id, made.payload_hash).state == "approved"


def test_after_its_time_anybody_who_may_decides(zhou: EmployeeView, others: list[EmployeeView]) -> None:
    on_shift(*others)
    made = a_refund(zhou)
    other = next(one for one in others if made.drawn and one.id != made.drawn.id)
    assert made.drawn_until is not None
    with at(made.drawn_until - timedelta(seconds=1)), pytest.raises(SomebodyElseDrawn):
        approve(made.id, other.id, made.payload_hash)
    with at(made.drawn_until):
        assert approve(made.id, other.id, made.payload_hash).state == "approved"


def test_each_of_them_is_drawn_sometimes(zhou: EmployeeView, others: list[EmployeeView]) -> None:
    on_shift(*others)
    seen = Counter(made.drawn and made.drawn.id for made in (a_refund(zhou, number) for number in range(60)))
    assert set(seen) == {one.id for one in others}, "the chance that one of three is never drawn is below 10^-10"


def test_nobody_proposes_again_until_the_lot_is_a_friends(zhou: EmployeeView, others: list[EmployeeView]) -> None:
    on_shift(*others)
    first = made = a_refund(zhou)
    for figure in range(20):
        if figure % 2:
            made = revise(made.id, zhou.id, {"amount_minor": 3800 + figure})
        else:
            withdraw(made.id, zhou.id)
            made = a_refund(zhou)
        assert made.drawn == first.drawn
    detail = next(act.detail for act in acts_of_employee(zhou) if act.verb == "propose")
    assert detail["drawn_of"] == 3, "the auditor reads how many there were"


def test_who_cannot_come_in_is_not_drawn(zhou: EmployeeView) -> None:
    on_shift(an_employee("supervisor", "risk", enrolled=False))
    assert a_refund(zhou).drawn is None


@pytest.mark.parametrize("who", ["nobody is on shift", "the figure is nought"])
def test_nobody_is_drawn_and_it_is_anybodys(zhou: EmployeeView, others: list[EmployeeView], who: str) -> None:
    if who == "the figure is nought":
        on_shift(*others)
        set_value("proposal.drawn_seconds", 0, now() - timedelta(days=1), "test")
    made = a_refund(zhou)
    assert (made.drawn, made.drawn_until) == (None, None)
    assert approve(made.id, others[0].id, made.payload_hash).state == "approved"


def test_the_database_holds_the_lot(zhou: EmployeeView, others: list[EmployeeView]) -> None:
    on_shift(*others)
    made = a_refund(zhou)
    other = next(one for one in others if made.drawn and one.id != made.drawn.id)
    decided: dict[str, Any] = {
        "state": "approved",
        "decided_at": made.made_at,
        "checker_id": other.id,
        "checker_user_id": other.user_id,
        "checker_team_id": other.team_id,
    }
    with pytest.raises(IntegrityError, match="decided_by_whom_the_lot_fell_on"), transaction.atomic():
        Proposal.objects.filter(pk=made.id).update(**decided)
    with pytest.raises(IntegrityError, match="decided at a moment to come"), transaction.atomic():
        Proposal.objects.filter(pk=made.id).update(**(decided | {"decided_at": made.drawn_until}))
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE approvals_proposal SET drawn_id = NULL, drawn_until = NULL")
    assert proposal(made.id) == made


def test_at_the_desk_each_reads_whose_it_is(others: list[EmployeeView]) -> None:
    story, zhou = charged_twice(), an_employee("agent", "care", number="1024")
    in_hand(story, zhou)
    on_shift(zhou, *others)
    made = propose_refund(zhou.id, story.case.id, story.second.id, 3_800, "till sent it twice")
    assert made.drawn is not None and made.drawn_until is not None
    other = next(one for one in others if made.drawn and one.id != made.drawn.id)
    page = f"/desk/approvals/{made.id}/"
    theirs = text_of(at_desk(made.drawn).get(page))
    until = localtime(made.drawn_until).strftime("%H:%M")
    assert f"Drawn: you · alone until {until}" in theirs and "Approve" in theirs
    seen = text_of(at_desk(other).get(page))
    assert f"The lot fell on {made.drawn.label.en}" in seen and f"Drawn: another · opens at {until}" in seen
    answer = at_desk(other).post(f"{page}approve/", {"hash": made.payload_hash})
    assert (answer.status_code, "somebody_else_drawn" in answer.content.decode()) == (409, True)
    approve_refund(made.drawn.id, made.id, made.payload_hash)


def test_what_is_the_readers_alone_comes_first(zhou: EmployeeView, others: list[EmployeeView]) -> None:
    on_shift(others[0])
    with at(now() - timedelta(minutes=1)):
        older = propose("refund", "P1", PAYLOAD, an_employee("agent", "risk").id, uuid7(), a_customer().id)
    made = a_refund(zhou, 2)
    assert (older.drawn, made.drawn) == (None, others[0]), "a colleague's is not for who shares their team"
    assert [one.id for one in open_proposals()] == [older.id, made.id]
    assert [one.id for one in open_proposals(reader=others[0].id)] == [made.id, older.id]
    assert made.drawn_until is not None
    with at(made.drawn_until):
        assert [one.id for one in open_proposals(reader=others[0].id)] == [older.id, made.id]
