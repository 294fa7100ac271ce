"""Hold payments against their neighbours and mark those that look charged twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.payments.events import DuplicateSuspected
from walletdesk.money.payments.rules.duplicates import REFERENCE_REACH, Capture, Suspicion, suspicions

SQL = Path(__file__).parent.parent / "sql"
NEIGHBOURS = (SQL / "neighbours.sql").read_text()
MARK = (SQL / "mark_duplicates.sql").read_text()


def find_duplicates(payment_ids: Iterable[UUID]) -> int:
    """Judge these payments with what the same payer paid the same shop around them; how many new suspicions.

    A pair is told once, however often and in whatever order this runs: the unique row of the second payment decides.
    """
    ids = list(payment_ids)
    window = timedelta(seconds=value("duplicate.window_seconds"))
    with transaction.atomic():
        captures = _neighbours(ids, max(REFERENCE_REACH, window))
        concerned = set(ids)
        found = [
            suspicion
            for suspicion in suspicions(captures.values(), window)
            if {suspicion.first_payment_id, suspicion.second_payment_id} & concerned
        ]
        new = _marked(found)
        publish_many([_fact(suspicion, captures) for suspicion in found if suspicion.second_payment_id in new])
    return len(new)


def _neighbours(ids: list[UUID], reach: timedelta) -> dict[UUID, Capture]:
    with connection.cursor() as cursor:
        around: dict[str, Any] = {"ids": ids, "reach": reach}
        cursor.execute(NEIGHBOURS, around)
        return {row[0]: Capture(*row) for row in cursor.fetchall()}


def _marked(found: list[Suspicion]) -> set[UUID]:
    """The second payments of the pairs that were not known before."""
    if not found:
        return set()
    columns: dict[str, Any] = {
        "firsts": [s.first_payment_id for s in found],
        "seconds": [s.second_payment_id for s in found],
        "reasons": [s.reason for s in found],
        "confidences": [s.confidence for s in found],
        "apart": [s.seconds_apart for s in found],
        "moment": now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(MARK, columns)
        return {second for (second,) in cursor.fetchall()}


def _fact(suspicion: Suspicion, captures: dict[UUID, Capture]) -> DuplicateSuspected:
    second = captures[suspicion.second_payment_id]
    return DuplicateSuspected(
        first_payment_id=suspicion.first_payment_id,
        second_payment_id=suspicion.second_payment_id,
        customer_id=second.customer_id,
        merchant_id=second.merchant_id,
        amount_minor=second.amount_minor,
        asset=second.asset,
        reason=suspicion.reason,
        confidence=suspicion.confidence,
        seconds_apart=suspicion.seconds_apart,
        at=now(),
    )
