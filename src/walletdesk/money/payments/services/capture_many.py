"""Charge what was set aside, wholly or in part: the whole batch with a constant number of statements.

    keys → holds locked with their orders → judged → limits' counters locked → one posting → payments, holds, orders,
    counters, facts, answers

A hold is captured once; what is not captured is free again in the same entry, and its use is given back to the limits. Risk
and limits were asked when it was set aside; a freeze since then refuses the capture, by the books themselves (I10).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from walletdesk.foundation.amount.public import Amount, AmountTooSmall, share_of
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint
from walletdesk.foundation.kill_points.public import reach
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.public import MerchantView, merchants
from walletdesk.money.payments.errors import (
    CaptureAboveHold,
    HoldEnded,
    HoldExpired,
    OrderPaid,
    PaymentNotDone,
    PaymentNotFound,
    ShopCannotReceive,
)
from walletdesk.money.payments.models import Authorisation
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.holding import CAPTURED, HeldFacts, capture_obstacle
from walletdesk.money.payments.rules.receipt_numbers import PAYMENT
from walletdesk.money.payments.services.hold_results import (
    DONE,
    HoldDone,
    HoldRefused,
    HoldResult,
    keep_answers,
    known,
)
from walletdesk.money.payments.services.house_accounts import house_account
from walletdesk.money.payments.services.in_one_go import in_one_go
from walletdesk.money.payments.services.lock_holds import lock_holds
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.payments.services.what_the_books_said import Declines, read_declines
from walletdesk.money.payments.services.write_payments import NewPayment, write_payments
from walletdesk.money.wallets.public import UseEnded, give_back, lock_uses, wallet_places

ROUTE = "payments.capture"
CAPTURE = (Path(__file__).resolve().parent.parent / "sql" / "capture_holds.sql").read_text()


@dataclass(frozen=True, slots=True)
class CaptureIntent:
    """``amount_minor`` in the payment's asset; None charges all that is held. The shop's own key scopes ``key``."""

    key: str
    payment_id: UUID
    merchant_id: UUID
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class _Room:
    moment: datetime
    holds: dict[UUID, Authorisation]
    shops: dict[UUID, MerchantView]
    wallets: dict[UUID, int]
    fee_accounts: dict[str, int]


def capture(intent: CaptureIntent) -> HoldDone:
    """One capture; a batch of one. Refuses, in this order: the key refusals, (a replay answers here), ``PaymentNotFound``
    (or another shop's), ``HoldEnded`` (captured or voided, L07), ``HoldExpired``, ``AmountTooSmall``,
    ``CaptureAboveHold(held)``, then ``WalletIsFrozen``, ``ShopCannotReceive``. ``PaymentNotDone``: ours, undone.
    """
    (result,) = capture_many([intent])
    if isinstance(result, HoldRefused):
        raise result.refusal
    return result


def capture_many(intents: Sequence[CaptureIntent]) -> list[HoldResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`capture`."""
    return in_one_go(intents, _once, wants=_wants, refused=HoldRefused, broken=PaymentNotDone)


def _wants(intent: CaptureIntent) -> Iterable[Hashable]:
    return (intent.payment_id, (intent.merchant_id, intent.key))


def _once(intents: Sequence[CaptureIntent]) -> list[HoldResult]:
    claims = [_claim(intent) for intent in intents]
    results = [known(claim, state) for claim, state in zip(claims, claim_many(claims), strict=True)]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_post([intents[place] for place in fresh]), strict=True):
            results[place] = result
        keep_answers([(claims[place], results[place]) for place in fresh], DONE)
    return [result for result in results if result is not None]


def _claim(intent: CaptureIntent) -> KeyClaim:
    body = fingerprint({"payment": intent.payment_id, "amount": intent.amount_minor})
    return KeyClaim(f"merchant:{intent.merchant_id}", ROUTE, intent.key, body)


def _judge_and_post(intents: Sequence[CaptureIntent]) -> list[HoldResult]:
    room = _read(intents)
    refusals = {place: no for place, intent in enumerate(intents) if (no := _obstacle(intent, room))}
    willing = [place for place in range(len(intents)) if place not in refusals]
    rows = {place: room.holds[intents[place].payment_id] for place in willing}
    sums = {place: intents[place].amount_minor or rows[place].amount_minor for place in willing}
    counters = lock_uses({row.wallet_id for place, row in rows.items() if sums[place] < row.amount_minor})
    answers = ledger.post_many([_entry(rows[place], sums[place], room) for place in willing])
    reach("after_legs")
    declines = read_declines(answers)
    posted: dict[int, UUID] = {}
    for place, answer in zip(willing, answers, strict=True):
        if isinstance(answer, ledger.Posted) and not answer.replayed:
            posted[place] = answer.entry_id
        else:
            refusals[place] = _declined(rows[place], sums[place], answer, room, declines)
    ended = [
        UseEnded(row.wallet_id, row.instrument, left, row.authorised_at, payee_id=row.merchant_id)
        for place, row in rows.items()
        if place in posted and (left := row.amount_minor - sums[place])
    ]
    give_back(counters, ended, room.moment)
    done = _write([(rows[place], sums[place], entry_id) for place, entry_id in posted.items()], room)
    results: dict[int, HoldResult] = {place: HoldRefused(no) for place, no in refusals.items()}
    results |= zip(posted, done, strict=True)
    return [results[place] for place in range(len(intents))]


