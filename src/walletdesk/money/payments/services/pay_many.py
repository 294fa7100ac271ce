"""Pay orders: the whole batch with a constant number of statements.

    keys → orders locked, wallets, shops and people read → judged → risk asked → limits taken → one posting → payments,
    orders, limits' counters, facts, answers

Order rows are locked by id, then the limits' counters, and last the ledger's accounts. An answer is kept under its key; a
refusal is not, so the same key may be tried again once its cause is gone. Every refusal of a known order is kept as an
attempt.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, share_of
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint, release_many, store_many
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.public import MerchantView, shops_with_people
from walletdesk.money.payments.errors import (
    CodeBroken,
    OrderCancelled,
    OrderExpired,
    OrderNotFound,
    OrderPaid,
    OwnShop,
    PaymentNotDone,
    PinProofStale,
    ShopCannotReceive,
)
from walletdesk.money.payments.events import PaymentCaptured
from walletdesk.money.payments.models import Order, Payment, PaymentAttempt
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.paying import DYNAMIC_CODE, PAID, OrderFacts, obstacle, proof_holds
from walletdesk.money.payments.rules.receipt_numbers import PAYMENT
from walletdesk.money.payments.services.ask_limits import ask_limits
from walletdesk.money.payments.services.ask_risk import ask_risk
from walletdesk.money.payments.services.house_accounts import house_account
from walletdesk.money.payments.services.in_one_go import AGAIN, Again, in_one_go
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.number_receipts import NEXT_WITH_EACH_ROW, as_numbers
from walletdesk.money.payments.services.what_the_books_said import Declines, read_declines
from walletdesk.money.wallets.public import LimitUse, WalletMissing, WalletPlace, wallet_places
from walletdesk.trust.customers.public import CustomerView, PinProof, customers
from walletdesk.trust.risk.public import UNKNOWN_ORIGIN, Origin, RiskAsk

ROUTE = "payments.pay"
CREATED = 201
OBSTACLES: dict[str, type[Refusal]] = {
    refusal.code: refusal
    for refusal in (
        OrderNotFound,
        PinProofStale,
        CodeBroken,
        OwnShop,
        OrderPaid,
        OrderCancelled,
        OrderExpired,
        WalletMissing,
    )
}


@dataclass(frozen=True, slots=True)
class PayIntent:
    """``key`` is made by the payer's device, one for each wish to pay. ``shown`` is the sum that the payer saw, ``origin``
    from where the wish came, ``instrument`` how the order was met: static_code, dynamic_code, tap.
    """

    key: str
    customer_id: UUID
    order_id: UUID
    pin_proof: PinProof
    shown: Amount | None = None
    origin: Origin = UNKNOWN_ORIGIN
    instrument: str = DYNAMIC_CODE


@dataclass(frozen=True, slots=True)
class Paid:
    """``body`` is the answer as it is kept under the key: a replay has the same, byte for byte."""

    payment_id: UUID
    receipt_number: str
    replayed: bool
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    refusal: Refusal


PayResult = Paid | Refused


def pay(intent: PayIntent) -> Paid:
    """Pay one order; a batch of one. Refuses, in this order: ``KeyMissing``, ``KeyMalformed``, ``KeyInFlight``,
    ``KeyBodyDiffers``, (a replay answers here), ``OrderNotFound``, ``PinProofStale``, ``CodeBroken`` (not the sum shown),
    ``OwnShop``, ``OrderPaid``, ``OrderCancelled``, ``OrderExpired``, ``WalletMissing``, risk's
    ``StepUpNeeded``, ``PaymentOnHold(until)``, ``PaymentStopped``, ``LimitReached`` (single, day, month, year, lifetime),
    then ``WalletIsFrozen``, ``NotEnoughMoney(short_by)``, ``ShopCannotReceive``. ``PaymentNotDone``: ours, undone.
    ``OutcomeUnknown``: ask by key.
    """
    (result,) = pay_many([intent])
    if isinstance(result, Refused):
        raise result.refusal
    return result


def pay_many(intents: Sequence[PayIntent]) -> list[PayResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`pay`."""
    return in_one_go(intents, _once, wants=_wants, broken=lambda: Refused(PaymentNotDone()))


def _wants(intent: PayIntent) -> Iterable[Hashable]:
    return (intent.order_id, (intent.customer_id, intent.key))


@dataclass(frozen=True, slots=True)
class _Room:
    """What the batch reads, once."""

    moment: datetime
    orders: Mapping[UUID, Order]
    sequences: dict[UUID, int]
    shops: dict[UUID, MerchantView]
    people: dict[UUID, frozenset[UUID]]
    wallets: dict[tuple[UUID, str], WalletPlace]
    payers: dict[UUID, CustomerView]
    fee_accounts: dict[str, int]


