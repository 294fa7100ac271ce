"""Money for transfers that are made later: set aside in the books, with a row each that says when, and why.

Used by whoever plans a transfer, and where risk delays one that was asked for now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from walletdesk.foundation.audit.public import Done, record_acts
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.idempotency.public import fingerprint
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import PayeeCannotReceive, ReferenceUsed
from walletdesk.money.payments.events import TransferDelayed, TransferScheduled
from walletdesk.money.payments.models import ScheduledTransfer
from walletdesk.money.payments.rules.receipt_numbers import TRANSFER
from walletdesk.money.payments.services.judge_transfers import Judged, TransferIntent, account_of
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.payments.services.what_the_books_said import read_declines

BY_RISK = "system:risk"
_HELD = "transfer:"


@dataclass(frozen=True, slots=True)
class Later:
    """``delay_reason`` is empty for what its payer planned."""

    intent: TransferIntent
    due_at: datetime
    delay_reason: str = ""


def place_holds(judged: Judged, laters: Mapping[int, Later]) -> dict[int, ledger.HoldRequest]:
    """By place, what is held now; what the books declined stands in ``judged.refusals``."""
    late = timedelta(seconds=value("transfer.late_seconds", judged.room.moment))
    requests: dict[int, ledger.HoldRequest] = {}
    _refuse_what_was_sent(judged, laters)
    for place, one in laters.items():
        if place in judged.refusals:
            continue
        row_id, account = uuid7(), account_of(one.intent.from_customer, one.intent, judged.room)
        requests[place] = ledger.HoldRequest(
            row_id, account, one.intent.amount.minor, _hold_reference(reference_of(one.intent)), one.due_at + late
        )
    answers = dict(zip(requests, ledger.place_holds(list(requests.values())), strict=True))
    reach("after_legs")
    declines = read_declines([answer for answer in answers.values() if isinstance(answer, ledger.Declined)])
    for place, answer in answers.items():
        if isinstance(answer, ledger.Declined):
            account, amount = requests[place].account, laters[place].intent.amount
            judged.refusals[place] = declines.refusal(answer, account, amount, PayeeCannotReceive, ReferenceUsed)
        elif answer.replayed:
            judged.refusals[place] = ReferenceUsed()
    return {place: request for place, request in requests.items() if place not in judged.refusals}


def reference_of(intent: TransferIntent) -> str:
    """The payer and the key: what is sent now is booked under it, and what is set aside is booked under it when it is due. The
    key is forgotten after a while; the books never forget it."""
    return fingerprint({"from": intent.from_customer, "key": intent.key})


def refuse_what_was_set_aside(intents: Sequence[TransferIntent], judged: Judged) -> None:
    """A key that once set money aside sends none at once."""
    held = {place: _hold_reference(reference_of(intents[place])) for place in judged.willing}
    known = ledger.hold_references(held.values())
    judged.refusals.update({place: ReferenceUsed() for place, one in held.items() if one in known})
    judged.willing[:] = [place for place in judged.willing if place not in judged.refusals]


def _refuse_what_was_sent(judged: Judged, laters: Mapping[int, Later]) -> None:
    """A key that once sent money sets none aside."""
    keys = {place: reference_of(laters[place].intent) for place in laters}
    known = ledger.entry_references("transfer", keys.values())
    judged.refusals.update({place: ReferenceUsed() for place, one in keys.items() if one in known})


def entry_reference(hold_reference: str) -> str:
    """What is due is booked under the key that set it aside."""
    return hold_reference.removeprefix(_HELD)


def _hold_reference(reference: str) -> str:
    return f"{_HELD}{reference}"


def write_rows(
    judged: Judged, laters: Mapping[int, Later], held: Mapping[int, ledger.HoldRequest]
) -> dict[int, ScheduledTransfer]:
    """A row for each hold, by place, and what is told of it."""
    if not held:
        return {}
    moment, people = judged.room.moment, judged.room.people
    rows = {
        place: ScheduledTransfer(
            id=request.id,
            number=number,
            from_customer_id=one.intent.from_customer,
            to_customer_id=one.intent.to_customer,
            from_name=people[one.intent.from_customer].name,
            to_name=people[one.intent.to_customer].name,
            amount_minor=one.intent.amount.minor,
            asset_code=one.intent.amount.asset.code,
            note=one.intent.note.strip(),
            hold_id=request.id,
            asked_at=moment,
            due_at=one.due_at,
            delay_reason=one.delay_reason,
        )
        for (place, request), number in zip(held.items(), number_receipts(TRANSFER, moment, len(held)), strict=True)
        for one in (laters[place],)
    }
    ScheduledTransfer.objects.bulk_create(rows.values())
    publish_many([_fact(row) for row in rows.values()])
    record_acts([_delayed(row) for row in rows.values() if row.delay_reason])
    return rows


def body_of(row: ScheduledTransfer) -> dict[str, Any]:
    """The answer as it is kept under the key."""
    return {
        "transfer_id": str(row.id),
        "number": row.number,
        "state": row.state,
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "due_at": row.due_at.isoformat(),
        **({"delayed": True} if row.delay_reason else {}),
    }


def _fact(row: ScheduledTransfer) -> TransferScheduled | TransferDelayed:
    common: dict[str, Any] = {
        "transfer_id": row.id,
        "from_customer_id": row.from_customer_id,
        "to_customer_id": row.to_customer_id,
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "due_at": row.due_at,
        "at": row.asked_at,
    }
    return (
        TransferDelayed(reason=row.delay_reason, **common)
        if row.delay_reason
        else TransferScheduled(note=row.note, **common)
    )


def _delayed(row: ScheduledTransfer) -> Done:
    detail = {"rule": row.delay_reason, "until": row.due_at.isoformat()}
    return Done(BY_RISK, "delay_transfer", f"transfer:{row.id}", customer_id=row.from_customer_id, detail=detail)
