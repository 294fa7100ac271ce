"""A later transfer that is not made after all: its sender cancels it, or it fails when it is due. The money is free again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import (
    KeyClaim,
    claim_many,
    fingerprint,
    release_many,
    store_many,
)
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import PaymentNotDone, TransferEnded, TransferNotFound
from walletdesk.money.payments.events import TransferCancelled
from walletdesk.money.payments.models import ScheduledTransfer
from walletdesk.money.payments.rules.holding import CANCELLED, FAILED, WAITING
from walletdesk.money.payments.services.in_one_go import in_one_go
from walletdesk.money.payments.services.judge_transfers import TRANSFER_BY, TransferRefused
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.void_many import HoldsDisagree
from walletdesk.money.wallets.public import UseEnded, give_back, lock_uses, wallet_places

ROUTE = "payments.cancel_transfer"
DONE = 200


@dataclass(frozen=True, slots=True)
class CancelTransferIntent:
    key: str
    transfer_id: UUID
    customer_id: UUID


@dataclass(frozen=True, slots=True)
class Cancelled:
    transfer_id: UUID
    replayed: bool
    body: dict[str, Any]


CancelResult = Cancelled | TransferRefused


def cancel_transfer(intent: CancelTransferIntent) -> Cancelled:
    """One later transfer, as long as it is not made; cancelled once more it stays so. Refuses, in this order: the key
    refusals, (a replay answers here), ``TransferNotFound`` (or another's), ``TransferEnded`` (made or failed).
    """
    (result,) = cancel_many([intent])
    if isinstance(result, TransferRefused):
        raise result.refusal
    return result


def cancel_many(intents: Sequence[CancelTransferIntent]) -> list[CancelResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`cancel_transfer`."""
    return in_one_go(intents, _once, wants=_wants, refused=TransferRefused, broken=PaymentNotDone)


def lock_waiting(ids: Iterable[UUID]) -> dict[UUID, ScheduledTransfer]:
    """Later transfers, locked in id order until the transaction ends."""
    rows = ScheduledTransfer.objects.select_for_update(no_key=True, of=("self",)).filter(id__in=set(ids))
    return {row.id: row for row in rows.order_by("id")}


def end_transfers(rows: Sequence[ScheduledTransfer], codes: Mapping[UUID, str], by: str = "") -> None:
    """Free their money, give their use back to the limits, write down how they ended, tell. They are locked and waiting;
    ``codes`` says why, by id; one that is not there was cancelled, ``by`` somebody else than its payer in the app.
    """
    if not rows:
        return
    moment = now()
    places = wallet_places({row.from_customer_id for row in rows})
    wallets = {row.id: places[row.from_customer_id, row.asset_code].wallet_id for row in rows}
    counters = lock_uses(set(wallets.values()))
    for answer in ledger.release_holds([row.hold_id for row in rows]):
        # The books' own timer may have been here before: expired there is free there.
        if isinstance(answer, ledger.Declined) and answer.code != "hold_resolved":
            raise HoldsDisagree(answer)
    reach("after_legs")
    uses = [
        UseEnded(wallets[row.id], TRANSFER_BY, row.amount_minor, row.asked_at, payee_id=row.to_customer_id)
        for row in rows
    ]
    give_back(counters, uses, moment)
    for row in rows:
        row.code, row.ended_by = codes.get(row.id, ""), by
        row.state, row.ended_at = FAILED if row.code else CANCELLED, moment
    for code in {row.code for row in rows}:
        ended = ScheduledTransfer.objects.filter(id__in=[row.id for row in rows if row.code == code])
        ended.update(state=FAILED if code else CANCELLED, code=code, ended_at=moment, ended_by=by)
    publish_many([_fact(row) for row in rows])


def _wants(intent: CancelTransferIntent) -> Iterable[Hashable]:
    return (intent.transfer_id, (intent.customer_id, intent.key))


def _once(intents: Sequence[CancelTransferIntent]) -> list[CancelResult]:
    claims = [_claim(intent) for intent in intents]
    results = [_known(claim, state) for claim, state in zip(claims, claim_many(claims), strict=True)]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_end([intents[place] for place in fresh]), strict=True):
            results[place] = result
        answers = [(claims[place], results[place]) for place in fresh]
        store_many([(claim, DONE, result.body) for claim, result in answers if isinstance(result, Cancelled)])
        release_many([claim for claim, result in answers if not isinstance(result, Cancelled)])
    return [result for result in results if result is not None]


def _claim(intent: CancelTransferIntent) -> KeyClaim:
    return KeyClaim(f"customer:{intent.customer_id}", ROUTE, intent.key, fingerprint({"transfer": intent.transfer_id}))


def _known(claim: KeyClaim, state: Any) -> CancelResult | None:
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return TransferRefused(refusal)
    body = answer_of_key(state)
    return None if body is None else Cancelled(UUID(body["transfer_id"]), True, body)


def _judge_and_end(intents: Sequence[CancelTransferIntent]) -> list[CancelResult]:
    rows = lock_waiting(intent.transfer_id for intent in intents)
    refusals = [_obstacle(intent, rows) for intent in intents]
    willing = [rows[one.transfer_id] for one, no in zip(intents, refusals, strict=True) if no is None]
    end_transfers([row for row in willing if row.state == WAITING], {})
    return [
        TransferRefused(no) if no else Cancelled(one.transfer_id, False, _body(rows[one.transfer_id]))
        for one, no in zip(intents, refusals, strict=True)
    ]


def _obstacle(intent: CancelTransferIntent, rows: Mapping[UUID, ScheduledTransfer]) -> Refusal | None:
    row = rows.get(intent.transfer_id)
    if row is None or row.from_customer_id != intent.customer_id:
        return TransferNotFound()
    return None if row.state in (WAITING, CANCELLED) else TransferEnded(state=row.state)


def _fact(row: ScheduledTransfer) -> TransferCancelled:
    assert row.ended_at is not None
    return TransferCancelled(
        transfer_id=row.id,
        from_customer_id=row.from_customer_id,
        to_customer_id=row.to_customer_id,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        why=row.code or CANCELLED,
        at=row.ended_at,
        by=row.ended_by,
    )


def _body(row: ScheduledTransfer) -> dict[str, Any]:
    return {
        "transfer_id": str(row.id),
        "number": row.number,
        "state": row.state,
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }
