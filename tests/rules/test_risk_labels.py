"""The first rules on a small labelled town: what docs/internals/risk.md claims of a large one."""

from __future__ import annotations

from bench.risk_labels import FIRST_RULES, play
from bench.risk_town import build

from walletdesk.trust.risk.rules.rule_set import read_rule_set


def test_thefts_are_caught_and_life_goes_on() -> None:
    score = play(build(seed=4711, people=140, days=55, thefts_a_kind=20), read_rule_set(FIRST_RULES, 1))
    assert score.recall("take_over") >= 0.9
    assert score.recall("drain") >= 0.9
    assert score.false_alarms <= 0.005


def test_a_seed_is_the_same_town() -> None:
    assert (
        build(3, people=60, days=4, learned_days=1, thefts_a_kind=1).wishes
        == build(3, people=60, days=4, learned_days=1, thefts_a_kind=1).wishes
    )
