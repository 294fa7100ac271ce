"""How figures are spoken in Chinese, out of pieces. Pure tables and rules; the pieces' words read on as a sentence.

Zero is spoken once for each run of zeros inside a number and never at the end of a group of four (一千零一, 一千万一千).
二 is 两 where it counts things alone (两位, 两元), before 千, and as a whole group before 万 and 亿; 百 keeps 二百.
"""

from __future__ import annotations

from datetime import date

Pieces = tuple[str, ...]

_FIGURES = "零一二三四五六七八九"
BIGGEST = 10**12  # from here on a figure is read digit by digit
COUNTED_MINUTES, COUNTED_HOURS = 180, 48 * 60  # up to here minutes are told; up to here hours are


def _small(n: int) -> str:
    if n < 10:
        return _FIGURES[n]
    tens, ones = divmod(n, 10)
    return f"{'' if tens == 1 else _FIGURES[tens]}十{_FIGURES[ones] if ones else ''}"


WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"today": "今天", "tomorrow": "明天", "yesterday": "昨天", "earlier": "更早", "later": "过几天"}
DAY_PARTS = {"t.small": "凌晨", "t.am": "上午", "t.noon": "中午", "t.pm": "下午", "t.night": "晚上"}
MONEY = {
    "CNY": ("元", "角", "分"),
    "USD": ("美元", "美分"),
    "EUR": ("欧元", "欧分"),
    "HKD": ("港元", "港分"),
    "JPY": ("日元",),
    "KWD": ("第纳尔", "费尔斯"),
}
FRAGMENTS: dict[str, str] = (
    {f"n.{n}": _small(n) for n in (*range(20), *range(20, 100, 10))}
    | {f"n.y{n}": f"一{_small(n)}" for n in range(10, 20)}
    | {f"n.h{n}": f"{_FIGURES[n]}百" for n in range(1, 10)}
    | {f"n.k{n}": f"{'两' if n == 2 else _FIGURES[n]}千" for n in range(1, 10)}
    | {"n.wan": "万", "n.yi": "亿", "n.liang": "两", "n.minus": "负", "n.point": "点"}
    | {"d.1": "幺", "k.star": "星号键", "k.hash": "井号键"}
    | DAY_PARTS
    | {f"t.h{hour}": f"{'两' if hour == 2 else _small(hour)}点" for hour in range(13)}
    | {"t.sharp": "整", "t.minute": "分", "u.minute": "分钟", "u.hour": "小时", "u.day": "天", "u.less": "不到一分钟"}
    | {"w.date": "日"}
    | {f"w.{day}": words for day, words in _NEAR.items()}
    | {f"w.{day}": f"星期{figure}" for day, figure in zip(WEEK, "一二三四五六日", strict=True)}
    | {f"mo.{month}": f"{_small(month)}月" for month in range(1, 13)}
    | {f"m.{asset}.{place}": word for asset, words in MONEY.items() for place, word in enumerate(words)}
)


def number(n: int) -> Pieces:
    """一万零三百. Beyond :data:`BIGGEST`, and that many below zero, digit by digit."""
    if n < 0:
        return ("n.minus", *number(-n))
    if n >= BIGGEST:
        return tuple(f"n.{figure}" for figure in str(n))
    if n < 100:
        return below_hundred(n)
    yi, wan, low = n // 10**8, n // 10**4 % 10**4, n % 10**4
    spoken: list[str] = []
    for group, unit in ((yi, "n.yi"), (wan, "n.wan"), (low, "")):
        if not group:
            continue
        gap = bool(spoken) and (group < 1000 or (unit == "" and not wan))
        spoken += _group(group, bool(spoken), gap)
        if group == 2 and unit and not gap:
            spoken[-1] = "n.liang"
        spoken += [unit] if unit else []
    return tuple(spoken)


