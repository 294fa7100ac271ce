"""A rule set in words: each rule with its figures, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount, AmountTooSmall, read_amount
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.risk.public import CHECKS, LEVELS, RuleSet, written

OUTCOMES: dict[str, Words] = {
    "allow": Words("放行", "Allow"),
    "challenge": Words("再确认", "Ask for a proof"),
    "delay": Words("先等一等", "Delay"),
    "deny": Words("拦下", "Deny"),
    "freeze": Words("冻结", "Freeze"),
}
TONES = {
    "allow": ("go", "done"),
    "challenge": ("wait", "half"),
    "delay": ("wait", "hold"),
    "deny": ("bad", "x"),
    "freeze": ("bad", "hold"),
}
ON, SCORE, AT_LEAST = Words("启用", "On"), Words("分数", "Score"), Words("至少", "At least")
DELAY_HOURS = Words("等几小时", "Hours of delay")
LEVEL = Words("{outcome}，从 {score} 分起", "{outcome} from a score of {score}")
MARKS: dict[str, Words] = {
    "frozen": Words("账户已冻结", "The account was frozen"),
    "weak_recovery": Words("找回账户后的暂缓", "On hold after the way back in"),
    "address_changed": Words("改地址后的暂缓", "On hold after a change of address"),
}


MONEY = KNOWN_ASSETS["CNY"]
"""What sums in rules are in; other assets are judged by count and by person, not by sum."""


def is_sum(name: str) -> bool:
    return name.endswith("_minor")


def sum_of(minor: int) -> Amount:
    return Amount(minor, MONEY)


def read_sum(text: str) -> int | str:
    """Minor units of a sum that somebody typed; what is no sum stays as it was typed."""
    try:
        return read_amount(text.strip(), MONEY).minor
    except AmountTooSmall:
        return 0
    except Refusal:
        return text


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not the same: what it is, and from what to what."""

    words: Words
    value: Words


def reason_words(code: str) -> Words:
    """A rule or a mark, by its code."""
    return CHECKS[code].title if code in CHECKS else MARKS.get(code, Words(code, code))


def figure_words(code: str, name: str) -> Words:
    common = {"on": ON, "score": SCORE, "at_least": AT_LEAST, "delay_hours": DELAY_HOURS}
    return common[name] if name in common else CHECKS[code].figures[name]


def differences(old: RuleSet, new: RuleSet) -> list[Difference]:
    """What would change, in the order of the rules; nothing when both say the same."""
    before, after = written(old), written(new)
    found = [
        _difference(OUTCOMES[name], Words("", ""), before["levels"][name], after["levels"][name])
        for name in LEVELS
        if before["levels"][name] != after["levels"][name]
    ]
    for code in CHECKS:
        found += _of_rule(code, before["rules"][code], after["rules"][code])
    return found


def _of_rule(code: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[Difference]:
    return [
        _difference(CHECKS[code].title, figure_words(code, name), _shown(name, before[name]), _shown(name, after[name]))
        for name in after
        if before[name] != after[name]
    ]


def _shown(name: str, value: object) -> object:
    return sum_of(value) if is_sum(name) and isinstance(value, int) else value


def _difference(title: Words, figure: Words, before: object, after: object) -> Difference:
    words = Words(f"{title.zh} {figure.zh}".strip(), f"{title.en}: {figure.en}".strip(": "))
    old, new = _said(before), _said(after)
    return Difference(words, Words(f"{old.zh} → {new.zh}", f"{old.en} → {new.en}"))


def _said(value: object) -> Words:
    if isinstance(value, bool):
        return Words("是", "yes") if value else Words("否", "no")
    return OUTCOMES[value] if isinstance(value, str) and value in OUTCOMES else Words(f"{value}", f"{value}")
