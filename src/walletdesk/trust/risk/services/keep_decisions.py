"""Write decisions down, in the transaction of the payments they were about. What is frozen is frozen from here on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from django.db import connection

from walletdesk.foundation.outbox.public import publish_many
from walletdesk.trust.risk.events import FreezeOrdered
from walletdesk.trust.risk.models import RiskMark
from walletdesk.trust.risk.rules.looks import Decision

KEEP = (Path(__file__).parent.parent / "sql" / "keep.sql").read_text()
BY_RISK = "risk"


def keep_decisions(decisions: Sequence[Decision], done: Sequence[bool]) -> None:
    """``done[i]``: whether the money of ``decisions[i]`` moved. One statement; two more when somebody is frozen, which
    denies them at once and tells ``FreezeOrdered``.
    """
    if not decisions:
        return
    columns = zip(*(_row(one, moved) for one, moved in zip(decisions, done, strict=True)), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [list(column) for column in columns])
    _freeze([one for one in decisions if one.outcome == "freeze"])


def _row(one: Decision, done: bool) -> tuple:
    ask, look = one.ask, one.look
    inputs = msgspec.json.encode(look.as_stored()).decode()
    return (
        one.id, ask.customer_id, ask.kind, ask.payee_id, ask.amount_minor, ask.asset, one.outcome, ",".join(one.reasons),
        one.score, one.rule_version, look.new_payee, look.night, done, inputs, ask.origin.channel,
        ask.origin.device_id, one.at,
    )  # fmt: skip


def _freeze(decisions: Sequence[Decision]) -> None:
    """A payer is frozen once, however many of the batch said so."""
    first = {one.ask.customer_id: one for one in reversed(decisions)}
    if not first:
        return
    marks = [
        RiskMark(subject_id=customer_id, kind="frozen", reason=",".join(one.reasons), made_by=BY_RISK, made_at=one.at)
        for customer_id, one in sorted(first.items())
    ]
    RiskMark.objects.bulk_create(marks, ignore_conflicts=True)
    publish_many(
        [FreezeOrdered(customer_id, one.id, list(one.reasons), one.at) for customer_id, one in sorted(first.items())]
    )
