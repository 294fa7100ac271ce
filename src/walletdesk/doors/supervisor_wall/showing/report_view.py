"""The report as a page reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.safestring import SafeString

from walletdesk.doors._shared.bar_chart import Bar, Part, bars
from walletdesk.doors._shared.reader_time import day_words, local
from walletdesk.doors.supervisor_wall.showing.queue_names import queue_words
from walletdesk.doors.supervisor_wall.showing.words_of_figures import clock, per_cent
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.public import METHOD_NAMES, METHOD_WORDS, METHODS, Counts, Report, ServiceGoal

SPANS = {1: Words("一天", "One day"), 7: Words("七天", "Seven days"), 28: Words("四周", "Four weeks")}
CHART = Words("{span}：来电 {calls}，{target} 秒内接起 {good}", "{span}: {calls} calls, {good} answered in {target} s")


@dataclass(frozen=True, slots=True)
class Row:
    """One hour or one day."""

    name: str
    counts: Counts
    level: str
    abandoned: str
    wait: str
    longest: str
    handling: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    words: Words | str
    on: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    until: str
    before: str
    after: str
    span: str
    method: str
    method_words: str
    spans: list[Choice]
    methods: list[Choice]
    queues: list[Choice]
    levels: list[tuple[Words, str, str]]
    rows: list[Row]
    total: Row
    target: int
    early: int
    goal: str
    mixed: bool
    simulated: bool
    chart: SafeString


def page(report: Report, last: date, days: int, goal: ServiceGoal, queues: list[str]) -> ReportPage:
    """``last`` is the last day of the report, ``days`` how many it has."""

    def row(name: str, counts: Counts) -> Row:
        return _row(name, counts, counts.level(report.method), goal.target_level)

    groups = _groups(report, days)
    seconds = {"target": report.target_seconds, "early": report.early_seconds}
    return ReportPage(
        until=last.isoformat(),
        before=(last - timedelta(days=days)).isoformat(),
        after=(last + timedelta(days=days)).isoformat(),
        span=day_words(last) if days == 1 else f"{day_words(last - timedelta(days=days - 1))} – {day_words(last)}",
        method=report.method,
        method_words=METHOD_WORDS[report.method].say(**seconds),
        spans=[Choice(str(key), words, key == days) for key, words in SPANS.items()],
        methods=[Choice(key, METHOD_NAMES[key], key == report.method) for key in METHODS],
        queues=[
            Choice("", Words("全部队列", "All queues"), not report.queue),
            *(Choice(one, queue_words(one), one == report.queue) for one in queues),
        ],
        levels=[
            (METHOD_NAMES[key], per_cent(report.total.level(key), 1), METHOD_WORDS[key].say(**seconds))
            for key in METHODS
        ],
        rows=[row(name, counts) for name, counts in groups],
        total=row("", report.total),
        target=report.target_seconds,
        early=report.early_seconds,
        goal=per_cent(goal.target_level),
        mixed=report.mixed,
        simulated=report.simulated,
        chart=_chart(report, groups, days),
    )


def _row(name: str, counts: Counts, level: float | None, goal: float) -> Row:
    return Row(
        name, counts, per_cent(level), per_cent(counts.abandonment, 1), clock(counts.mean_wait), clock(counts.longest),
        clock(counts.mean_handling), None if level is None else level >= goal,
    )  # fmt: skip


def _groups(report: Report, days: int) -> list[tuple[str, Counts]]:
    """By the hour for one day, else by the day; only where there were calls."""

    def by_hour(moment: datetime) -> str:
        return f"{local(moment).hour}"

    def by_day(moment: datetime) -> str:
        return f"{local(moment):%m-%d}"

    name: Callable[[datetime], str] = by_hour if days == 1 else by_day
    summed: dict[str, Counts] = {}
    for one in report.hours:
        summed[name(one.hour)] = summed.get(name(one.hour), Counts()) + one.counts
    return list(summed.items())


def _chart(report: Report, groups: list[tuple[str, Counts]], days: int) -> SafeString:
    shown = [
        Bar(
            name,
            [Part("go", one.answered_in_time), Part("wait", one.offered - one.answered_in_time)],
            over=f"{per_cent(level)}%" if (level := one.level(report.method)) is not None and len(groups) < 26 else "",
            named=len(groups) < 15 or place % 2 == 0,
        )
        for place, (name, one) in enumerate(groups)
    ]
    label = CHART.say(
        span=SPANS[days], calls=report.total.offered, target=report.target_seconds, good=report.total.answered_in_time
    )
    return bars(shown, width=860, height=300, label=label)
