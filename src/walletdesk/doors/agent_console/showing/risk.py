"""Risk on the desk's pages: decisions, marks and rules as rows of words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from walletdesk.doors._shared.bar_chart import Bar, Part, bars
from walletdesk.doors.agent_console.showing.rule_words import (
    OUTCOMES,
    TONES,
    differences,
    figure_words,
    is_sum,
    read_sum,
    reason_words,
    sum_of,
)
from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import merchants
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import (
    CHECKS,
    LEVELS,
    WARNING_MARKS,
    DecisionView,
    DryRun,
    MarkView,
    RuleSet,
    RuleVersionView,
    written,
)
from walletdesk.trust.staff.public import employees

INKS = {"allow": "go", "challenge": "wait", "delay": "wait", "deny": "ink", "freeze": "ink"}
STATES = {
    "draft": Status(Words("草稿", "Draft"), "wait", "half"),
    "in_force": Status(Words("在用", "In force"), "go", "done"),
    "past": Status(Words("用过", "Past"), "plain", "flat"),
}
FIRST = Words("随系统装好的", "As it was shipped")
HOUSE = Words("出厂设置", "Shipped with the house")
CHART = Words(
    "{n} 笔里，放行 {allow0} → {allow1}，再确认 {challenge0} → {challenge1}，先等 {delay0} → {delay1}，"
    "拦下 {deny0} → {deny1}，冻结 {freeze0} → {freeze1}",
    "Of {n}: allowed {allow0} → {allow1}, asked {challenge0} → {challenge1}, delayed {delay0} → {delay1}, "
    "denied {deny0} → {deny1}, frozen {freeze0} → {freeze1}",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One decision. Customers by their number alone: names belong to a case."""

    id: uuid.UUID
    href: str
    at: datetime
    customer: str
    payee: str
    amount: Amount
    status: Status
    reasons: list[Words]
    score: int
    version: int


def outcome_status(outcome: str) -> Status:
    tone, shape = TONES[outcome]
    return Status(OUTCOMES[outcome], tone, shape)


def rows(found: Sequence[DecisionView]) -> list[Row]:
    """Decisions with their people's numbers and shops' names; a constant number of statements."""
    people = customers({one.customer_id for one in found} | {one.payee_id for one in found})
    shops = merchants({one.payee_id for one in found if one.kind == "payment"})
    return [
        Row(
            one.id,
            reverse("desk-risk-decision", args=[one.id]),
            one.at,
            people[one.customer_id].number if one.customer_id in people else "—",
            _payee(one, people, shops),
            amount_of(one.amount_minor, one.asset),
            outcome_status(one.outcome),
            [reason_words(code) for code in one.reasons],
            one.score,
            one.rule_version,
        )
        for one in found
    ]


def _payee(one: DecisionView, people: dict, shops: dict) -> str:
    if one.payee_id in shops:
        return str(shops[one.payee_id].name)
    return people[one.payee_id].number if one.payee_id in people else "—"


def amount_of(minor: int, asset: str) -> Amount:
    return Amount(minor, KNOWN_ASSETS.get(asset, KNOWN_ASSETS["CNY"]))


def sums(counted: dict[str, int]) -> list[dict[str, Any]]:
    """The outcomes of a day."""
    return [{"status": outcome_status(name), "count": f"{count:,}"} for name, count in counted.items()]


INPUTS: dict[str, Words] = {
    "by_hand": Words("有人在操作", "By a person’s hand"),
    "proved": Words("刚刚确认过本人", "Proved just before"),
    "new_device": Words("新设备", "New device"),
    "on_call": Words("正在通话", "On a call"),
    "night": Words("深夜", "In the small hours"),
    "new_payee": Words("新收款方", "New payee"),
    "vouched": Words("本人确认过是自己", "Said “it was me” within a day"),
    "available_minor": Words("当时可用", "Available then"),
    "out_10m": Words("十分钟内的笔数", "Payments in 10 min"),
    "out_24h_minor": Words("一天内付出", "Out in 24 h"),
    "new_payees_24h": Words("一天内新收款方", "New payees in 24 h"),
    "out_30d": Words("三十天内的笔数", "Payments in 30 days"),
    "largest_30d_minor": Words("三十天内最大一笔", "Largest in 30 days"),
    "at_night_30d": Words("三十天内深夜的笔数", "At night in 30 days"),
    "stopped_1h": Words("一小时内拦下的", "Stopped in 1 h"),
    "in_24h_minor": Words("一天内收到", "In within 24 h"),
    "payers_24h": Words("一天内付给他的人数", "People who paid them in 24 h"),
    "collecting": Words("一天内付给对方的人数", "People who paid the payee in 24 h"),
    "reported": Words("对方被举报", "Payee under report"),
    "fake": Words("对方是已知假冒", "Payee known to be false"),
    "waited": Words("已经等过了", "Has waited"),
}
YES, NO = Words("是", "yes"), Words("否", "no")


def inputs(one: DecisionView) -> list[tuple[Words, Words | str]]:
    """All that was looked at, in words; what an older release did not look at is left out."""
    return [(words, _said(name, one.inputs[name])) for name, words in INPUTS.items() if name in one.inputs]


def _said(name: str, value: object) -> Words | str:
    if is_sum(name) and isinstance(value, int):
        return str(sum_of(value))
    if isinstance(value, bool):
        return YES if value else NO
    return "—" if value is None else f"{value:,}"


@dataclass(frozen=True, slots=True)
class MarkRow:
    subject_id: uuid.UUID
    kind: str
    who: str
    mark: MarkView
    why: str
    on_payee: bool


