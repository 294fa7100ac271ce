"""The head of a case, its promise, and what stands on it when it is closed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.doors.agent_console.showing import status, time_left
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import Actor, CaseView
from walletdesk.service.conversations.public import AttachmentView, conversation
from walletdesk.trust.staff.public import EmployeeView, employees, may, staff_list

OPENED_BY = {
    "system": Words("{hour} 系统立案", "opened {hour} by the system"),
    "customer": Words("{hour} 客户立案", "opened {hour} by the customer"),
    "employee": Words("{hour} 客服立案", "opened {hour} by an agent"),
}
STARS = Words("{stars} 颗星", "{stars} of 5 stars")


@dataclass(frozen=True, slots=True)
class CaseHead:
    id: uuid.UUID
    reference: str
    title: dict[str, str]
    kind: Words
    status: status.Status
    opened: str
    agent: Words | None
    closed: bool
    merchant: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """``files`` are those of the customer's thread: the customer reads the same ones under the same fingerprints."""

    closed_at: datetime
    rows: list[tuple[Words, Any]]
    files: list[AttachmentView]


def head(case: CaseView, employee: EmployeeView) -> CaseHead:
    """``agent`` is named when it is a colleague: that a case is one's own needs no saying."""
    return CaseHead(
        id=case.id,
        reference=case.reference,
        title=case.title,
        kind=status.kind_words(case.kind),
        status=status.of_case(case),
        opened=OPENED_BY[case.opened_by].say(hour=moment_words(case.created_at)),
        agent=_holder(case) if case.assigned_id != employee.id else None,
        closed=not case.is_open,
        merchant=case.merchant_id is not None,
    )


def _holder(case: CaseView) -> Words | None:
    holder = employees([case.assigned_id]).get(case.assigned_id) if case.assigned_id else None
    return holder.label if holder else None


def colleagues(employee: EmployeeView) -> list[EmployeeView]:
    """Who could take a case from this employee."""
    return [one for one in staff_list() if one.id != employee.id and may(one, "work_cases")]


def promise(case: CaseView) -> time_left.PromiseLine | None:
    return time_left.in_head(case)


def summary(case: CaseView, reader: Actor) -> Summary | None:
    """What both sides read when a case is closed; None while it is open."""
    if case.closed_at is None or not case.summary:
        return None
    told = case.summary
    rows: list[tuple[Words, Any]] = [(Words("经办", "Handled by"), _agents(told))]
    rows += [(Words("做了什么", "What was done"), deed["words"]) for deed in told.get("deeds", [])]
    rows += [(Words("承诺", "Promise"), _verdict(one)) for one in told.get("promises", [])]
    if case.rated:
        rows.append((Words("评价", "Rated"), STARS.both(stars=case.rated)))
    shared = [message for message in conversation(case.id, reader) if message.audience == "customer"]
    return Summary(case.closed_at, rows, [file for message in shared for file in message.attachments])


def _agents(told: dict[str, Any]) -> dict[str, str]:
    agents = told.get("agents", [])
    if not agents:
        return Words("没有经过客服", "No agent was needed").both()
    zh = "、".join(f"工号 {one['number']} {one['name']['zh-hans']}".strip() for one in agents)
    en = ", ".join(f"Agent {one['number']} {one['name']['en']}".strip() for one in agents)
    return {"zh-hans": zh, "en": en}


def _verdict(verdict: dict[str, Any]) -> dict[str, str]:
    due = moment_words(datetime.fromisoformat(verdict["due_at"]))
    minutes = abs(verdict["minutes_early"])
    ends = {
        "kept": Words("守约，提前 {minutes} 分钟", "kept, {minutes} min early"),
        "broken": Words("没有守约，晚了 {minutes} 分钟", "broken, {minutes} min late"),
    }
    end = ends.get(verdict["standing"], Words("结案时未到时间", "not yet due at closing")).both(minutes=minutes)
    words = verdict["words"]
    return {
        "zh-hans": f"{due} 前{words['zh-hans']}：{end['zh-hans']}",
        "en": f"{words['en']} by {due}: {end['en']}",
    }