def _once(intents: Sequence[PayIntent]) -> list[PayResult | Again]:
    claims = [_claim(intent) for intent in intents]
    states = claim_many(claims)
    results: list[PayResult | Again | None] = [
        _known(claim, state) for claim, state in zip(claims, states, strict=True)
    ]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        asked = [intents[place] for place in fresh]
        for place, result in zip(fresh, _judge_and_post(asked), strict=True):
            results[place] = result
        _keep_answers([(claims[place], results[place]) for place in fresh])
    return [result for result in results if result is not None]


def _claim(intent: PayIntent) -> KeyClaim:
    shown = [intent.shown.minor, intent.shown.asset.code] if intent.shown else None
    body = fingerprint({"order": intent.order_id, "shown": shown})
    return KeyClaim(f"customer:{intent.customer_id}", ROUTE, intent.key, body)


def _known(claim: KeyClaim, state: Any) -> PayResult | None:
    """What the key alone answers, or None for a fresh one."""
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return Refused(refusal)
    body = answer_of_key(state)
    return None if body is None else Paid(UUID(body["payment_id"]), body["receipt_number"], True, body)


def _keep_answers(answers: Sequence[tuple[KeyClaim, PayResult | Again | None]]) -> None:
    store_many([(claim, CREATED, result.body) for claim, result in answers if isinstance(result, Paid)])
    release_many([claim for claim, result in answers if not isinstance(result, Paid)])


def _judge_and_post(intents: Sequence[PayIntent]) -> list[PayResult | Again]:
    room = _read(intents)
    refusals = [_obstacle(intent, room) for intent in intents]
    willing = [place for place, refusal in enumerate(refusals) if refusal is None]
    judged = ask_risk({place: _risk_ask(intents[place], room) for place in willing})
    for place, stopped in judged.refusals.items():
        refusals[place] = stopped
    willing = [place for place in willing if place not in judged.refusals]
    limits = ask_limits({place: _limit_use(intents[place], room) for place in willing}, room.moment)
    for place, reached in limits.refusals.items():
        refusals[place] = reached
    willing = [place for place in willing if place not in limits.refusals]
    answers = ledger.post_many([_entry(intents[place], room) for place in willing])
    reach("after_legs")
    declines = read_declines(answers)
    posted: list[tuple[int, UUID]] = []
    for place, answer in zip(willing, answers, strict=True):
        if isinstance(answer, ledger.Posted) and not answer.replayed:
            posted.append((place, answer.entry_id))
        else:
            refusals[place] = _declined(intents[place], answer, room, declines)
    written = _write_payments([(intents[place], entry_id) for place, entry_id in posted], room)
    judged.keep({place for place, _ in posted})
    results: dict[int, PayResult | Again] = dict.fromkeys(limits.note({place for place, _ in posted}), AGAIN)
    refused = [(place, no) for place, no in enumerate(refusals) if no and place not in results]
    _write_attempts([(intents[place], no) for place, no in refused], room)
    results |= {place: Refused(no) for place, no in refused}
    results |= zip((place for place, _ in posted), written, strict=True)
    return [results[place] for place in range(len(intents))]


def _read(intents: Sequence[PayIntent]) -> _Room:
    rows = Order.objects.select_for_update(no_key=True).filter(id__in={intent.order_id for intent in intents})
    # One payment an order: its place in the sequence of receipts comes along with the lock. One that is refused leaves a gap.
    locked = rows.order_by("id").annotate(sequence=NEXT_WITH_EACH_ROW)
    orders = {row.id: row for row in locked}
    shops = shops_with_people(row.merchant_id for row in orders.values())
    payers = {intent.customer_id for intent in intents}
    return _Room(
        moment=now(),
        orders=orders,
        sequences={row.id: row.sequence for row in locked},
        shops={shop_id: shop for shop_id, (shop, _) in shops.items()},
        people={shop_id: people for shop_id, (_, people) in shops.items()},
        wallets=wallet_places(payers),
        payers=customers(payers),
        fee_accounts={code: house_account("fee_income", code) for code in {row.asset_code for row in orders.values()}},
    )


def _obstacle(intent: PayIntent, room: _Room) -> Refusal | None:
    order = room.orders.get(intent.order_id)
    facts = None
    if order is not None:
        people = room.people.get(order.merchant_id, frozenset())
        facts = OrderFacts(order.state, order.amount_minor, order.asset_code, order.expires_at, people)
    payer = room.payers.get(intent.customer_id)
    code = obstacle(
        facts,
        payer_user=payer.user_id if payer else None,
        proof_good=proof_holds(intent.pin_proof.customer_id, intent.pin_proof.at, intent.customer_id, room.moment),
        shown=(intent.shown.minor, intent.shown.asset.code) if intent.shown else None,
        has_wallet=order is not None and (intent.customer_id, order.asset_code) in room.wallets,
        now=room.moment,
    )
    return OBSTACLES[code](order_id=intent.order_id) if code else None


