"""Write down an act, in the transaction of its effect."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

RECORD = """
    INSERT INTO audit_act (actor, verb, subject, reason, case_id, customer_id, detail)
    VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb) RETURNING id
"""


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
    written = msgspec.json.encode(detail or {}).decode()
    with connection.cursor() as cursor:
        cursor.execute(RECORD, [actor, verb, subject, reason, case_id, customer_id, written])
        ((number,),) = cursor.fetchall()
    return number
