"""How well the first rule set tells theft from life, on a labelled town that it has never seen.

    python -m bench.risk_labels [--seeds 11,12,13,2026] [--held-out 20261122] [--people 400] [--rules my_rules.json]

The rules were set by looking at the seeds alone; the held-out seed is the claim. The pure rules run over the pure memory
below, which does in Python what ``sql/recall.sql`` does in the database (``tests/rooms/test_risk_engine.py`` holds the two
against each other). A theft is caught when a payment of it is stopped before half of what was there is gone; a false
alarm is a payment of ordinary life that is not simply allowed, also when its owner answers with a fresh proof.
"""

from __future__ import annotations

import argparse
import json
import uuid
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from bench.claims import say
from bench.risk_town import EAST, Town, Wish, build
from walletdesk.trust.risk.rules.asks import Origin, RiskAsk
from walletdesk.trust.risk.rules.looks import DAY, HOUR, MONTH, REMEMBERED, SHORT, Look, Past, PayeeSeen, look_at
from walletdesk.trust.risk.rules.rule_set import Judgement, RuleSet, judge, read_rule_set

FIRST_RULES = import_module("walletdesk.trust.risk.migrations.0001_room").FIRST_RULES
THEFTS = ("take_over", "drain", "mule", "scam")


@dataclass(frozen=True, slots=True)
class Kept:
    at: datetime
    payer: uuid.UUID
    payee: uuid.UUID
    minor: int
    done: bool
    stopped: bool
    new_payee: bool
    night: bool


