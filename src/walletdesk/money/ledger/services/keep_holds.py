"""Place, capture, release and expire funds holds."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from walletdesk.foundation.arrays.public import int_array, uuid_array
from walletdesk.foundation.statements.public import rows_of
from walletdesk.money.ledger.models import FundsHold
from walletdesk.money.ledger.rules.batch import (
    Declined,
    Entry,
    HoldCapture,
    HoldPlaced,
    HoldReleased,
    HoldRequest,
    Line,
    Posted,
    column_sized,
)
from walletdesk.money.ledger.services.post_entries import post_many

_PLACE = """
SELECT ordinal, hold_id, code, account_id
FROM ledger_place_holds(%s::uuid[], %s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[])
"""
_GIVE_BACK = "SELECT ordinal, hold_id, code, account_id FROM ledger_give_back_holds(%s::uuid[], 'released')"


def place_holds(requests: Sequence[HoldRequest]) -> list[HoldPlaced | Declined]:
    """Set money aside; it counts in available at once. One answer per request, in order, as in ``post_many``.

    Declined codes in the order tried: ``reference_used`` (id or reference stands for another hold; the same hold is a
    replay), ``amount_not_positive``, ``amount_too_big``, ``account_unknown``, ``hold_expired`` (over before it began),
    ``account_frozen``, ``insufficient_available``.
    """
    if not requests:
        return []
    answers: list[HoldPlaced | Declined] = [HoldPlaced(request.id) for request in requests]
    columns = (
        uuid_array([request.id for request in requests]),
        int_array(request.account for request in requests),
        int_array(column_sized(request.amount) for request in requests),
        [request.reference for request in requests],
        [request.expires_at for request in requests],
    )
    for ordinal, hold_id, code, account_id in rows_of(_PLACE, *columns):
        answers[ordinal - 1] = Declined(code, account_id) if code else HoldPlaced(hold_id, replayed=True)
    return answers


def capture_holds(captures: Sequence[HoldCapture]) -> list[Posted | Declined]:
    """Capture holds, wholly or in part; a hold is captured once and what was not captured is available again.

    A capture is an entry of one line (``Entry.captures`` in ``post_many`` takes several) and answers as one, with the
    same codes. An account frozen after its hold was placed refuses the capture: ``account_frozen``.
    """
    held = dict(FundsHold.objects.filter(id__in=[capture.hold_id for capture in captures]).values_list("id", "account"))
    return post_many(
        [
            Entry(
                id=capture.entry_id,
                kind=capture.kind,
                reference=capture.reference,
                lines=(Line(held.get(capture.hold_id, 0), capture.credit, capture.amount),),
                memo=capture.memo,
                captures=capture.hold_id,
            )
            for capture in captures
        ]
    )


def release_holds(hold_ids: Sequence[UUID]) -> list[HoldReleased | Declined]:
    """Give held money back to what is available, frozen account or not. One answer per hold, in order.

    Declined codes in the order tried: ``hold_unknown``, ``hold_resolved`` (captured or expired; released before is a
    replay).
    """
    if not hold_ids:
        return []
    answers: list[HoldReleased | Declined] = [HoldReleased(hold_id) for hold_id in hold_ids]
    for ordinal, hold_id, code, account_id in rows_of(_GIVE_BACK, uuid_array(hold_ids)):
        answers[ordinal - 1] = Declined(code, account_id) if code else HoldReleased(hold_id, replayed=True)
    return answers


def expire_holds(limit: int = 500) -> int:
    """End up to ``limit`` holds whose time is over; how many there were. For a task on a timer."""
    return int(rows_of("SELECT ledger_expire_holds(%s::int)", limit)[0][0])
