"""What was asked with keys is written down: many at once, after the answers went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

KEEP = """
    COPY api_request (id, key_id, owner_kind, owner_id, mode, at, method, path, query, status, code, microseconds, address,
                      idempotency_key, replayed, request_body, answer_body, whole) FROM STDIN (FORMAT BINARY)
"""
KINDS = (
    "uuid", "uuid", "text", "uuid", "text", "timestamptz", "text", "text", "text", "int2", "text", "int4", "text",
    "text", "bool", "text", "text", "bool",
)  # fmt: skip
USED = """
    UPDATE api_key AS k SET last_used_at = used.at FROM unnest(%s::uuid[], %s::timestamptz[]) AS used (id, at)
    WHERE k.id = used.id AND (k.last_used_at IS NULL OR k.last_used_at < used.at - interval '10 seconds')
"""


class RequestRecord(NamedTuple):
    """One request with its answer, as :class:`~walletdesk.trust.api_keys.models.ApiRequest` keeps it, in the order of ``KEEP``;
    bodies went through ``rules.redaction`` before.
    """

    id: UUID
    key_id: UUID
    owner_kind: str
    owner_id: UUID
    mode: str
    at: datetime
    method: str
    path: str
    query: str
    status: int
    code: str
    microseconds: int
    address: str
    idempotency_key: str
    replayed: bool
    request_body: str
    answer_body: str
    whole: bool


def keep_requests(records: Sequence[RequestRecord]) -> None:
    """All or none, in a transaction that does not wait for the disk: a log line may be lost with the machine, money may not,
    and no payment waits for this. A path's NUL is left out; nothing else can have one.
    """
    if not records:
        return
    used: dict[UUID, datetime] = {}
    for record in records:
        used[record.key_id] = max(record.at, used.get(record.key_id, record.at))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        with connection.wrap_database_errors, cursor.copy(KEEP) as copy:
            copy.set_types(KINDS)
            for record in records:
                copy.write_row(record)
        in_order = sorted(used)  # as whoever else updates many keys: nobody waits in a circle
        cursor.execute(USED, [in_order, [used[key_id] for key_id in in_order]])