def _risk_ask(intent: PayIntent, room: _Room) -> tuple[RiskAsk, int]:
    order = room.orders[intent.order_id]
    ask = RiskAsk(intent.customer_id, "payment", order.merchant_id, order.amount_minor, order.asset_code, intent.origin)
    return ask, room.wallets[intent.customer_id, order.asset_code].ledger_account


def _limit_use(intent: PayIntent, room: _Room) -> LimitUse:
    order = room.orders[intent.order_id]
    return LimitUse(
        room.wallets[intent.customer_id, order.asset_code],
        room.payers[intent.customer_id].tier,
        amount_of(order.amount_minor, order.asset_code),
        intent.instrument,
    )


def _entry(intent: PayIntent, room: _Room) -> ledger.Entry:
    """Customer to shop, then the fee from shop to house. The order is the business key: it pays once, for ever."""
    order = room.orders[intent.order_id]
    shop = room.shops[order.merchant_id]
    wallet = room.wallets[intent.customer_id, order.asset_code]
    lines = [ledger.Line(wallet.ledger_account, shop.ledger_account, order.amount_minor)]
    fee = _fee(order, shop)
    if fee:
        lines.append(ledger.Line(shop.ledger_account, room.fee_accounts[order.asset_code], fee))
    return ledger.Entry(
        id=uuid7(), kind="payment", reference=str(order.id), lines=tuple(lines), memo=order.order_reference
    )


def _fee(order: Order, shop: MerchantView) -> int:
    return share_of(amount_of(order.amount_minor, order.asset_code), shop.fee_bps).minor


def _declined(intent: PayIntent, answer: Any, room: _Room, declines: Declines) -> Refusal:
    order = room.orders[intent.order_id]
    if isinstance(answer, ledger.Posted):
        return OrderPaid(order_id=order.id)
    wallet = room.wallets[intent.customer_id, order.asset_code].ledger_account
    wanted = amount_of(order.amount_minor, order.asset_code)
    return declines.refusal(answer, wallet, wanted, ShopCannotReceive, OrderPaid)


def _write_payments(posted: Sequence[tuple[PayIntent, UUID]], room: _Room) -> list[Paid]:
    """The payment rows, their orders, their facts; the results in the same order."""
    numbers = as_numbers(PAYMENT, room.moment, (room.sequences[intent.order_id] for intent, _ in posted))
    rows: list[Payment] = []
    for (intent, entry_id), number in zip(posted, numbers, strict=True):
        order = room.orders[intent.order_id]
        shop = room.shops[order.merchant_id]
        rows.append(
            Payment(
                id=uuid7(),
                receipt_number=number,
                customer_id=intent.customer_id,
                wallet_id=room.wallets[intent.customer_id, order.asset_code].wallet_id,
                merchant_id=shop.id,
                order_id=order.id,
                order_reference=order.order_reference,
                payee_zh=shop.name_zh,
                payee_en=shop.name_en,
                note=order.note,
                amount_minor=order.amount_minor,
                asset_code=order.asset_code,
                fee_minor=_fee(order, shop),
                instrument=intent.instrument,
                captured_at=room.moment,
                entry_id=entry_id,
            )
        )
    Payment.objects.bulk_create(rows)
    Order.objects.filter(id__in=[row.order_id for row in rows]).update(state=PAID, ended_at=room.moment)
    publish_many([_fact(row) for row in rows])
    return [Paid(row.id, row.receipt_number, False, _body(row)) for row in rows]


def _fact(row: Payment) -> PaymentCaptured:
    return PaymentCaptured(
        payment_id=row.id,
        customer_id=row.customer_id,
        merchant_id=row.merchant_id,
        order_id=row.order_id,
        order_reference=row.order_reference,
        receipt_number=row.receipt_number,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        at=row.captured_at,
    )


def _body(row: Payment) -> dict[str, Any]:
    return {
        "payment_id": str(row.id),
        "receipt_number": row.receipt_number,
        "order_id": str(row.order_id),
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "captured_at": row.captured_at.isoformat(),
    }


def _write_attempts(refused: Sequence[tuple[PayIntent, Refusal]], room: _Room) -> None:
    rows: list[PaymentAttempt] = []
    for intent, refusal in refused:
        order = room.orders.get(intent.order_id)
        if order is None or intent.customer_id not in room.payers:
            continue
        shop = room.shops[order.merchant_id]
        short_by = refusal.fields.get("short_by")
        rows.append(
            PaymentAttempt(
                id=uuid7(),
                customer_id=intent.customer_id,
                order_id=order.id,
                merchant_id=shop.id,
                payee_zh=shop.name_zh,
                payee_en=shop.name_en,
                amount_minor=order.amount_minor,
                asset_code=order.asset_code,
                code=refusal.code,
                short_by_minor=short_by.minor if isinstance(short_by, Amount) else None,
                tried_at=room.moment,
            )
        )
    if rows:
        PaymentAttempt.objects.bulk_create(rows)
