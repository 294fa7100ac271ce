"""Reading spoken numbers back, by other means than they were made: for round trips."""

from __future__ import annotations

FIGURES = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {"两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}
ONES = """
    zero one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = dict(zip(ONES.split(), range(20), strict=True)) | dict(zip(TENS.split(), range(10, 100, 10), strict=True))
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def chinese_value(words: str) -> int:
    """二十一万零三百 as a listener understands it."""
    total = group = figure = 0
    for sign in words.removeprefix("负"):
        if sign in FIGURES:
            figure = FIGURES[sign]
        elif sign in UNITS:
            group += (figure or 1) * UNITS[sign]
            figure = 0
        else:
            total += (group + figure) * GROUPS[sign]
            group = figure = 0
    value = total + group + figure
    return -value if words.startswith("负") else value


def english_value(words: str) -> int:
    """two thousand and five as a listener understands it."""
    total = group = 0
    minus = words.startswith("minus ")
    for word in words.removeprefix("minus ").replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in SCALES:
            total += group * SCALES[word]
            group = 0
        elif word != "and":
            group += WORDS[word]
    value = total + group
    return -value if minus else value
