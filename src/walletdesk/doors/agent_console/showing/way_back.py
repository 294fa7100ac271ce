"""The way back as the sheet shows it: locks, proofs, papers, questions, and whether the reset may be started."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.agent_actions.public import WayBack
from walletdesk.trust.staff.public import EmployeeView, employees, may
from walletdesk.trust.verification.public import LOCK_REASONS, PROOF_KINDS

WAITING = Status(Words("等另一位同事核对", "Waits for a colleague"), "wait", "half")
ACCEPTED = Status(Words("核对过了", "Accepted"), "go", "done")
REJECTED = Status(Words("请客户重交", "Sent back"), "bad", "x")
PAPERS = {"waiting": WAITING, "accepted": ACCEPTED, "rejected": REJECTED}
CHANNELS = {"email": Words("邮箱", "E-mail"), "sms": Words("短信", "Text message")}


KINDS = {
    "reported": Words("有人报告被冒用", "Misuse was reported"),
    "staff": Words("我们看到危险", "We see the danger"),
}
"""Why the desk locks. Once locked by us, nothing less is added."""


@dataclass(frozen=True, slots=True)
class ProofRow:
    words: Words
    given: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template reads. ``questions`` is the open sheet; ``score`` that of the last one."""

    locks: list[dict[str, Any]]
    proofs: list[ProofRow]
    papers: Status | None
    papers_at: datetime | None
    papers_href: str
    questions: list[dict[str, Any]]
    asked: bool
    score: int | None
    objection: Words | None
    channels: list[dict[str, Any]]
    resets: list[dict[str, Any]]
    may_lock: list[dict[str, Any]]


def draw(found: WayBack, employee: EmployeeView) -> Shown:
    sheet, papers = found.questions, found.papers
    agents = employees({one.employee_id for one in found.resets})
    return Shown(
        locks=[
            {"words": LOCK_REASONS[one.reason].words, "since": one.since, "until": one.until} for one in found.locks
        ],
        proofs=[ProofRow(words, kind in found.sheet.kinds) for kind, words in PROOF_KINDS.items()],
        papers=PAPERS[papers.state] if papers else None,
        papers_at=papers.handed_in_at if papers else None,
        papers_href=reverse("desk-papers-one", args=[papers.id])
        if papers and may(employee, "review_documents")
        else "",
        questions=sheet.questions if sheet is not None and sheet.right is None else [],
        asked=sheet is not None,
        score=sheet.right if sheet is not None else None,
        objection=found.sheet.objection,
        channels=[{"code": code, "words": CHANNELS[code], "masked": masked} for code, masked in found.sheet.channels],
        resets=[
            {"at": one.made_at, "agent": agents[one.employee_id].label, "words": CHANNELS[one.channel]}
            for one in found.resets
        ],
        may_lock=_may_lock({one.reason for one in found.locks}) if may(employee, "lock_account") else [],
    )


def _may_lock(standing: set[str]) -> list[dict[str, Any]]:
    if "staff" in standing:
        return []
    return [{"code": code, "words": words} for code, words in KINDS.items() if code not in standing]
