"""A rule set as data, and what it says of a look.

    {"levels": {"challenge": 50, "deny": 100, "freeze": 115},
     "rules": {"drain": {"on": true, "score": 40, "at_least": "allow", "delay_hours": 24, "percent": 50, …}, …}}

Each rule that holds adds its score; the sum reaches a level. ``at_least`` is what the rule leads to alone, whatever the
sum; no sum leads to a delay. After a fresh proof of the person the rules that a proof answers count nothing (``checks.py``),
and nobody is asked for a second one. A customer who said "it was me" within the last day is asked for proofs, but neither
delayed, denied nor frozen for what a proof answers.

A rule that leads to ``delay`` holds a transfer for its ``delay_hours``; of several the longest counts. When the time is over
(``look.waited``) such a rule has said what it had to say and counts nothing; all others are asked again. At a till nobody waits:
there a delay is a proof, where a proof answers the rule, else a no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from walletdesk.trust.risk.rules.asks import OUTCOMES, Outcome
from walletdesk.trust.risk.rules.checks import CHECKS, Check
from walletdesk.trust.risk.rules.looks import Look

LEVELS: tuple[Outcome, ...] = ("challenge", "deny", "freeze")
MOST_SCORE, MOST_FIGURE = 1_000, 10**12
DELAY_HOURS, MOST_DELAY_HOURS = 24, 72
"""What a rule set that was written before there were delays means; the longest that somebody may be kept waiting."""


class RuleSetBroken(ValueError):
    """The text of a rule set cannot mean anything; ``where`` names the place, such as ``drain.percent``."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    on: bool
    score: int
    at_least: Outcome
    figures: Mapping[str, int]
    delay_hours: int = DELAY_HOURS


@dataclass(frozen=True, slots=True)
class RuleSet:
    version: int
    levels: Mapping[Outcome, int]
    rules: tuple[Rule, ...]
    _asked: Mapping[tuple[bool, bool], tuple[tuple[Rule, Check], ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        on = [(rule, CHECKS[rule.code]) for rule in self.rules if rule.on]
        asked = {
            (by_hand, new_payee): tuple(
                (rule, check)
                for rule, check in on
                if (by_hand or not check.by_hand_only) and (new_payee or not check.new_payee_only)
            )
            for by_hand in (False, True)
            for new_payee in (False, True)
        }
        object.__setattr__(self, "_asked", asked)

    def asked_of(self, look: Look) -> tuple[tuple[Rule, Check], ...]:
        """The rules that are on and could hold for it, each with its question: most payees are known, and most rules are
        about new ones.
        """
        return self._asked[look.by_hand, look.new_payee]


@dataclass(frozen=True, slots=True)
class Judgement:
    """``fired`` are the rules that held, the heaviest first, also those that a proof answered; ``delay_hours`` of a delay."""

    outcome: Outcome
    score: int
    fired: tuple[str, ...] = field(default=())
    delay_hours: int = 0


NOTHING_HELD = Judgement("allow", 0)


def read_rule_set(stored: Mapping[str, Any], version: int = 0) -> RuleSet:
    """The rule set of ``stored``, or ``RuleSetBroken``: every rule and figure is there, whole numbers in their range,
    and the levels rise.
    """
    levels = {name: _whole(stored.get("levels", {}).get(name), f"levels.{name}", MOST_SCORE) for name in LEVELS}
    if not 0 < levels["challenge"] <= levels["deny"] <= levels["freeze"]:
        raise RuleSetBroken("levels")
    given = stored.get("rules", {})
    if set(given) != set(CHECKS):
        raise RuleSetBroken(",".join(sorted(set(given) ^ set(CHECKS))))
    return RuleSet(version, levels, tuple(_rule(code, given[code]) for code in CHECKS))


def _rule(code: str, given: Mapping[str, Any]) -> Rule:
    if given.get("at_least") not in OUTCOMES:
        raise RuleSetBroken(f"{code}.at_least")
    if not isinstance(given.get("on"), bool):
        raise RuleSetBroken(f"{code}.on")
    wanted = CHECKS[code].figures
    if set(given) - {"delay_hours"} != {"on", "score", "at_least", *wanted}:
        raise RuleSetBroken(code)
    figures = {name: _whole(given[name], f"{code}.{name}", MOST_FIGURE) for name in wanted}
    score = _whole(given.get("score"), f"{code}.score", MOST_SCORE)
    hours = _whole(given.get("delay_hours", DELAY_HOURS), f"{code}.delay_hours", MOST_DELAY_HOURS)
    if hours == 0:
        raise RuleSetBroken(f"{code}.delay_hours")
    return Rule(code, given["on"], score, given["at_least"], figures, hours)


def _whole(value: object, where: str, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise RuleSetBroken(where)
    return value


def written(rules: RuleSet) -> dict[str, Any]:
    """The rule set as it is stored; :func:`read_rule_set` takes it back."""
    return {
        "levels": dict(rules.levels),
        "rules": {
            rule.code: {
                "on": rule.on,
                "score": rule.score,
                "at_least": rule.at_least,
                "delay_hours": rule.delay_hours,
                **rule.figures,
            }
            for rule in rules.rules
        },
    }


def judge(look: Look, rules: RuleSet) -> Judgement:
    """What the rule set says of this look."""
    held = _held(look, rules)
    if not held:  # the daily case
        return NOTHING_HELD
    counted = [rule for rule in held if not (look.proved and CHECKS[rule.code].answered_by_proof)]
    score = sum(rule.score for rule in counted)
    outcome = _hardest([*(rule.at_least for rule in counted), _by_score(score, rules.levels)])
    if look.vouched and outcome in ("delay", "deny", "freeze"):
        others = [rule for rule in counted if not CHECKS[rule.code].answered_by_proof]
        alone = _by_score(sum(rule.score for rule in others), rules.levels)
        outcome = _hardest(["challenge", *(rule.at_least for rule in others), alone])
    delaying = [rule for rule in counted if rule.at_least == "delay"]
    if outcome == "delay" and look.kind != "transfer":
        outcome = "challenge" if all(CHECKS[rule.code].answered_by_proof for rule in delaying) else "deny"
    if look.proved and outcome == "challenge":
        outcome = "allow"
    fired = tuple(rule.code for rule in sorted(held, key=lambda rule: (-rule.score, rule.code)))
    hours = max((rule.delay_hours for rule in delaying), default=0) if outcome == "delay" else 0
    return Judgement(outcome, score, fired, hours)


def _held(look: Look, rules: RuleSet) -> list[Rule]:
    """The rules that hold, in their order. What has waited already is not told to wait once more."""
    waited = look.waited
    return [
        rule
        for rule, check in rules.asked_of(look)
        if check.holds(look, rule.figures) and not (waited and rule.at_least == "delay")
    ]


def _by_score(score: int, levels: Mapping[Outcome, int]) -> Outcome:
    return next((name for name in reversed(LEVELS) if score >= levels[name]), "allow")


def _hardest(outcomes: Iterable[Outcome]) -> Outcome:
    return max(outcomes, key=OUTCOMES.index)
