"""What the closed case says to both sides, made from its timeline and its promises and nothing else.

    工号 1024 周岚处理。14:09 工号 0387 批准退款；14:10 退款 ¥38.00 已到账。承诺 14:32 前答复您：守约，提前 22 分钟。您已确认。
    Helped by agent 1024 Zhou Lan. 14:09 Agent 0387 approved the refund; 14:10 Refund of ¥38.00 posted.
    Promise to answer by 14:32: kept, 22 minutes early. You confirmed it.

Notes for staff never enter; nobody writes a summary by hand, so nobody can write a kinder one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from walletdesk.service.cases.rules.promises import BROKEN, KEPT, PromiseClock, minutes_early, standing

BOTH_LANGUAGES = dict[str, str]
"""``{"zh-hans": …, "en": …}``, as a row keeps a sentence."""

DEEDS = frozenset(
    {
        "customer_verified",
        "proposal_made",
        "proposal_approved",
        "proposal_rejected",
        "refund_posted",
        "agent_disowned",
        "papers_accepted",
        "reset_started",
    }
)
"""Kinds of timeline entries that are deeds. All else (opened, taken, notes) is how, not what."""

CLOSED_BY = {
    "customer": ("您已确认。", "You confirmed it."),
    "time": (
        "等您确认的时间已过，自动结案；您随时可以重新打开。",
        "Closed by itself after the time to confirm; you can reopen it.",
    ),
    "agent": ("由客服结案；您随时可以重新打开。", "Closed by an agent; you can reopen it."),
    "restored": ("账户已恢复，随之结案。", "Closed with the account restored."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the timeline as the summary reads it; ``number`` and ``name`` only of an agent."""

    at: datetime
    kind: str
    words: BOTH_LANGUAGES
    for_staff_only: bool = False
    number: str = ""
    name: BOTH_LANGUAGES | None = None


@dataclass(frozen=True, slots=True)
class Promised:
    """``words``: what was promised ("答复您" / "Answer")."""

    words: BOTH_LANGUAGES
    clock: PromiseClock


def summarise(
    timeline: Sequence[Told], promises: Sequence[Promised], closed_by: str, closed_at: datetime, time_zone: str
) -> dict[str, Any]:
    """The summary: ``agents``, ``deeds``, ``promises``, ``closed_by`` and ``text``, each sentence in both languages.

    ``closed_by`` is ``customer``, ``time``, ``agent`` or ``restored``; hours are told in ``time_zone`` (an IANA name).
    """
    zone = ZoneInfo(time_zone)
    deeds = [entry for entry in timeline if entry.kind in DEEDS and not entry.for_staff_only]
    agents = _agents_in_order(timeline)
    verdicts = [_verdict(promised, closed_at) for promised in promises]
    return {
        "agents": agents,
        "deeds": [{"at": entry.at.isoformat(), "words": entry.words} for entry in deeds],
        "promises": verdicts,
        "closed_by": closed_by,
        "text": {
            language: _text(language, agents, deeds, promises, verdicts, closed_by, zone)
            for language in ("zh-hans", "en")
        },
    }


def _agents_in_order(timeline: Sequence[Told]) -> list[dict[str, Any]]:
    """Agents that worked on the case, each once, the first first."""
    seen: dict[str, dict[str, Any]] = {}
    for entry in timeline:
        if entry.number:
            seen.setdefault(entry.number, {"number": entry.number, "name": entry.name or {"zh-hans": "", "en": ""}})
    return list(seen.values())


def _verdict(promised: Promised, closed_at: datetime) -> dict[str, Any]:
    return {
        "words": promised.words,
        "due_at": promised.clock.due_at.isoformat(),
        "standing": standing(promised.clock, closed_at),
        "minutes_early": minutes_early(promised.clock),
    }


def _text(
    language: str,
    agents: list[dict[str, Any]],
    deeds: list[Told],
    promises: Sequence[Promised],
    verdicts: list[dict[str, Any]],
    closed_by: str,
    zone: ZoneInfo,
) -> str:
    chinese = language == "zh-hans"
    sentences = [_who(chinese, agents)]
    if deeds:
        told = [f"{entry.at.astimezone(zone):%H:%M} {entry.words[language]}" for entry in deeds]
        sentences.append("；".join(told) + "。" if chinese else "; ".join(told) + ".")
    sentences += [
        _promise_sentence(chinese, promised, verdict, zone)
        for promised, verdict in zip(promises, verdicts, strict=True)
    ]
    sentences.append(CLOSED_BY[closed_by][0 if chinese else 1])
    return "".join(sentences) if chinese else " ".join(sentences)


def _who(chinese: bool, agents: list[dict[str, Any]]) -> str:
    if not agents:
        return "没有经过客服。" if chinese else "No agent was needed."
    if chinese:
        return "、".join(f"工号 {agent['number']} {agent['name']['zh-hans']}".strip() for agent in agents) + "处理。"
    return (
        "Helped by " + " and ".join(f"agent {agent['number']} {agent['name']['en']}".strip() for agent in agents) + "."
    )


def _promise_sentence(chinese: bool, promised: Promised, verdict: dict[str, Any], zone: ZoneInfo) -> str:
    due = f"{promised.clock.due_at.astimezone(zone):%H:%M}"
    minutes = abs(verdict["minutes_early"])
    if chinese:
        ends = {KEPT: f"守约，提前 {minutes} 分钟", BROKEN: f"没有守约，晚了 {minutes} 分钟" if minutes else "没有守约"}
        return f"承诺 {due} 前{promised.words['zh-hans']}：{ends.get(verdict['standing'], '结案时未到时间')}。"
    late = "1 minute" if minutes == 1 else f"{minutes} minutes"
    ends = {KEPT: f"kept, {late} early", BROKEN: f"broken, {late} late" if minutes else "broken"}
    return f"Promise to {promised.words['en'].lower()} by {due}: {ends.get(verdict['standing'], 'not yet due at closing')}."
