"""Write decisions down, in the transaction of the payments they were about. What is frozen is frozen from here on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from walletdesk.foundation.arrays.public import flag_array, int_array, text_array, uuid_array
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.foundation.statements.public import sent
from walletdesk.trust.risk.events import FreezeOrdered
from walletdesk.trust.risk.models import RiskMark
from walletdesk.trust.risk.rules.looks import Decision

KEEP = (Path(__file__).parent.parent / "sql" / "keep.sql").read_text()
BY_RISK = "risk"
_encode = msgspec.json.Encoder().encode


def keep_decisions(decisions: Sequence[Decision], done: Sequence[bool]) -> None:
    """``done[i]``: whether the money of ``decisions[i]`` moved. One statement; two more when somebody is frozen, which
    denies them at once and tells ``FreezeOrdered``.
    """
    if not decisions:
        return
    sent(KEEP, *_columns(decisions, done))
    _freeze([one for one in decisions if one.outcome == "freeze"])


def _columns(decisions: Sequence[Decision], done: Sequence[bool]) -> tuple[str | None, ...]:
    asks = [one.ask for one in decisions]
    moments = {at: at.isoformat() for at in {one.at for one in decisions}}  # one, as a rule
    looks = [one.look for one in decisions]
    return (
        uuid_array([one.id for one in decisions]),
        uuid_array([ask.customer_id for ask in asks]),
        text_array([ask.kind for ask in asks]),
        uuid_array([ask.payee_id for ask in asks]),
        int_array([ask.amount_minor for ask in asks]),
        text_array([ask.asset for ask in asks]),
        text_array([one.outcome for one in decisions]),
        text_array([",".join(one.reasons) for one in decisions]),
        int_array([one.score for one in decisions]),
        int_array([one.rule_version for one in decisions]),
        flag_array([look.new_payee for look in looks]),
        flag_array([look.night for look in looks]),
        flag_array(done),
        text_array([_encode(look).decode() for look in looks]),
        text_array([ask.origin.channel for ask in asks]),
        uuid_array([ask.origin.device_id for ask in asks]),
        text_array([moments[one.at] for one in decisions]),
    )


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
