"""The rules of risk as a table that a risk officer can read, and the laws that hold for every rule set."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from bench.risk_labels import FIRST_RULES
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from walletdesk.trust.risk.rules.asks import OUTCOMES
from walletdesk.trust.risk.rules.checks import CHECKS
from walletdesk.trust.risk.rules.looks import Look
from walletdesk.trust.risk.rules.marks import stopped_by
from walletdesk.trust.risk.rules.rule_set import RuleSet, RuleSetBroken, judge, read_rule_set, written

FIRST: dict[str, Any] = FIRST_RULES
RULES = read_rule_set(FIRST, 1)
LUNCH = Look(
    amount_minor=38_00, asset="CNY", kind="payment", by_hand=True, proved=False, new_device=False, on_call=False,
    night=False, new_payee=False, vouched=False, available_minor=3_000_00, out_10m=0, out_24h_minor=0, new_payees_24h=0,
    out_30d=20, largest_30d_minor=300_00, at_night_30d=0, stopped_1h=0, in_24h_minor=0, payers_24h=0, collecting=0,
    reported=False, fake=False, waited=False,
)  # fmt: skip


def a_look(**what: Any) -> Look:
    return replace(LUNCH, **what)


def yuan(figure: int) -> int:
    return figure * 100


TABLE: dict[str, tuple[dict[str, Any], str]] = {
    "lunch": ({}, "allow"),
    "rent to the landlord": ({"amount_minor": yuan(2_000)}, "allow"),
    "a first visit to a shop": ({"new_payee": True, "amount_minor": yuan(250)}, "allow"),
    "a new telephone, a small sum": ({"new_device": True, "amount_minor": yuan(900)}, "allow"),
    "a new telephone, above a thousand": ({"new_device": True, "amount_minor": yuan(1_001)}, "challenge"),
    "the same, just proved": ({"new_device": True, "amount_minor": yuan(1_001), "proved": True}, "allow"),
    "most of the money to a new payee": ({"new_payee": True, "amount_minor": yuan(2_900)}, "challenge"),
    "an odd sign-in and a drain": (
        {"new_device": True, "new_payee": True, "amount_minor": yuan(2_900)},
        "freeze",
    ),
    "the owner's own drain, proved": (
        {"new_device": True, "new_payee": True, "amount_minor": yuan(2_900), "proved": True},
        "allow",
    ),
    "it was me, a minute later": (
        {"new_device": True, "new_payee": True, "amount_minor": yuan(2_900), "vouched": True},
        "challenge",
    ),
    "the twelfth payment in ten minutes": ({"out_10m": 11}, "challenge"),
    "money of five people leaves at once": (
        {"in_24h_minor": yuan(5_000), "payers_24h": 5, "amount_minor": yuan(2_900), "available_minor": yuan(9_000),
         "out_24h_minor": yuan(1_000), "new_payee": True},
        "challenge",
    ),
    "a stranger on the line": ({"on_call": True, "new_payee": True, "amount_minor": yuan(600)}, "deny"),
    "a stranger on the line, proved": (
        {"on_call": True, "new_payee": True, "amount_minor": yuan(600), "proved": True},
        "deny",
    ),
    "a friend on the line": ({"on_call": True, "amount_minor": yuan(600)}, "allow"),
    "whom many strangers paid today": ({"collecting": 6, "new_payee": True, "amount_minor": yuan(600)}, "deny"),
    "somebody under report": ({"reported": True}, "deny"),
    "a known fake, by the worker": ({"fake": True, "by_hand": False}, "deny"),
    "a known fake, though vouched": ({"fake": True, "vouched": True}, "deny"),
    "what no hand sends": (
        {"by_hand": False, "new_payee": True, "amount_minor": yuan(2_900), "out_10m": 99, "new_device": True},
        "allow",
    ),
    "points of another asset": ({"asset": "BREAD", "amount_minor": yuan(2_900), "new_payee": True}, "allow"),
}  # fmt: skip


@pytest.mark.parametrize("story", TABLE)
def test_the_first_rules(story: str) -> None:
    what, outcome = TABLE[story]
    assert judge(a_look(**what), RULES).outcome == outcome, judge(a_look(**what), RULES)


def test_the_heaviest_reason_stands_first() -> None:
    fired = judge(a_look(new_device=True, new_payee=True, amount_minor=yuan(2_900)), RULES).fired
    assert fired[:2] == ("new_device", "drain")
    assert set(fired) == {"new_device", "drain", "new_payee", "unusual_amount"}


def test_every_rule_has_words_for_desk_and_customer() -> None:
    for check in CHECKS.values():
        assert check.title.zh and check.title.en and check.said.zh and check.said.en
        assert all(words.zh and words.en for words in check.figures.values())


looks = st.builds(
    Look,
    amount_minor=st.integers(1, 10**7),
    asset=st.sampled_from(["CNY", "BREAD"]),
    kind=st.sampled_from(["payment", "transfer"]),
    available_minor=st.none() | st.integers(0, 10**7),
    **{name: st.booleans() for name in ("by_hand", "proved", "new_device", "on_call", "night", "new_payee", "vouched",
                                        "reported", "fake", "waited")},
    **{name: st.integers(0, 10**7) for name in ("out_24h_minor", "largest_30d_minor", "in_24h_minor")},
    **{name: st.integers(0, 60) for name in ("out_10m", "new_payees_24h", "out_30d", "at_night_30d", "stopped_1h",
                                             "payers_24h", "collecting")},
)  # fmt: skip


@given(looks)
def test_who_is_about_new_payees_alone_never_holds_for_a_known_one(look: Look) -> None:
    known = replace(look, new_payee=False)
    held = {code for code, check in CHECKS.items() if check.holds(known, {**FIRST["rules"][code]})}
    assert not {code for code in held if CHECKS[code].new_payee_only}


@given(looks)
def test_a_proof_never_makes_it_worse(look: Look) -> None:
    without, with_one = (judge(replace(look, proved=proved), RULES).outcome for proved in (False, True))
    assert OUTCOMES.index(with_one) <= OUTCOMES.index(without)


@given(looks)
def test_nobody_is_asked_for_a_proof_twice(look: Look) -> None:
    assert judge(replace(look, proved=True), RULES).outcome != "challenge"


@given(looks)
def test_nothing_on_means_nothing_stopped(look: Look) -> None:
    off = {code: {**rule, "on": False} for code, rule in FIRST["rules"].items()}
    assert judge(look, read_rule_set({**FIRST, "rules": off})).outcome == "allow"


@given(looks)
def test_one_rule_less_never_makes_it_worse(look: Look) -> None:
    whole = OUTCOMES.index(judge(look, RULES).outcome)
    for code in CHECKS:
        less = {**FIRST["rules"], code: {**FIRST["rules"][code], "on": False}}
        assert OUTCOMES.index(judge(look, read_rule_set({**FIRST, "rules": less})).outcome) <= whole


@given(looks)
def test_a_stored_look_reads_back(look: Look) -> None:
    assert Look.from_stored(msgspec.json.decode(msgspec.json.encode(look))) == look


def test_an_older_look_reads_with_nothing_where_it_knew_nothing() -> None:
    unknown_then = ("collecting", "fake", "available_minor")
    stored = {name: known for name, known in msgspec.to_builtins(LUNCH).items() if name not in unknown_then}
    assert Look.from_stored(stored) == replace(LUNCH, available_minor=None)


def test_what_is_written_is_read_back() -> None:
    assert read_rule_set(written(RULES), 1) == RULES


BROKEN: dict[str, tuple[tuple[str, ...], object]] = {
    "levels": (("levels", "deny"), 10),
    "levels.challenge": (("levels", "challenge"), "50"),
    "drain.percent": (("rules", "drain", "percent"), -1),
    "drain.score": (("rules", "drain", "score"), True),
    "drain.at_least": (("rules", "drain", "at_least"), "burn"),
    "drain.on": (("rules", "drain", "on"), "on"),
    "drain.delay_hours": (("rules", "drain", "delay_hours"), 0),
    "velocity.delay_hours": (("rules", "velocity", "delay_hours"), 73),
    "velocity": (("rules", "velocity", "seconds"), 600),
    "unheard_of": (("rules", "unheard_of"), {}),
}


@pytest.mark.parametrize("where", BROKEN)
def test_a_rule_set_that_cannot_mean_anything_is_refused_by_its_place(where: str) -> None:
    path, value = BROKEN[where]
    broken = json.loads(json.dumps(FIRST))
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(RuleSetBroken) as refused:
        read_rule_set(broken)
    assert refused.value.where == where


def with_delays(**hours: int) -> RuleSet:
    """The first rules, of which these lead to a delay of so many hours and add nothing to the sum."""
    rules = {**FIRST["rules"]}
    for code, one in hours.items():
        rules[code] = {**rules[code], "at_least": "delay", "delay_hours": one, "score": 0}
    return read_rule_set({**FIRST, "rules": rules}, 2)


REPORTED = {"reported": True, "kind": "transfer"}
DELAYS: dict[str, tuple[dict[str, Any], tuple[str, int]]] = {
    "a transfer to somebody under report": (REPORTED, ("delay", 24)),
    "the same, by no hand": ({**REPORTED, "by_hand": False}, ("delay", 24)),
    "a proof does not say who is on the other side": ({**REPORTED, "proved": True}, ("delay", 24)),
    "it has waited": ({**REPORTED, "waited": True}, ("allow", 0)),
    "it has waited, and the payee is known to be false": ({**REPORTED, "waited": True, "fake": True}, ("deny", 0)),
    "at a till nobody waits": ({"reported": True}, ("deny", 0)),
    "of two the longer": ({**REPORTED, "new_device": True, "amount_minor": yuan(1_001)}, ("delay", 48)),
    "what a proof answers does not wait": (
        {"kind": "transfer", "new_device": True, "amount_minor": yuan(1_001), "proved": True},
        ("allow", 0),
    ),
    "at a till, what a proof answers is asked": ({"new_device": True, "amount_minor": yuan(1_001)}, ("challenge", 0)),
    "it was me, a minute later": (
        {"kind": "transfer", "new_device": True, "amount_minor": yuan(1_001), "vouched": True},
        ("challenge", 0),
    ),
    "denied is harder": ({**REPORTED, "fake": True}, ("deny", 0)),
}


@pytest.mark.parametrize("story", DELAYS)
def test_what_is_delayed_and_for_how_long(story: str) -> None:
    what, expected = DELAYS[story]
    said = judge(a_look(**what), with_delays(payee_reported=24, new_device=48))
    assert (said.outcome, said.delay_hours) == expected


@given(looks)
def test_only_transfers_wait_and_only_once(look: Look) -> None:
    said = judge(look, with_delays(payee_reported=24, drain=12, velocity=1))
    assert said.outcome != "delay" or (look.kind == "transfer" and not look.waited and said.delay_hours > 0)


def test_a_rule_set_from_before_there_were_delays_reads_on() -> None:
    assert {rule.delay_hours for rule in RULES.rules} == {24}


def test_marks_stop_in_one_order() -> None:
    assert stopped_by({}, new_payee=True) is None
    assert stopped_by({"cleared": None, "reported": None}, new_payee=True) is None
    assert stopped_by({"address_changed": None}, new_payee=False) is None
    assert stopped_by({"address_changed": None}, new_payee=True) == "address_changed"
    assert stopped_by({"address_changed": None, "weak_recovery": None}, new_payee=True) == "weak_recovery"
    assert stopped_by({"weak_recovery": None, "frozen": None}, new_payee=False) == "frozen"


def test_the_rule_set_is_a_value() -> None:
    assert isinstance(RULES, RuleSet)
    assert RULES.levels["challenge"] < RULES.levels["freeze"]