def _group(n: int, follows: bool, gap: bool) -> list[str]:
    """One group of four: 1 … 9999. ``follows``: after a higher group; ``gap``: zeros stand between."""
    thousands, hundreds, rest = n // 1000, n // 100 % 10, n % 100
    spoken = ["n.0"] if gap else []
    spoken += [f"n.k{thousands}"] if thousands else []
    spoken += [f"n.h{hundreds}"] if hundreds else []
    if rest:
        if (thousands and not hundreds) or (hundreds and rest < 10):
            spoken.append("n.0")
        inside = rest in range(10, 20) and (spoken or follows)
        spoken += [f"n.y{rest}"] if inside else below_hundred(rest)
    return spoken


def below_hundred(n: int) -> Pieces:
    """0 … 99 out of 28 pieces: figures, 十一 … 十九 and the tens."""
    return (f"n.{n}",) if n < 20 or n % 10 == 0 else (f"n.{n - n % 10}", f"n.{n % 10}")


def count(n: int) -> Pieces:
    """Before a measure word: 两位, 十二位."""
    return ("n.liang",) if n == 2 else number(n)


def digits(text: str) -> Pieces:
    """One by one, 一 as 幺, letters by their names; dashes and blanks are not spoken."""
    return tuple("d.1" if sign == "1" else sign_piece(sign) for sign in text if sign not in "- ")


def key(text: str) -> Pieces:
    """Keys of the telephone: 一, 星号键."""
    return tuple(sign_piece(sign) for sign in text)


def sign_piece(sign: str) -> str:
    """The piece of one figure, letter or key. Refuses any other sign (``ValueError``)."""
    if sign in "*#":
        return "k.star" if sign == "*" else "k.hash"
    if sign.isascii() and sign.isalnum():
        return f"n.{sign}" if sign.isdigit() else f"l.{sign.lower()}"
    raise ValueError(f"nobody can speak {sign!r}")


def time(hour: int, minute: int) -> Pieces:
    """下午两点零五分; the full hour is 整."""
    part = next(part for part, until in _UNTIL if hour < until)
    spoken = ("t." + part, f"t.h{hour if hour <= 12 else hour - 12}")
    if not minute:
        return (*spoken, "t.sharp")
    return (*spoken, *(("n.0",) if minute < 10 else ()), *below_hundred(minute), "t.minute")


_UNTIL = (("small", 6), ("am", 12), ("noon", 13), ("pm", 18), ("night", 24))


def minutes(n: int) -> Pieces:
    """七分钟; from an hour on 一小时五分钟; above three hours whole hours; above two days whole days."""
    if n < 1:
        return ("u.less",)
    if n < 60:
        return (*count(n), "u.minute")
    if n >= COUNTED_HOURS:
        return (*count(n // (24 * 60)), "u.day")
    hours, rest = divmod(n, 60)
    spoken = (*count(hours), "u.hour")
    return (*spoken, *count(rest), "u.minute") if rest and n <= COUNTED_MINUTES else spoken


def calendar_day(day: date) -> Pieces:
    """十一月二十三日星期一."""
    return (f"mo.{day.month}", *below_hundred(day.day), "w.date", f"w.{WEEK[day.weekday()]}")


def money(minor: int, asset: str, places: int) -> Pieces:
    """三十五元六角; 一千元零五分; other currencies: 十二美元五十美分."""
    if minor < 0:
        return ("n.minus", *money(-minor, asset, places))
    whole, rest = divmod(minor, 10**places)
    spoken = (*count(whole), f"m.{asset}.0") if whole or not rest else ()
    if not rest:
        return spoken
    if asset != "CNY":
        return (*spoken, *count(rest), f"m.{asset}.1")
    jiao, fen = divmod(rest, 10)
    if jiao:
        spoken += (*count(jiao), "m.CNY.1")
    if fen:
        spoken += (*(("n.0",) if whole and not jiao else ()), *count(fen), "m.CNY.2")
    return spoken