class Memory:
    """What risk remembers: of each payer and each person paid the last fifty rows."""

    def __init__(self) -> None:
        self.of_payer: dict[uuid.UUID, deque[Kept]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self.to_person: dict[uuid.UUID, deque[Kept]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self.since: dict[tuple[uuid.UUID, uuid.UUID], datetime] = {}

    def past(self, payer: uuid.UUID, at: datetime) -> Past:
        rows = [row for row in self.of_payer[payer] if row.at > at - MONTH]
        done = [row for row in rows if row.done]
        day = [row for row in done if row.at > at - DAY]
        came = [row for row in self.to_person[payer] if row.at > at - DAY]
        return Past(
            out_10m=sum(row.at > at - SHORT for row in done),
            out_24h_minor=sum(row.minor for row in day),
            new_payees_24h=len({row.payee for row in day if row.new_payee}),
            out_30d=len(done),
            largest_30d_minor=max((row.minor for row in done), default=0),
            at_night_30d=sum(row.night for row in done),
            stopped_1h=sum(row.stopped and row.at > at - HOUR for row in rows),
            in_24h_minor=sum(row.minor for row in came),
            payers_24h=len({row.payer for row in came}),
        )

    def payee(self, payer: uuid.UUID, payee: uuid.UUID, at: datetime, *, person: bool) -> PayeeSeen:
        came = {row.payer for row in self.to_person[payee] if row.at > at - DAY} if person else set()
        return PayeeSeen(self.since.get((payer, payee)), len(came))

    def keep(self, row: Kept, *, person: bool) -> None:
        self.of_payer[row.payer].append(row)
        if row.done:
            self.since.setdefault((row.payer, row.payee), row.at)
            if person:
                self.to_person[row.payee].append(row)


@dataclass(slots=True)
class Score:
    """``alarms`` and ``payments`` by label; of each theft what was there, what left, and whether it was stopped in time."""

    payments: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    why: Counter[tuple[str, ...]] = field(default_factory=Counter)
    thefts: dict[int, str] = field(default_factory=dict)
    there: dict[int, int] = field(default_factory=dict)
    gone: Counter[int] = field(default_factory=Counter)
    caught: set[int] = field(default_factory=set)

    def recall(self, label: str) -> float:
        of_kind = [number for number, kind in self.thefts.items() if kind == label]
        return sum(number in self.caught for number in of_kind) / len(of_kind)

    @property
    def false_alarms(self) -> float:
        return self.alarms["ordinary"] / self.payments["ordinary"]

    @property
    def precision(self) -> float:
        right = sum(self.alarms[label] for label in THEFTS)
        return right / (right + self.alarms["ordinary"] + self.alarms["victim_of_mule"])


def play(town: Town, rules: RuleSet) -> Score:
    """Every wish of the town in the order of time, judged as the wallet judges it."""
    memory, score = Memory(), Score()
    balances = {id_: person.balance for id_, person in town.people.items()}
    for wish in town.wishes:
        _one(wish, rules, memory, balances, score)
    return score


def _one(wish: Wish, rules: RuleSet, memory: Memory, balances: dict[uuid.UUID, int], score: Score) -> None:
    there = balances[wish.payer]
    minor = there * wish.share // 1_000 if wish.share else wish.minor
    if wish.label == "mule":
        minor = min(minor, there)
    if minor > there or minor <= 0:
        if wish.label in ("ordinary", "victim_of_mule"):  # they top up and pay
            balances[wish.payer] = there = there + max(minor, 200_000)
        else:
            return
    look, judgement = _judged(wish, minor, there, rules, memory)
    score.payments[wish.label] += 1
    score.outcomes[wish.label, judgement.outcome] += 1
    alarmed = judgement.outcome != "allow"
    if alarmed:
        score.alarms[wish.label] += 1
        score.why[(wish.label, judgement.outcome, *judgement.fired)] += 1
    if wish.episode and wish.label in THEFTS:
        score.thefts[wish.episode] = wish.label
        score.there.setdefault(wish.episode, there)
        if alarmed and score.gone[wish.episode] * 2 <= score.there[wish.episode]:
            score.caught.add(wish.episode)
    goes = not alarmed
    if alarmed:
        _keep(memory, wish, minor, look, done=False)
        goes = wish.can_prove and judge(replace(look, proved=True), rules).outcome == "allow"
    if goes:
        _keep(memory, wish, minor, look, done=True)
        balances[wish.payer] -= minor
        if wish.payee in balances:
            balances[wish.payee] += minor
        if wish.episode and wish.label in THEFTS:
            score.gone[wish.episode] += minor


def _judged(wish: Wish, minor: int, there: int, rules: RuleSet, memory: Memory) -> tuple[Look, Judgement]:
    origin = Origin(
        channel="page",
        device_limits_until=wish.at + timedelta(hours=1) if wish.new_device else None,
        on_call=wish.on_call,
    )
    kind = "transfer" if wish.person else "payment"
    ask = RiskAsk(wish.payer, kind, wish.payee, minor, "CNY", origin, there)  # type: ignore[arg-type]
    payee = memory.payee(wish.payer, wish.payee, wish.at, person=wish.person)
    hour = (wish.at + EAST).hour
    look = look_at(ask, memory.past(wish.payer, wish.at), payee, wish.at, local_hour=hour, vouched=False)
    return look, judge(look, rules)


def _keep(memory: Memory, wish: Wish, minor: int, look: Look, *, done: bool) -> None:
    row = Kept(wish.at, wish.payer, wish.payee, minor, done, not done, look.new_payee, look.night)
    memory.keep(row, person=wish.person)


def tell(seed: int, score: Score, *, held_out: bool) -> None:
    """The figures of one seed, as a row a kind of theft."""
    ordinary = score.payments["ordinary"]
    say(f"seed {seed}{' (held out)' if held_out else ''}: {ordinary} ordinary payments, {len(score.thefts)} thefts")
    for label in THEFTS:
        kinds = [number for number, kind in score.thefts.items() if kind == label]
        lost = sum(score.gone[number] for number in kinds) / max(1, sum(score.there[number] for number in kinds))
        say(f"  {label:10} recall {score.recall(label):.3f} of {len(kinds)}; {lost:.1%} of the money there was lost")
    hard = sum(score.outcomes["ordinary", outcome] for outcome in ("deny", "freeze"))
    alarms = f"{score.false_alarms:.3%} of ordinary payments ({hard} denied or frozen)"
    say(f"  false alarms {alarms}; precision of alarms {score.precision:.3f}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.risk_labels", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=lambda text: [int(one) for one in text.split(",")], default="11,12,13,2026")
    parser.add_argument("--held-out", type=int, default=20261122)
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--rules", type=Path, help="another rule set, as JSON")
    parser.add_argument("--why", action="store_true", help="say which rules raised alarms, most often first")
    return parser.parse_args()


def main() -> None:
    options = read_options()
    rules = read_rule_set(json.loads(options.rules.read_text()) if options.rules else FIRST_RULES, 1)
    for seed in [*options.seeds, options.held_out]:
        score = play(build(seed, options.people), rules)
        tell(seed, score, held_out=seed == options.held_out)
        for reason, count in score.why.most_common(25) if options.why else ():
            say(f"    {count:5} {' '.join(reason)}")


if __name__ == "__main__":
    main()
