"""A customer objects to one act: a case that the one complained about neither sees nor handles."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.service import a_desk, a_payer, charged_twice
from walletdesk.service.agent_actions.public import (
    acts_seen_by_customer,
    look_up,
    unmask,
)
from walletdesk.service.cases.public import (
    AboutYou,
    CaseNotFound,
    assign,
    case_for_employee,
    close_case,
    queue,
    reopen,
    search_cases,
    take_case,
    the_agent,
)
from walletdesk.service.conversations.public import conversation, say
from walletdesk.service.oversight import errors
from walletdesk.service.oversight.public import (
    object_to_act,
)

pytestmark = pytest.mark.django_db


def test_an_objection_is_a_case_that_the_one_complained_about_neither_sees_nor_handles() -> None:
    story, desk = charged_twice(), a_desk()
    take_case(desk.zhou.id, story.case.id)
    unmask(desk.zhou.id, story.case.id, "email", "To write")
    looked = next(act for act in acts_seen_by_customer(story.lin.id) if act.verb == "unmask")
    opened = object_to_act(story.lin.id, looked.number, "Nobody asked for my address")
    assert (opened.kind, opened.about_employee_id, opened.assigned_id) == ("objection", desk.zhou.id, None)
    assert object_to_act(story.lin.id, looked.number, "Once more").id == opened.id
    assert (
        next(a for a in acts_seen_by_customer(story.lin.id) if a.number == looked.number).objection == opened.reference
    )
    with pytest.raises(AboutYou):
        take_case(desk.zhou.id, opened.id)
    with pytest.raises(AboutYou):
        assign(desk.he.id, opened.id, desk.zhou.id)
    with pytest.raises(AboutYou):
        close_case(desk.zhou.id, opened.id, "All fine")
    with pytest.raises(CaseNotFound):
        case_for_employee(desk.zhou.id, opened.reference)
    with pytest.raises(CaseNotFound):
        look_up(desk.zhou.id, opened.id)
    zhou = the_agent(desk.zhou.id, desk.zhou.employee_number, "周岚", "Zhou Lan")
    for wrong in (lambda: say(opened.id, zhou, "It was nothing"), lambda: conversation(opened.id, zhou)):
        with pytest.raises(CaseNotFound):
            wrong()
    assert opened.id not in {one.id for one in queue("all", desk.zhou.id)}
    assert not search_cases(opened.reference, employee_id=desk.zhou.id)
    assert take_case(desk.he.id, opened.id).assigned_id == desk.he.id
    close_case(desk.he.id, opened.id, "The look had a reason; the reason is on the case")
    with pytest.raises(AboutYou):
        reopen(opened.id, employee_id=desk.zhou.id)
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE cases_case SET assigned_id = about_employee_id WHERE id = %s", [opened.id])


def test_what_cannot_be_objected_to() -> None:
    story, desk = charged_twice(), a_desk()
    wang = a_payer("王芳")
    take_case(desk.zhou.id, story.case.id)
    look_up(desk.zhou.id, story.case.id)
    looked = acts_seen_by_customer(story.lin.id)[0]
    with pytest.raises(errors.WatchReasonMissing):
        object_to_act(story.lin.id, looked.number, "  ")
    for who, number in ((wang, looked.number), (story.lin, looked.number + 1_000)):
        with pytest.raises(errors.ActNotFound):
            object_to_act(who.id, number, "Not mine")