def mark_rows(found: Sequence[MarkView]) -> list[MarkRow]:
    people, shops = customers({one.subject_id for one in found}), merchants({one.subject_id for one in found})

    def who(one: MarkView) -> str:
        if one.subject_id in people:
            return people[one.subject_id].number
        return str(shops[one.subject_id].name) if one.subject_id in shops else "—"

    return [MarkRow(one.subject_id, one.kind, who(one), one, _why(one), one.kind in WARNING_MARKS) for one in found]


def _why(one: MarkView) -> str:
    """The reason as somebody wrote it; of what risk froze by itself, its rules in words."""
    return "; ".join(str(reason_words(code)) for code in one.reason.split(",")) if one.made_by == "risk" else one.reason


def version_row(one: RuleVersionView) -> dict[str, Any]:
    """A version with who wrote it and who published it, by their employee numbers."""
    return {
        "number": one.number,
        "href": reverse("desk-risk-version", args=[one.number]),
        "note": FIRST if one.number == 1 and not one.made_by.startswith("employee:") else one.note,
        "made_by": _author(one.made_by),
        "made_at": one.made_at,
        "published_by": _author(one.published_by) if one.published_by else "",
        "published_at": one.published_at,
        "status": STATES[one.state],
        "state": one.state,
    }


def _author(actor: str) -> str:
    kind, _, id_ = actor.partition(":")
    if kind != "employee":
        return str(HOUSE)
    found = employees([uuid.UUID(id_)])
    return str(next(iter(found.values())).label) if found else "—"


def form(rules: RuleSet, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The whole rule set as a form: levels, then a row for each rule. ``typed``: what was sent and refused, kept as it was."""
    stored, typed = written(rules), typed or {}
    return {
        "levels": [
            {
                "name": (place := f"levels.{name}"),
                "words": OUTCOMES[name],
                "value": typed.get(place, stored["levels"][name]),
            }
            for name in LEVELS
        ],
        "rules": [_rule_row(code, stored["rules"][code], typed) for code in CHECKS],
    }


def _rule_row(code: str, stored: dict[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    at_least = typed.get(f"{code}.at_least", stored["at_least"])
    return {
        "code": code,
        "words": CHECKS[code].title,
        "proof": CHECKS[code].answered_by_proof,
        "on": f"{code}.on" in typed if typed else stored["on"],
        "score": typed.get(f"{code}.score", stored["score"]),
        "at_least": [(name, words, name == at_least) for name, words in OUTCOMES.items()],
        "figures": [
            {
                "name": (place := f"{code}.{name}"),
                "words": figure_words(code, name),
                "money": is_sum(name),
                "value": typed.get(place, sum_of(stored[name]).plain if is_sum(name) else stored[name]),
            }
            for name in (*CHECKS[code].figures, "delay_hours")
        ],
    }


def read_form(posted: Any) -> dict[str, Any]:
    """What was typed, as a rule set to be judged by the room; what is no number stays as it was typed and is refused."""
    return {
        "levels": {name: _number(posted.get(f"levels.{name}", "")) for name in LEVELS},
        "rules": {
            code: {
                "on": posted.get(f"{code}.on") == "on",
                "score": _number(posted.get(f"{code}.score", "")),
                "at_least": posted.get(f"{code}.at_least", ""),
                **{
                    name: (read_sum if is_sum(name) else _number)(posted.get(f"{code}.{name}", ""))
                    for name in (*CHECKS[code].figures, "delay_hours")
                },
            }
            for code in CHECKS
        },
    }


def _number(text: str) -> int | str:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 13 else text


def dry(run: DryRun, rules: RuleSet, compared_with: RuleSet) -> dict[str, Any]:
    """The dry run as a picture, its table, and the decisions that would have been others."""
    before, after = run.before, run.after
    people = customers({one.customer_id for one in run.changed})
    return {
        "looked_at": f"{run.looked_at:,}",
        "since": run.since,
        "chart": _chart(run.looked_at, before, after),
        "table": [
            {
                "status": outcome_status(name),
                "before": f"{before.get(name, 0):,}",
                "after": f"{after.get(name, 0):,}",
                "change": _change(after.get(name, 0) - before.get(name, 0)),
            }
            for name in OUTCOMES
        ],
        "moved": [
            {"before": outcome_status(old), "after": outcome_status(new), "count": f"{count:,}"}
            for (old, new), count in sorted(run.moved.items(), key=lambda pair: -pair[1])
            if old != new
        ],
        "changed": [
            {
                "href": reverse("desk-risk-decision", args=[one.decision_id]),
                "at": one.at,
                "customer": people[one.customer_id].number if one.customer_id in people else "—",
                "amount": amount_of(one.amount_minor, one.asset),
                "before": outcome_status(one.before),
                "after": outcome_status(one.after),
                "reasons": [reason_words(code) for code in one.reasons],
            }
            for one in run.changed
        ],
        "differences": differences(compared_with, rules),
    }


def _change(more: int) -> str:
    """With its sign, as a book writes it; no sign where nothing changed."""
    return f"{more:+,}".replace("-", "−") if more else "0"


def _chart(looked_at: int, before: dict[str, int], after: dict[str, int]) -> SafeString:
    """A bar for each outcome but the plain allowed ones, which would dwarf them: with the change, and dashed as it is."""
    shown: list[Bar] = []
    for name in ("challenge", "delay", "deny", "freeze"):
        old, new = before.get(name, 0), after.get(name, 0)
        over = f"{new:,}" if old == new else f"{old:,} → {new:,}"
        shown.append(Bar(str(OUTCOMES[name]), [Part(INKS[name], new)], over=over, ghost=float(old)))
    figures = {f"{name}{place}": side.get(name, 0) for name in OUTCOMES for place, side in enumerate((before, after))}
    return bars(shown, width=720, height=260, label=CHART.say(n=looked_at, **figures))
