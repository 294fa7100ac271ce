"""Money from person to person: the whole batch with a constant number of statements, at once and for good.

What risk delays is set aside instead, and is a later transfer from then on.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint, release_many, store_many
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.agreements.public import Consent
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import PayeeCannotReceive, PaymentNotDone, ReferenceUsed
from walletdesk.money.payments.events import TransferMade
from walletdesk.money.payments.models import PersonTransfer
from walletdesk.money.payments.rules.receipt_numbers import TRANSFER
from walletdesk.money.payments.services.in_one_go import AGAIN, Again, in_one_go
from walletdesk.money.payments.services.judge_transfers import (
    Judged,
    TransferIntent,
    TransferRefused,
    TransferRoom,
    account_of,
    judge,
)
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.payments.services.set_transfers_aside import (
    Later,
    body_of,
    place_holds,
    reference_of,
    refuse_what_was_set_aside,
    write_rows,
)
from walletdesk.money.payments.services.what_the_books_said import read_declines
from walletdesk.trust.risk.public import UNKNOWN_ORIGIN, Origin

ROUTE = "payments.transfer"
CREATED = 201


@dataclass(frozen=True, slots=True)
class Transferred:
    """``due_at`` of one that risk delayed: it is set aside, and made then unless its payer stops it."""

    transfer_id: UUID
    number: str
    replayed: bool
    body: dict[str, Any]
    due_at: datetime | None = None


TransferResult = Transferred | TransferRefused


def transfer(
    key: str,
    from_customer: UUID,
    to_customer: UUID,
    amount: Amount,
    note: str,
    consent: Consent,
    origin: Origin = UNKNOWN_ORIGIN,
    named: str = "",
) -> Transferred:
    """One transfer; a batch of one. Refuses, in this order: the key refusals, (a replay answers here), ``AmountTooSmall``,
    ``AmountTooBig``, ``NoteTooLong``, ``PinProofStale``, ``TransferToSelf``, ``PayeeNotFound``, ``WalletMissing``,
    ``PayeeCannotReceive`` (no wallet in this asset), what a key's caps refuse (``take_consents``), risk's
    ``StepUpNeeded``, ``PaymentOnHold(until)``, ``PaymentStopped``, ``LimitReached`` (single, day, month, year, lifetime),
    then ``PayeeCannotReceive`` (full, or it takes nothing in), ``WalletIsFrozen``, ``NotEnoughMoney``.
    """
    (result,) = transfer_many([TransferIntent(key, from_customer, to_customer, amount, consent, note, origin, named)])
    if isinstance(result, TransferRefused):
        raise result.refusal
    return result


def transfer_many(intents: Sequence[TransferIntent]) -> list[TransferResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`transfer`."""
    return in_one_go(intents, _once, wants=_wants, refused=TransferRefused, broken=PaymentNotDone)


def _wants(intent: TransferIntent) -> Iterable[Hashable]:
    return ((intent.from_customer, intent.key),)


def _once(intents: Sequence[TransferIntent]) -> list[TransferResult | Again]:
    claims = [_claim(intent) for intent in intents]
    states = claim_many(claims)
    results: list[TransferResult | Again | None] = [
        _known(one, state) for one, state in zip(claims, states, strict=True)
    ]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_post([intents[place] for place in fresh]), strict=True):
            results[place] = result
        answers = [(claims[place], results[place]) for place in fresh]
        store_many([(claim, CREATED, result.body) for claim, result in answers if isinstance(result, Transferred)])
        release_many([claim for claim, result in answers if not isinstance(result, Transferred)])
    return [result for result in results if result is not None]


def _claim(intent: TransferIntent) -> KeyClaim:
    body = fingerprint(
        {
            "to": intent.named or intent.to_customer,
            "amount": intent.amount.minor,
            "asset": intent.amount.asset.code,
            "note": intent.note,
        }
    )
    return KeyClaim(f"customer:{intent.from_customer}", ROUTE, intent.key, body)


def _known(claim: KeyClaim, state: Any) -> TransferResult | None:
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return TransferRefused(refusal)
    body = answer_of_key(state)
    return None if body is None else _transferred(body, replayed=True)


