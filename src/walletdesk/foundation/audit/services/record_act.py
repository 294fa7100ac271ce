"""Write down acts, in the transaction of their effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

# Sealed one by one in the order in which they are told: the trigger of each row sees the head that the row before it left.
RECORD = """
    INSERT INTO audit_act (actor, verb, subject, reason, case_id, customer_id, detail)
    SELECT actor, verb, subject, reason, case_id, customer_id, detail::jsonb
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::text[])
        WITH ORDINALITY AS told (actor, verb, subject, reason, case_id, customer_id, detail, place)
    ORDER BY place RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Done:
    """An act as it is told; see :func:`record_act`."""

    actor: str
    verb: str
    subject: str
    reason: str = ""
    case_id: UUID | None = None
    customer_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def record_act(
    actor: str,
    verb: str,
    subject: str,
    reason: str = "",
    case_id: UUID | None = None,
    customer_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> int:
    """The number of the act. ``actor`` and ``subject`` are like ``employee:<uuid>``, ``payment:<uuid>``, ``timer:<name>``.

    The next act waits until this transaction ends: record late, and after the rows that others might wait for. ``detail``
    holds ids and figures, never a secret, and nothing that must be forgotten one day: it cannot be.
    """
    (number,) = record_acts([Done(actor, verb, subject, reason, case_id, customer_id, detail or {})])
    return number


def record_acts(acts: Sequence[Done]) -> list[int]:
    """Their numbers, in their order, by one statement for all of them; none for none."""
    if not acts:
        return []
    columns = [[getattr(act, name) for act in acts] for name in Done.__slots__[:-1]]
    columns.append([msgspec.json.encode(act.detail).decode() for act in acts])
    with connection.cursor() as cursor:
        cursor.execute(RECORD, columns)
        return [number for (number,) in cursor.fetchall()]
