"""A share of somebody's quota for this process, to be spent without asking (``sql/shares.sql``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from walletdesk.foundation.arrays.public import int_array, text_array
from walletdesk.foundation.statements.public import rows_of

TAKE = "SELECT asked, got, still FROM take_shares(%s, %s, %s, %s, %s, %s::text[], %s::integer[], %s::integer[])"
UNUSED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Quota:
    """``quota`` requests at once, filled up again evenly in ``seconds``; a share is worth nothing after ``lease`` seconds."""

    name: str
    quota: int
    seconds: int
    lease: float


@dataclass(frozen=True, slots=True)
class ShareWish:
    """``kept``: what this process still has for ``who``; how much more it wants."""

    who: str
    kept: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Share:
    """``left`` is what is in the bucket afterwards, for whoever comes first."""

    got: int
    left: float


def take_shares(process: str, quota: Quota, wishes: Sequence[ShareWish]) -> dict[str, Share]:
    """One statement for all of them. The lease begins before it is sent, for the process, and after it came, for the count."""
    rows = rows_of(
        TAKE,
        process,
        quota.name,
        quota.quota,
        quota.seconds,
        timedelta(seconds=quota.lease + 1),
        text_array([one.who for one in wishes]),
        int_array([one.kept for one in wishes]),
        int_array([one.wanted for one in wishes]),
    )
    return {who: Share(got, left) for who, got, left in rows}


def purge_quotas() -> int:
    """Forget who has not asked for an hour: their buckets are full again."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM api_quota WHERE filled_at < clock_timestamp() - make_interval(secs => %s)", [UNUSED_SECONDS]
        )
        return cursor.rowcount
