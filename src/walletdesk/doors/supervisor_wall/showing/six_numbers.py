"""The six numbers: each with its unit, and a word that says whether it is good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import caches

from walletdesk.doors._shared.reader_time import local, moment_words
from walletdesk.doors.supervisor_wall.showing.words_of_figures import NOTHING, clock, per_cent
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import trial_balance
from walletdesk.service.cases.public import promises_counted
from walletdesk.service.hotline.public import line, promise_count
from walletdesk.service.workforce.public import Counts, hours_counted, minutes_said, promises_kept, service_goal

BOOKS_KEY, BOOKS_SECONDS = "wall.books", 30
BUSY_SECONDS = 120
MANY_ABANDON = 0.05
GO, WAIT, BAD, PLAIN = ("go", "done"), ("wait", "half"), ("bad", "tri"), ("", "ring")

QUEUE = Words("电话排队", "In the queue")
PEOPLE = Words("人", "")
NO_QUEUE = Words("没有人在等", "Nobody waits")
CALM = Words("不挤", "Calm")
ABOUT = Words("预计等 {n} 分钟", "About {n} min to wait")
NOBODY_SERVES = Words("没有人接", "Nobody answers")
LONGEST = Words("最长等候", "Longest wait")
PROMISED = Words("最早承诺 {at}", "First promise {at}")
NO_PROMISE = Words("没有到期的承诺", "No promise due")
LEVEL = Words("{n} 秒内接起", "Answered in {n} s")
GOAL = Words("目标 {n}%", "Goal {n}%")
NO_CALLS = Words("今天还没有来电", "No calls yet today")
GIVEN_UP = Words("放弃", "Given up")
TODAY = Words("今日 {n} 人", "{n} today")
KEPT = Words("承诺兑现", "Promises kept")
ALL_KEPT = Words("30 天内全部兑现", "All kept in 30 days")
BROKEN_OF = Words("没做到：电话 {calls}，案件 {cases}", "Broken: calls {calls}, cases {cases}")
NONE_MADE = Words("30 天内没有承诺", "None made in 30 days")
ALL_RUN = Words("{n} 件还没到期", "{n} not due yet")
BOOKS = Words("账差", "Books off by")
EVEN = Words("{at} 已核平", "Even at {at}")
UNEVEN = Words("{at} 不平", "Not even at {at}")


@dataclass(frozen=True, slots=True)
class Number:
    """``figure`` is what is read from five metres; ``long`` when it needs a smaller size to stay whole."""

    name: str
    figure: str
    unit: str
    says: str
    tone: str
    shape: str

    @property
    def long(self) -> bool:
        return len(self.figure) + len(self.unit) > 5


def six_numbers() -> list[Number]:
    """Queue, longest wait, service level, abandonment, promises, books."""
    moment = now()
    today = today_counted(moment)
    return [*_line_numbers(moment), _level(today), _abandonment(today), _promises(moment), _books(moment)]


def today_counted(moment: datetime) -> Counts:
    """All calls since midnight, as far as they are counted."""
    midnight = local(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    total = Counts()
    for one in hours_counted(midnight, moment + timedelta(seconds=1)):
        total += one.counts
    return total


def _number(name: Words, figure: str, unit: str, says: str, tone: tuple[str, str], **fields: object) -> Number:
    return Number(name.say(**fields) if fields else str(name), figure, unit, says, *tone)


def _line_numbers(moment: datetime) -> list[Number]:
    places = [one for one in line() if one.joined_at <= moment]
    there = [one for one in places if one.state != "call_back"]
    if not places:
        says, tone = str(NO_QUEUE), GO
    else:
        last = places[-1].expected_seconds
        calm = last is not None and last < BUSY_SECONDS
        says = str(NOBODY_SERVES) if last is None else str(CALM) if calm else ABOUT.say(n=minutes_said(last))
        tone = BAD if last is None else GO if calm else WAIT
    longest = max(((moment - one.joined_at).total_seconds() for one in there), default=None)
    due = min((one.due_at for one in places if one.due_at), default=None)
    return [
        _number(QUEUE, str(len(places)), str(PEOPLE), says, tone),
        _number(
            LONGEST, clock(longest or 0), "", PROMISED.say(at=moment_words(due, "clock")) if due else str(NO_PROMISE),
            PLAIN if due is None else BAD if due < moment else WAIT if due < moment + timedelta(minutes=2) else GO,
        ),
    ]  # fmt: skip


def _level(today: Counts) -> Number:
    goal = service_goal()
    level = today.level(goal.method)
    says = str(NO_CALLS) if level is None else GOAL.say(n=per_cent(goal.target_level))
    tone = PLAIN if level is None else GO if level >= goal.target_level else WAIT
    return _number(LEVEL, per_cent(level), "%" if level is not None else "", says, tone, n=goal.target_seconds)


def _abandonment(today: Counts) -> Number:
    share = today.abandonment
    says = str(NO_CALLS) if share is None else TODAY.say(n=today.abandoned)
    tone = PLAIN if share is None else GO if share <= MANY_ABANDON else WAIT
    return _number(GIVEN_UP, per_cent(share, 1), "%" if share is not None else "", says, tone)


def _promises(moment: datetime) -> Number:
    """The hotline's and the cases' together, of thirty days: what was promised does not ask through which door."""
    since = moment - timedelta(days=30)
    calls, cases = promise_count(since, moment), promises_counted(since, moment)
    broken, running = calls.broken + cases.broken, calls.running + cases.running
    share = promises_kept(calls.kept + cases.kept, broken)
    if share is None:
        return _number(KEPT, NOTHING, "", ALL_RUN.say(n=running) if running else str(NONE_MADE), PLAIN)
    figure = per_cent(share, 1) if broken else "100"
    says = BROKEN_OF.say(calls=calls.broken, cases=cases.broken) if broken else str(ALL_KEPT)
    return _number(KEPT, figure, "%", says, WAIT if broken else GO)


def _books(moment: datetime) -> Number:
    kept = caches["process"].get(BOOKS_KEY)
    if kept is None:
        rows = trial_balance("CNY")
        kept = (sum(row.debit_minor - row.credit_minor for row in rows), moment)
        caches["process"].set(BOOKS_KEY, kept, BOOKS_SECONDS)
    off, at = kept
    amount = Amount(abs(off), CNY)
    says = (UNEVEN if off else EVEN).say(at=moment_words(at, "clock"))
    return _number(BOOKS, f"{amount.whole}{amount.decimals}", "", says, BAD if off else GO)