def _read(intents: Sequence[CaptureIntent]) -> _Room:
    holds = lock_holds(intent.payment_id for intent in intents)
    places = wallet_places({row.customer_id for row in holds.values()})
    return _Room(
        moment=now(),
        holds=holds,
        shops=merchants({row.merchant_id for row in holds.values()}),
        wallets={row.id: places[row.customer_id, row.asset_code].ledger_account for row in holds.values()},
        fee_accounts={code: house_account("fee_income", code) for code in {row.asset_code for row in holds.values()}},
    )


def _obstacle(intent: CaptureIntent, room: _Room) -> Refusal | None:
    row = room.holds.get(intent.payment_id)
    mine = row is not None and row.merchant_id == intent.merchant_id
    facts = HeldFacts(row.state, row.amount_minor, row.expires_at) if row is not None and mine else None
    code = capture_obstacle(facts, intent.amount_minor, room.moment)
    if code is None:
        return None
    if row is None or code == "payment_not_found":
        return PaymentNotFound()
    match code:
        case "hold_ended":
            return HoldEnded(state=row.state)
        case "hold_expired":
            return HoldExpired()
        case "amount_not_positive":
            return AmountTooSmall()
    return CaptureAboveHold(held=amount_of(row.amount_minor, row.asset_code))


def _fee(row: Authorisation, minor: int, room: _Room) -> int:
    return share_of(amount_of(minor, row.asset_code), room.shops[row.merchant_id].fee_bps).minor


def _entry(row: Authorisation, minor: int, room: _Room) -> ledger.Entry:
    """As of a payment: customer to shop, then the fee; the order is the business key. It uses up the hold."""
    shop = room.shops[row.merchant_id].ledger_account
    lines = [ledger.Line(room.wallets[row.id], shop, minor)]
    fee = _fee(row, minor, room)
    if fee:
        lines.append(ledger.Line(shop, room.fee_accounts[row.asset_code], fee))
    return ledger.Entry(
        id=uuid7(),
        kind="payment",
        reference=str(row.order_id),
        lines=tuple(lines),
        memo=row.order.order_reference,
        captures=row.hold_id,
    )


def _declined(row: Authorisation, minor: int, answer: Any, room: _Room, declines: Declines) -> Refusal:
    if not isinstance(answer, ledger.Declined):
        return HoldEnded(state=CAPTURED)
    if answer.code in ("hold_resolved", "hold_expired"):
        return HoldExpired() if answer.code == "hold_expired" else HoldEnded(state=row.state)
    wanted: Amount = amount_of(minor, row.asset_code)
    return declines.refusal(answer, room.wallets[row.id], wanted, ShopCannotReceive, OrderPaid)


def _write(posted: Sequence[tuple[Authorisation, int, UUID]], room: _Room) -> list[HoldDone]:
    """The payments, with the ids that they had when they were held; holds and orders end; facts; the answers."""
    if not posted:
        return []
    numbers = number_receipts(PAYMENT, room.moment, len(posted))
    paid = [
        _payment(row, minor, entry_id, number, room)
        for (row, minor, entry_id), number in zip(posted, numbers, strict=True)
    ]
    with connection.cursor() as cursor:
        ids, sums = [one.id for one in paid], [one.amount_minor for one in paid]
        cursor.execute(CAPTURE, {"ids": ids, "sums": sums, "moment": room.moment})
    write_payments(paid, room.moment)
    return [
        HoldDone(one.id, False, _body(one, row.amount_minor, room.moment))
        for one, (row, _, _) in zip(paid, posted, strict=True)
    ]


def _payment(row: Authorisation, minor: int, entry_id: UUID, number: str, room: _Room) -> NewPayment:
    return NewPayment(
        id=row.id,
        receipt_number=number,
        customer_id=row.customer_id,
        wallet_id=row.wallet_id,
        merchant_id=row.merchant_id,
        order_id=row.order_id,
        order_reference=row.order.order_reference,
        payee_zh=row.payee_zh,
        payee_en=row.payee_en,
        note=row.order.note,
        amount_minor=minor,
        asset=row.asset_code,
        fee_minor=_fee(row, minor, room),
        instrument=row.instrument,
        authorised_at=row.authorised_at,
        entry_id=entry_id,
    )


def _body(paid: NewPayment, held_minor: int, moment: datetime) -> dict[str, Any]:
    return {
        "payment_id": str(paid.id),
        "order_id": str(paid.order_id),
        "state": CAPTURED,
        "receipt_number": paid.receipt_number,
        "amount_minor": paid.amount_minor,
        "held_minor": held_minor,
        "asset": paid.asset,
        "captured_at": moment.isoformat(),
    }
