"""Each page of the desk that shows something of one customer leaves a line that the customer reads: every route is walked."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.attacks.everybody import World, everybody
from tests.attacks.everybody_at_the_desk import ABSENT, ROLES
from tests.attacks.test_authorisation_table import as_if_never
from tests.factories.desk_browser import at_desk, text_of
from tests.factories.money import a_payer
from tests.factories.trust import an_employee
from tests.factories.wallet_phone import phone_of
from walletdesk.foundation.audit.public import acts_on_customer
from walletdesk.project.authorisation import ROWS
from walletdesk.service.agent_actions.public import (
    VIEWS,
    act_seen_by_customer,
    acts_seen_by_customer,
    approve_payee_mark,
    find_payee_sound,
    note_view,
    propose_payee_mark,
)
from walletdesk.service.agent_actions.services.mark_at_once import unmark_payee, warn_of_payee
from walletdesk.service.notifications.public import notices
from walletdesk.service.oversight.public import alarms, place_canary
from walletdesk.trust.risk.public import report_payee, restrictions_of
from walletdesk.trust.staff.public import ACTS, ActNotAllowed, EmployeeView

pytestmark = pytest.mark.django_db
WRITTEN = {*VIEWS, "look_up", "see_papers", "break_glass"}
OF_STAFF = ("/desk/staff/", "/desk/oversight/", "/desk/emergency/", "/desk/notices/")
"""Pages about colleagues; what is opened in an emergency was written down when it was opened."""
LISTS = ("/desk/risk/rules/<int:number>/",)
"""What rules would have said of everybody: numbers and sums of many, of which each leads to its own page."""


def pages_of_one_thing() -> list[str]:
    return sorted(
        address
        for (address, method), row in ROWS.items()
        if method == "GET"
        and address.startswith("/desk/")
        and "<" in address
        and not address.startswith(OF_STAFF)
        and address not in LISTS
        and not any(f":{name}>" in address for name in ABSENT)
    )


def may_open(address: str) -> list[str]:
    """Everybody but the agent, who looked at the card while the world was made."""
    who = ROWS[address, "GET"].who
    return [one for one, role in ROLES.items() if one != "agent" and (who == "employee" or role in ACTS[who])]


def about_lin(world: World, body: bytes) -> bool:
    """Her name, also masked, her number, or a picture or file of hers."""
    lin, text = world.story.lin, body.decode("utf-8", "replace")
    return any(sign in text for sign in (lin.name, lin.masked_name, lin.number)) or not text.lstrip().startswith("<")


def test_every_page_of_the_desk_about_a_customer_is_written_down() -> None:
    world, unwritten, shown = everybody(), [], set()
    for address in pages_of_one_thing():
        for who in may_open(address):
            with as_if_never():
                answer = world.browser(who).get(world.place(address, who), follow=True)
                if answer.status_code != 200 or not about_lin(world, answer.content):
                    continue
                shown.add(address)
                actor = f"employee:{world.employees[who].id}"
                acts = [act for act in acts_on_customer(world.story.lin.id) if act.actor == actor]
            if not any(act.verb in WRITTEN for act in acts):
                unwritten.append(f"{address} {who}")
    print(f"\n{len(shown)} pages about a customer, opened by everybody who may")
    assert not unwritten, "\n".join(unwritten)
    assert {
        "/desk/cases/<str:reference>/",
        "/desk/cases/<str:reference>/messages/",
        "/desk/cases/<str:reference>/files/<uuid:attachment_id>/",
        "/desk/papers/<uuid:papers_id>/",
        "/desk/approvals/<uuid:proposal_id>/",
        "/desk/risk/decisions/<uuid:decision_id>/",
    } <= shown


@pytest.mark.parametrize("verb", sorted(VIEWS))
def test_the_customer_reads_each_kind_of_view_once_in_half_an_hour(verb: str) -> None:
    lin, agent = a_payer(10), an_employee("auditor")
    for _ in range(2):
        note_view(agent.id, verb, lin.id, "thing:1")
    note_view(agent.id, verb, lin.id, "thing:2")
    seen = acts_seen_by_customer(lin.id)
    assert [(one.verb, one.agent_number) for one in seen] == [(verb, agent.employee_number)] * 2
    assert "Worked on your account" not in seen[0].what.en, "each kind has its sentence"


def test_a_view_of_a_canary_is_an_alarm() -> None:
    lin, agent, risk = a_payer(10), an_employee("finance_officer"), an_employee("risk_officer")
    place_canary(risk.id, lin.number)
    note_view(agent.id, "see_messages", lin.id, "case:1")
    assert [one.kind for one in alarms()] == ["canary_look"]


# ---- marks on a payee ----


def test_a_mark_stands_with_its_act_under_the_name_of_who_was_marked() -> None:
    payee, risk = a_payer(10), an_employee("risk_officer")
    warn_of_payee(risk.id, payee.id, "Wang Fang reported them")
    (act,) = acts_on_customer(payee.id)
    assert (act.verb, act.reason) == ("mark_in_review", "Wang Fang reported them")
    assert acts_seen_by_customer(payee.id) == [], "who is looked into is not told while it lasts"
    assert unmark_payee(risk.id, payee.id, "in_review", "Wang Fang took it back")
    assert not unmark_payee(risk.id, payee.id, "in_review", "Again")
    ended, seen = acts_seen_by_customer(payee.id)
    assert (ended.verb, seen.verb) == ("unmark_in_review", "mark_in_review")
    assert seen.agent_number == risk.employee_number and seen.reason + ended.reason == "", "who reported stays with us"


def by_two(payee_id: UUID, mark: str) -> EmployeeView:
    """Proposed by one and approved by another; the one."""
    risk, second = an_employee("risk_officer", "risk"), an_employee("supervisor", "floor")
    made = propose_payee_mark(risk.id, payee_id, mark, "Two people reported them")
    approve_payee_mark(second.id, made.id, made.payload_hash)
    return risk


def test_who_is_under_report_reads_of_it_when_it_has_ended_and_the_auditor_at_once() -> None:
    payee, page = a_payer(10), "/wallet/me/who-looked/"
    risk = by_two(payee.id, "reported")
    (act,) = acts_on_customer(payee.id)
    assert act_seen_by_customer(payee.id, act.id) is None, "nor found by its number"
    assert "under report" not in text_of(phone_of(payee).get(page)) and notices("customer", payee.id, 10) == []
    objection = f"/wallet/me/who-looked/{act.id}/object/"
    assert phone_of(payee).post(objection, {"words": "Why?"}).status_code == 404
    auditor = at_desk(an_employee("auditor")).get("/desk/oversight/acts/", {"verb": "mark_reported"})
    assert act.actor.removeprefix("employee:") != str(risk.id), "the act is the second person's"
    assert "Marked: reported" in text_of(auditor)
    unmark_payee(risk.id, payee.id, "reported", "A mistake")
    assert "Put payments to you under report" in text_of(phone_of(payee).get(page))
    assert act_seen_by_customer(payee.id, act.id) is not None


def test_a_second_report_hides_itself_and_not_the_one_before() -> None:
    payee = a_payer(10)
    unmark_payee(by_two(payee.id, "reported").id, payee.id, "reported", "Sound")
    by_two(payee.id, "reported")
    assert [one.verb for one in acts_seen_by_customer(payee.id)] == ["unmark_reported", "mark_reported"]
    by_two(payee.id, "fake")
    assert acts_seen_by_customer(payee.id)[0].verb == "mark_fake", "acts of any other kind are told at once"


def test_who_reads_the_reports_is_told_when_they_have_ended() -> None:
    payee, lin, risk = a_payer(10), a_payer(10), an_employee("risk_officer")
    report_payee(lin.id, payee.id, "person", "goods", "No parcel came", "")
    note_view(risk.id, "see_payee", payee.id, f"payee:{payee.id}")
    assert acts_seen_by_customer(payee.id) == []
    find_payee_sound(risk.id, payee.id, "A parcel that was late")
    assert {one.verb for one in acts_seen_by_customer(payee.id)} == {"payee_sound", "see_payee"}


def test_a_mark_without_its_act_does_not_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    payee, risk = a_payer(10), an_employee("risk_officer")

    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("the list of acts cannot be written")

    monkeypatch.setattr("walletdesk.service.agent_actions.services.mark_at_once.record_act", broken)
    with pytest.raises(RuntimeError):
        warn_of_payee(risk.id, payee.id, "Two people reported them")
    assert not restrictions_of(payee.id)


@pytest.mark.parametrize("role", ["agent", "supervisor", "auditor"])
def test_who_may_not_mark_leaves_nothing(role: str) -> None:
    payee, other = a_payer(10), an_employee(role)
    with pytest.raises(ActNotAllowed):
        warn_of_payee(other.id, payee.id, "Because")
    assert not restrictions_of(payee.id) and not acts_on_customer(payee.id)