def _transferred(body: dict[str, Any], *, replayed: bool = False) -> Transferred:
    due_at = datetime.fromisoformat(body["due_at"]) if body.get("delayed") else None
    return Transferred(UUID(body["transfer_id"]), body["number"], replayed, body, due_at)


def _judge_and_post(intents: Sequence[TransferIntent]) -> list[TransferResult | Again]:
    """What risk delays is set aside in a transaction of its own, because the books' accounts are locked once in each."""
    judged = judge(intents)
    refuse_what_was_set_aside(intents, judged)
    room, refusals = judged.room, judged.refusals
    waiting = [place for place in judged.willing if place in judged.delays]
    at_once = [place for place in judged.willing if place not in judged.delays]
    if waiting and not at_once:
        return _set_aside(intents, judged)
    answers = ledger.post_many([_entry(intents[place], room) for place in at_once])
    reach("after_legs")
    declines = read_declines(answers)
    posted: list[tuple[int, UUID]] = []
    for place, answer in zip(at_once, answers, strict=True):
        if isinstance(answer, ledger.Declined):
            payer = account_of(intents[place].from_customer, intents[place], room)
            refusals[place] = declines.refusal(answer, payer, intents[place].amount, PayeeCannotReceive, ReferenceUsed)
        elif answer.replayed:
            refusals[place] = ReferenceUsed()
        else:
            posted.append((place, answer.entry_id))
    again = judged.keep({place for place, _ in posted}, but=waiting) | set(waiting)
    written = _write([(intents[place], entry_id) for place, entry_id in posted], room)
    results: dict[int, TransferResult | Again] = {place: TransferRefused(no) for place, no in refusals.items()}
    results |= dict.fromkeys(again, AGAIN)
    results |= zip((place for place, _ in posted), written, strict=True)
    return [results[place] for place in range(len(intents))]


def _set_aside(intents: Sequence[TransferIntent], judged: Judged) -> list[TransferResult | Again]:
    laters = {
        place: Later(intents[place], judged.delays[place].until, judged.delays[place].reason)
        for place in judged.willing
    }
    held = place_holds(judged, laters)
    again = judged.keep(set(held))
    rows = write_rows(judged, laters, held)
    results: dict[int, TransferResult | Again] = {place: TransferRefused(no) for place, no in judged.refusals.items()}
    results |= dict.fromkeys(again, AGAIN)
    results |= {place: _transferred(body_of(row)) for place, row in rows.items()}
    return [results[place] for place in range(len(intents))]


def _entry(intent: TransferIntent, room: TransferRoom) -> ledger.Entry:
    """The payer and the key are the business key: long after the key's row is gone, it still pays once."""
    line = ledger.Line(
        account_of(intent.from_customer, intent, room),
        account_of(intent.to_customer, intent, room),
        intent.amount.minor,
    )
    return ledger.Entry(id=uuid7(), kind="transfer", reference=reference_of(intent), lines=(line,))


def _write(posted: Sequence[tuple[TransferIntent, UUID]], room: TransferRoom) -> list[Transferred]:
    if not posted:
        return []
    rows = [
        PersonTransfer(
            id=uuid7(),
            number=number,
            from_customer_id=intent.from_customer,
            to_customer_id=intent.to_customer,
            from_name=room.people[intent.from_customer].name,
            to_name=room.people[intent.to_customer].name,
            amount_minor=intent.amount.minor,
            asset_code=intent.amount.asset.code,
            note=intent.note.strip(),
            made_at=room.moment,
            entry_id=entry_id,
        )
        for (intent, entry_id), number in zip(posted, number_receipts(TRANSFER, room.moment, len(posted)), strict=True)
    ]
    PersonTransfer.objects.bulk_create(rows)
    publish_many([_fact(row) for row in rows])
    return [Transferred(row.id, row.number, False, _body(row)) for row in rows]


def _fact(row: PersonTransfer) -> TransferMade:
    return TransferMade(
        transfer_id=row.id,
        from_customer_id=row.from_customer_id,
        to_customer_id=row.to_customer_id,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        note=row.note,
        at=row.made_at,
    )


def _body(row: PersonTransfer) -> dict[str, Any]:
    return {
        "transfer_id": str(row.id),
        "number": row.number,
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "made_at": row.made_at.isoformat(),
    }
