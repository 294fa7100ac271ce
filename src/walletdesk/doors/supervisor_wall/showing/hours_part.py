"""Today's calls by the hour, with what was forecast; the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString

from walletdesk.doors._shared.bar_chart import Bar, Part, bars
from walletdesk.doors._shared.reader_time import local
from walletdesk.doors.supervisor_wall.showing.words_of_figures import per_cent
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.public import METHOD_WORDS, Counts, forecast, hours_counted, open_hours, service_goal

CHART = Words(
    "今天每小时的来电：到现在 {calls} 通，{good} 通在 {target} 秒内接起",
    "Calls by the hour today: {calls} so far, {good} answered in {target} s",
)


@dataclass(frozen=True, slots=True)
class HourLine:
    hour: str
    offered: int
    in_time: int
    level: str
    expected: str


@dataclass(frozen=True, slots=True)
class HoursPart:
    chart: SafeString
    lines: list[HourLine]
    target: int
    method: str
    simulated: bool


def hours_part() -> HoursPart:
    """Midnight to midnight, in the reader's zone; the forecast stands behind each hour that is open."""
    moment, goal = now(), service_goal()
    midnight = local(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    counted = hours_counted(midnight, midnight + timedelta(days=1))
    by_hour = {local(one.hour).hour: one.counts for one in counted}
    week, attended, first = forecast(), open_hours(), midnight.weekday() * 24
    expected = {hour: week[first + hour].calls for hour in range(24) if attended[first + hour]}
    shown, lines, total = [], [], Counts()
    for hour in sorted(set(by_hour) | set(expected)):
        counts = by_hour.get(hour, Counts())
        level = counts.level(goal.method)
        total += counts
        shown.append(
            Bar(
                str(hour),
                [Part("go", counts.answered_in_time), Part("wait", counts.offered - counts.answered_in_time)],
                over=per_cent(level) if level is not None and hour < local(moment).hour else "",
                ghost=expected.get(hour) if hour >= local(moment).hour else None,
                strong=hour == local(moment).hour,
            )
        )
        lines.append(
            HourLine(
                f"{hour}:00", counts.offered, counts.answered_in_time, per_cent(level),
                f"{expected[hour]:.0f}" if hour in expected else "—",
            )
        )  # fmt: skip
    label = CHART.say(calls=total.offered, good=total.answered_in_time, target=goal.target_seconds)
    return HoursPart(
        chart=bars(shown, width=900, height=372, label=label),
        lines=lines,
        target=goal.target_seconds,
        method=METHOD_WORDS[goal.method].say(target=goal.target_seconds, early=goal.early_seconds),
        simulated=any(one.simulated for one in counted),
    )
