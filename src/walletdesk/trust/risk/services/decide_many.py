"""Judge a batch of asks before money leaves: one flight of reads, then pure rules. Nothing is locked or written.

Asks of one payer within a batch are judged in their order, each knowing those before it. What was decided is written by
:func:`keep_decisions`, once it is known whether the money moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.statements.public import in_one_flight
from walletdesk.trust.risk.queries.recall import Memory, Remembered, ask_memory
from walletdesk.trust.risk.queries.rule_sets import rules_in_force
from walletdesk.trust.risk.rules.asks import Outcome, RiskAsk
from walletdesk.trust.risk.rules.looks import Decision, Look, Past, look_at, with_one_more
from walletdesk.trust.risk.rules.marks import stopped_by
from walletdesk.trust.risk.rules.rule_set import RuleSet, judge


def remember_many(asks: Sequence[RiskAsk]) -> Memory:
    """What :func:`decide_many` stands on, asked for: inside ``in_one_flight`` nobody waits for it yet."""
    return ask_memory(asks, now())


def decide_many(asks: Sequence[RiskAsk], memory: Memory | None = None) -> list[Decision]:
    """One decision an ask, in their order; a constant number of statements. Refuses nothing: see ``refusal_of``.

    ``memory`` was asked for by :func:`remember_many` about at least these.

    In the order tried: marks of the payer (``deny``), then the rules in force.
    """
    if not asks:
        return []
    if memory is None:
        with in_one_flight():
            memory = remember_many(asks)
    batch = _Batch(memory.moment, rules_in_force(), asks)
    return [batch.decide(ask, seen) for ask, seen in zip(asks, memory.of(asks), strict=True)]


class _Batch:
    """``pasts`` and ``frozen`` hold what earlier asks of this batch have added, for those who ask more than once in it."""

    def __init__(self, moment: datetime, rules: RuleSet, asks: Sequence[RiskAsk]) -> None:
        self.moment, self.rules = moment, rules
        times = Counter([ask.customer_id for ask in asks])
        self.ask_again = {customer_id for customer_id, count in times.items() if count > 1}
        self.local_hour = timezone.localtime(moment, timezone.get_default_timezone()).hour
        self.pasts: dict[tuple[UUID, str], Past] = {}
        self.new_payees: set[tuple[UUID, UUID]] = set()
        self.frozen: set[UUID] = set()

    def decide(self, ask: RiskAsk, seen: Remembered) -> Decision:
        past = self.pasts.get((ask.customer_id, ask.asset), seen.past)
        look = look_at(ask, past, seen.payee, self.moment, local_hour=self.local_hour, vouched="cleared" in seen.marks)
        mark = "frozen" if ask.customer_id in self.frozen else stopped_by(seen.marks, new_payee=look.new_payee)
        if mark is not None:
            return self._decision(ask, look, "deny", (mark,), 0, seen.marks.get(mark))
        judgement = judge(look, self.rules)
        if ask.customer_id in self.ask_again:
            self._remember(ask, past, look, judgement.outcome)
        until = self.moment + timedelta(hours=judgement.delay_hours) if judgement.outcome == "delay" else None
        return self._decision(ask, look, judgement.outcome, judgement.fired, judgement.score, until)

    def _remember(self, ask: RiskAsk, past: Past, look: Look, outcome: Outcome) -> None:
        pair = (ask.customer_id, ask.payee_id)
        fresh = look.new_payee and pair not in self.new_payees
        stopped = outcome != "allow"
        if fresh and not stopped:
            self.new_payees.add(pair)
        self.pasts[ask.customer_id, ask.asset] = with_one_more(
            past, ask, new_payee=fresh, night=look.night, stopped=stopped
        )
        if outcome == "freeze":
            self.frozen.add(ask.customer_id)

    def _decision(
        self, ask: RiskAsk, look: Look, outcome: Outcome, reasons: tuple[str, ...], score: int, until: datetime | None
    ) -> Decision:
        return Decision(uuid7(), ask, outcome, reasons, self.rules.version, look, score, self.moment, until)
