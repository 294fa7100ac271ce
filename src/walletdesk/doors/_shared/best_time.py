"""The picture "best time to call": what any door draws of it. The rooms know the week; this makes rows, words and bars.

Works without a script: the day is chosen by links.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from walletdesk.doors._shared.bar_chart import Bar, Part, bars
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.public import CONFIDENCE_WORDS, HourToCall, minutes_said, times_to_call

DAYS = (
    Words("周一", "Monday"),
    Words("周二", "Tuesday"),
    Words("周三", "Wednesday"),
    Words("周四", "Thursday"),
    Words("周五", "Friday"),
    Words("周六", "Saturday"),
    Words("周日", "Sunday"),
)
SHORT_DAYS = (
    Words("一", "Mon"),
    Words("二", "Tue"),
    Words("三", "Wed"),
    Words("四", "Thu"),
    Words("五", "Fri"),
    Words("六", "Sat"),
    Words("日", "Sun"),
)
KIND_WORDS = {"quiet": Words("不用等", "Short wait"), "between": Words("一般", "Usual"), "peak": Words("人多", "Busy")}
KIND_TONES = {"quiet": ("go", "done"), "between": ("", "ring"), "peak": ("wait", "half")}
INKS = {"quiet": "go", "between": "", "peak": "wait"}
AT_ONCE = Words("几乎马上", "almost at once")
MINUTES = Words("约 {n} 分钟", "about {n} min")
TODAY, TOMORROW = Words("今天", "Today"), Words("明天", "Tomorrow")
BEST = Words("{day} {hour}:00 打最快，{wait}有人接", "{day} at {hour}:00 is quickest: answered {wait}")
NOW_GOOD = Words("现在打就行，{wait}有人接", "Now is a good time: answered {wait}")
SENTENCE = Words("{day}各时段等候：{peaks}人多，{quiet}最快", "Waits on {day}: busy {peaks}; quickest {quiet}")
NO_PEAK = Words("没有特别忙的时段", "no busy hours")
ALMOST = 30.0


@dataclass(frozen=True, slots=True)
class HourRow:
    """One open hour of the chosen day."""

    hour: str
    wait: str
    words: Words
    tone: str
    shape: str
    current: bool


@dataclass(frozen=True, slots=True)
class BestTime:
    headline: str
    good_now: bool
    days: list[tuple[int, Words, Words, bool]]
    day: Words
    rows: list[HourRow]
    chart: SafeString
    confidence: Words


def wait_words(seconds: float) -> str:
    """Whole minutes, or that there is nearly none."""
    return str(AT_ONCE) if seconds < ALMOST else MINUTES.say(n=minutes_said(seconds))


def best_time(request: HttpRequest) -> BestTime:
    """The picture for the day that ``?day=`` names (0 Monday … 6 Sunday), today unless it does."""
    times = times_to_call()
    today = times.now_hour // 24
    asked = request.GET.get("day", "")
    day = int(asked) if asked in {"0", "1", "2", "3", "4", "5", "6"} else today
    hours = [one for one in times.hours if one.hour // 24 == day]
    current = next((one for one in times.hours if one.hour == times.now_hour), None)
    return BestTime(
        headline=_headline(current, times.best, today),
        good_now=current is not None and current.kind == "quiet",
        days=[(number, words, SHORT_DAYS[number], number == day) for number, words in enumerate(DAYS)],
        day=DAYS[day],
        rows=[_row(one, times.now_hour) for one in hours],
        chart=_chart(hours, day, times.now_hour),
        confidence=CONFIDENCE_WORDS[times.confidence],
    )


def _headline(current: HourToCall | None, best: HourToCall | None, today: int) -> str:
    if current is not None and current.kind == "quiet":
        return NOW_GOOD.say(wait=wait_words(current.wait))
    if best is None:
        return ""
    day = TODAY if best.hour // 24 == today else TOMORROW
    return BEST.say(day=day, hour=best.hour % 24, wait=wait_words(best.wait))


def _row(one: HourToCall, now_hour: int) -> HourRow:
    tone, shape = KIND_TONES[one.kind]
    start = one.hour % 24
    return HourRow(
        f"{start}:00–{start + 1}:00", wait_words(one.wait), KIND_WORDS[one.kind], tone, shape, one.hour == now_hour
    )


def _chart(hours: list[HourToCall], day: int, now_hour: int) -> SafeString:
    shown = [
        Bar(
            str(one.hour % 24),
            [Part(INKS[one.kind], max(one.wait / 60, 0.04))],
            strong=one.hour == now_hour,
            named=(one.hour % 24) % 3 == 0,
        )
        for one in hours
    ]
    return bars(shown, width=340, height=210, label=_sentence(hours, day), whole=False)


def _sentence(hours: list[HourToCall], day: int) -> str:
    quiet = min(hours, key=lambda one: one.wait, default=None)
    return SENTENCE.say(
        day=DAYS[day],
        peaks=_stretches([one.hour % 24 for one in hours if one.kind == "peak"]) or NO_PEAK,
        quiet=f"{quiet.hour % 24}:00" if quiet else "—",
    )


def _stretches(hours: list[int]) -> str:
    """``9:00–12:00, 14:00–15:00`` from the hours that follow one another."""
    found: list[list[int]] = []
    for hour in hours:
        if found and found[-1][1] == hour:
            found[-1][1] = hour + 1
        else:
            found.append([hour, hour + 1])
    return ", ".join(f"{start}:00–{end}:00" for start, end in found)
