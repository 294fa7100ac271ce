"""The desk of the table: one person of each role, and for each thing that can be one's own, one's own and another's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tests.factories.money import a_shop
from tests.factories.service import ChargedTwice
from tests.factories.trust import an_employee
from walletdesk.service.agent_actions.public import acts_seen_by_customer
from walletdesk.service.notifications.public import NoticeDraft, notices, tell_many
from walletdesk.service.oversight.models import Alarm, ThirdLook
from walletdesk.service.oversight.public import break_glass, place_canary
from walletdesk.trust.approvals.public import propose, withdraw
from walletdesk.trust.official_contacts.public import Asked, list_fake
from walletdesk.trust.risk.models import RiskDecision, RiskFlag
from walletdesk.trust.risk.public import restrict
from walletdesk.trust.staff.public import EmployeeView, day_began, plan_shift

ROLES = {
    "agent": "agent",
    "senior": "senior_agent",
    "supervisor": "supervisor",
    "risk": "risk_officer",
    "finance": "finance_officer",
    "editor": "editor",
    "auditor": "auditor",
    "administrator": "administrator",
}
TEAMS = {
    "agent": "care",
    "senior": "checks",
    "supervisor": "floor",
    "risk": "safety",
    "finance": "money",
    "editor": "words",
    "auditor": "audit",
    "administrator": "systems",
}
OWN, ANOTHERS = "own", "another's"
NOWHERE = "018f0000-0000-7000-8000-000000000000"
ABSENT = ("take_id", "call_id", "recording", "permit_id")
"""What this house has none of: no call, no recording, no take of a prompt. Who may enter finds nothing."""


def staff_of_every_role() -> dict[str, EmployeeView]:
    return {who: an_employee(role, TEAMS[who]) for who, role in ROLES.items()}


def desk_things(story: ChargedTwice, staff: dict[str, EmployeeView]) -> dict[str, str]:
    """What the placeholders stand for; ``own <who> <name>`` and ``another's <who> <name>`` where it matters whose."""
    start = day_began()
    things = {
        **dict.fromkeys(ABSENT, NOWHERE),
        **_of_risk(story),
        "act": str(next(act.number for act in acts_seen_by_customer(story.lin.id))),
        "desk employee": staff["agent"].employee_number,
        "desk number": "1",
        "desk key": "merchant.fee_bps",
        "shift_id": str(plan_shift(staff["agent"].id, start, start.replace(hour=8), by="system").id),
        "glass_id": str(break_glass(staff["supervisor"].id, story.lin.number, "The police is on the line")),
        "notice_id": _notice(staff["agent"]),
        "canary_id": str(place_canary(staff["risk"].id, story.lin.number)),
    }
    for who, person in staff.items():
        other = staff["senior"] if who == "agent" else staff["agent"]
        for whose, about in ((OWN, person), (ANOTHERS, other)):
            things[f"{whose} {who} employee"] = about.employee_number
            things[f"{whose} {who} alarm_id"] = str(_alarm(about))
            things[f"{whose} {who} look_id"] = str(_look(story, staff, who if whose == OWN else ""))
    return things | {name: things[f"{OWN} agent {name}"] for name in ("alarm_id", "look_id")}


def _of_risk(story: ChargedTwice) -> dict[str, str]:
    """A decision about Lin's payments, a payee under report who sold nothing to anybody here, and a ring of one."""
    payee = a_shop().id
    restrict(payee, "reported", None, "Somebody reported them")
    found = RiskDecision.objects.filter(customer_id=story.lin.id).first()
    ring = RiskFlag.objects.create(
        kind="ring", key="of one", customer_ids=[story.lin.id], transfer_ids=[payee], amount_minor=1
    )
    return {
        "decision_id": str(found.id) if found else NOWHERE,
        "subject_id": str(payee),
        "kind": "reported",
        "payee_id": str(story.lin.id),
        "flag_id": str(ring.id),
        "fake_id": str(list_fake(Asked("web", "false.example"), "假的", "False", "employee:test")),
    }


def _notice(reader: EmployeeView) -> str:
    words = {"zh-hans": "有消息", "en": "News"}
    tell_many([NoticeDraft("employee", reader.id, "news", words, {}, "/desk/", "1")])
    return str(notices("employee", reader.id)[0].id)


def _alarm(about: EmployeeView) -> UUID:
    alarm, _ = Alarm.objects.get_or_create(
        once=f"many_looks:{about.id}", defaults={"kind": "many_looks", "employee_id": about.id, "detail": {"count": 50}}
    )
    return alarm.id


def _look(story: ChargedTwice, staff: dict[str, EmployeeView], checker: str) -> UUID:
    """A third look at something that ``checker`` approved; a stranger, when nobody is named."""
    payload = {"payment_id": str(story.first.id), "amount_minor": 1, "asset": "CNY", "reason": "One fen"}
    made = propose(
        "refund", f"look at {checker or 'nobody'} {ThirdLook.objects.count()}", payload, staff["agent"].id, None, None
    )
    withdraw(made.id, staff["agent"].id)
    stranger = staff[checker] if checker and checker != "agent" else staff["senior"]
    return ThirdLook.objects.create(
        proposal_id=made.id, maker_id=staff["agent"].id, checker_id=stranger.id, why="lot"
    ).id


def desk_forms(staff: dict[str, EmployeeView]) -> dict[str, dict[str, Any]]:
    """What the pages of staff and oversight would send."""
    return {
        "/desk/enrol/": {"pass": "ABCD-EFGH-JKMN"},
        "/desk/figures/<str:key>/": {"value": "55", "source": "Board decision 2026-12"},
        "/desk/staff/employ/": {"email": "nobody@example.com"},
        "/desk/staff/team/": {"code": "nights", "name_zh": "夜班", "name_en": "Nights"},
        "/desk/staff/shifts/plan/": {
            "who": str(staff["agent"].id),
            "day": "2027-01-04",
            "from": "09:00",
            "to": "17:00",
        },
        "/desk/staff/<str:employee>/post/": {"role": "agent", "active": "yes", "reason": "As before"},
        "/desk/staff/<str:employee>/caps/": {"each": "10", "day": "", "reason": "New here"},
        "/desk/staff/<str:employee>/recover/": {"reason": "Lost the phone", "seen_how": "In person"},
        "/desk/emergency/": {"number": "WD-0000 0000", "reason": "x"},
        "/desk/oversight/alarms/<uuid:alarm_id>/": {"words": "Looked into it"},
        "/desk/oversight/third/<uuid:look_id>/": {"agrees": "yes"},
        "/desk/risk/decisions/<uuid:decision_id>/mark/": {"kind": "in_review", "reason": "Two people reported them"},
        "/desk/risk/payees/<uuid:payee_id>/mark/": {"mark": "warned", "reason": "Five people say the same"},
        "/desk/risk/marks/<uuid:subject_id>/<str:kind>/end/": {"why": "Their papers are in order"},
        "/desk/directory/": {"does": "drop", "key": "nothing", "version": "1", "reason": "Gone"},
        "/desk/fakes/": {"value": "evil.example", "note_zh": "假的", "note_en": "False"},
        "/wallet/me/who-looked/<int:act>/object/": {"words": "Why was that?"},
    }
