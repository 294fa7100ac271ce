"""How figures are spoken in English, out of pieces. Pure tables and rules; the pieces' words read on as a sentence.

British use: one thousand two hundred and thirty-four; two o'clock in the afternoon; Monday the twenty-third of November.
"""

from __future__ import annotations

from datetime import date

from walletdesk.service.hotline.prompts.rules.chinese import (
    BIGGEST,
    COUNTED_HOURS,
    COUNTED_MINUTES,
    WEEK,
    below_hundred,
    sign_piece,
)

Pieces = tuple[str, ...]

_ONES = (  # noqa: SIM905
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_FIRST = (  # noqa: SIM905
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_NEAR = {"today": "today", "tomorrow": "tomorrow", "yesterday": "yesterday", "earlier": "earlier", "later": "later on"}
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_SCALE = ((10**9, "n.billion"), (10**6, "n.million"), (10**3, "n.thousand"))


def _small(n: int) -> str:
    return _ONES[n] if n < 20 else _TENS[n // 10 - 2]


def _ordinal(n: int) -> str:
    if n <= 20:
        return _FIRST[n - 1]
    return "thirtieth" if n == 30 else f"{_TENS[n // 10 - 2]}-{_FIRST[n % 10 - 1]}"


# The unit of one, and of any other count.
MONEY = {
    "CNY": (("yuan", "yuan"), ("fen", "fen")),
    "USD": (("dollar", "dollars"), ("cent", "cents")),
    "EUR": (("euro", "euros"), ("cent", "cents")),
    "HKD": (("Hong Kong dollar", "Hong Kong dollars"), ("cent", "cents")),
    "JPY": (("yen", "yen"),),
    "KWD": (("dinar", "dinars"), ("fils", "fils")),
}
FRAGMENTS: dict[str, str] = (
    {f"n.{n}": _small(n) for n in (*range(20), *range(20, 100, 10))}
    | {f"n.{word}": word for word in ("hundred", "thousand", "million", "billion", "and", "minus", "point")}
    | {"k.star": "star", "k.hash": "hash"}
    | {"t.oh": "oh", "t.oclock": "o'clock", "t.noon": "noon", "t.midnight": "midnight"}
    | {"t.am": "in the morning", "t.pm": "in the afternoon", "t.evening": "in the evening", "t.night": "at night"}
    | {"u.minute": "minute", "u.minutes": "minutes", "u.hour": "hour", "u.hours": "hours"}
    | {"u.day": "day", "u.days": "days", "u.less": "less than a minute"}
    | {f"w.{day}": words for day, words in _NEAR.items()}
    | {f"w.{day}": f"on {day.title()}" for day in WEEK}
    | {f"od.{day}": f"the {_ordinal(day)} of" for day in range(1, 32)}
    | {f"mo.{month}": _MONTHS[month - 1] for month in range(1, 13)}
    | {
        f"m.{asset}.{place}{plural}": words[bool(plural)]
        for asset, units in MONEY.items()
        for place, words in enumerate(units)
        for plural in ("", "s")
    }
)


def number(n: int) -> Pieces:
    """one thousand and five. Beyond :data:`BIGGEST`, and that many below zero, digit by digit."""
    if n < 0:
        return ("n.minus", *number(-n))
    if n >= BIGGEST:
        return tuple(f"n.{figure}" for figure in str(n))
    if n < 100:
        return below_hundred(n)
    spoken: list[str] = []
    for size, unit in _SCALE:
        group, n = divmod(n, size)
        if group:
            spoken += [*_below_thousand(group), unit]
    if n:
        spoken += ["n.and"] if spoken and n < 100 else []
        spoken += _below_thousand(n)
    return tuple(spoken)


def _below_thousand(n: int) -> list[str]:
    hundreds, rest = divmod(n, 100)
    spoken = [f"n.{hundreds}", "n.hundred"] if hundreds else []
    if rest:
        spoken += [*(["n.and"] if hundreds else []), *below_hundred(rest)]
    return spoken


def count(n: int) -> Pieces:
    """How many: in English the bare number."""
    return number(n)


def digits(text: str) -> Pieces:
    """One by one, letters by their names; dashes and blanks are not spoken."""
    return tuple(sign_piece(sign) for sign in text if sign not in "- ")


def key(text: str) -> Pieces:
    """Keys of the telephone: one, star."""
    return tuple(sign_piece(sign) for sign in text)


def time(hour: int, minute: int) -> Pieces:
    """two thirty-two in the afternoon; nine oh five in the morning; two o'clock in the afternoon; noon."""
    if not minute and hour in (0, 12):
        return ("t.noon",) if hour else ("t.midnight",)
    part = next(part for part, until in _UNTIL if hour < until)
    spoken = (f"n.{hour % 12 or 12}",)
    if not minute:
        return (*spoken, "t.oclock", part)
    return (*spoken, *(("t.oh",) if minute < 10 else ()), *below_hundred(minute), part)


_UNTIL = (("t.night", 5), ("t.am", 12), ("t.pm", 18), ("t.evening", 24))


def minutes(n: int) -> Pieces:
    """seven minutes; from an hour on with its minutes; above three hours whole hours; above two days whole days."""
    if n < 1:
        return ("u.less",)
    if n < 60:
        return _counted(n, "u.minute")
    if n >= COUNTED_HOURS:
        return _counted(n // (24 * 60), "u.day")
    hours, rest = divmod(n, 60)
    spoken = _counted(hours, "u.hour")
    return (*spoken, *_counted(rest, "u.minute")) if rest and n <= COUNTED_MINUTES else spoken


def _counted(n: int, unit: str) -> Pieces:
    return (*number(n), unit if n == 1 else f"{unit}s")


def calendar_day(day: date) -> Pieces:
    """on Monday the twenty-third of November."""
    return (f"w.{WEEK[day.weekday()]}", f"od.{day.day}", f"mo.{day.month}")


def money(minor: int, asset: str, places: int) -> Pieces:
    """thirty-five yuan and sixty fen; one dollar and one cent."""
    if minor < 0:
        return ("n.minus", *money(-minor, asset, places))
    whole, rest = divmod(minor, 10**places)
    spoken = _counted(whole, f"m.{asset}.0") if whole or not rest else ()
    if not rest:
        return spoken
    return (*spoken, *(("n.and",) if spoken else ()), *_counted(rest, f"m.{asset}.1"))
