"""What was asked with keys is written down: many at once, after the answers went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from django.db import connection, transaction

KEEP = (Path(__file__).resolve().parent.parent / "sql" / "keep_requests.sql").read_text()


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request with its answer, as :class:`~walletdesk.trust.api_keys.models.ApiRequest` keeps it; bodies went through
    ``rules.redaction`` before.
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
    """One statement, its own transaction, which does not wait for the disk: a log line may be lost with the machine, money
    may not, and no payment waits for this.
    """
    if not records:
        return
    written = msgspec.json.encode(records).decode().replace("\\u0000", "")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute(KEEP, [written])
