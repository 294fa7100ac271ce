"""Pay orders: the whole batch with a constant number of statements.

    keys → orders locked → wallets, shops and people read → judged → consents and risk asked → limits taken → one posting →
    payments, orders, decisions, counters, facts and answers in one flight

Order rows are locked by id, then agreements, then the limits' counters, and last the ledger's accounts. An answer is kept
under its key; a refusal is not, so the same key may be tried again once its cause is gone. Every refusal of a known order
is kept as an attempt.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, share_of
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import Kept, KeyClaim, claim_many, fingerprint, keep_many
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.statements.public import in_one_flight
from walletdesk.money.agreements.public import AgreementUse, Consent, ConsentUse, caller_of
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.errors import (
    OrderPaid,
    PaymentNotDone,
    ShopCannotReceive,
)
from walletdesk.money.payments.queries.counter import CounterOrder, SalesCounter, at_the_counter
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.paying import DYNAMIC_CODE
from walletdesk.money.payments.rules.receipt_numbers import PAYMENT
from walletdesk.money.payments.services.ask_consent import ask_consent
from walletdesk.money.payments.services.ask_limits import ask_limits
from walletdesk.money.payments.services.ask_order import ask_order
from walletdesk.money.payments.services.ask_risk import ask_risk_ahead
from walletdesk.money.payments.services.house_accounts import house_account
from walletdesk.money.payments.services.in_one_go import AGAIN, Again, in_one_go
from walletdesk.money.payments.services.keep_attempts import Attempt, keep_attempts
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.number_receipts import as_numbers
from walletdesk.money.payments.services.what_the_books_said import Declines, read_declines
from walletdesk.money.payments.services.write_payments import NewPayment, write_payments
from walletdesk.money.wallets.public import LimitUse, WalletPlace
from walletdesk.trust.customers.public import PinProof
from walletdesk.trust.risk.public import UNKNOWN_ORIGIN, Origin, RiskAsk

ROUTE = "payments.pay"
CREATED = 201


@dataclass(frozen=True, slots=True)
class PayIntent:
    """``key`` is made by who asks, one for each wish to pay: the payer's device, or the software that ``consent`` names.
    ``shown`` is the sum that the payer saw, ``origin`` from where the wish came, ``instrument`` how the order was met:
    static_code, dynamic_code, tap.
    """

    key: str
    customer_id: UUID
    order_id: UUID
    consent: Consent
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


class _Sale(NamedTuple):
    """An intent that nothing stands in the way of, with what it is about."""

    intent: PayIntent
    order: CounterOrder
    shop: MerchantView
    wallet: WalletPlace
    tier: int
    amount: Amount
    fee: int
    entry: ledger.Entry


def pay(intent: PayIntent) -> Paid:
    """Pay one order; a batch of one. Refuses, in this order: ``KeyMissing``, ``KeyMalformed``, ``KeyInFlight``,
    ``KeyBodyDiffers``, (a replay answers here), ``OrderNotFound``, ``PinProofStale``, ``CodeBroken`` (not the sum shown),
    ``OwnShop``, ``OrderAuthorised``, ``OrderPaid``, ``OrderCancelled``, ``OrderExpired``, ``WalletMissing``, what an
    agreement or a key refuses (``take_consents``), risk's ``StepUpNeeded``, ``PaymentOnHold(until)``, ``PaymentStopped``,
    ``LimitReached`` (single, day, month, year, lifetime), then ``WalletIsFrozen``, ``NotEnoughMoney(short_by)``,
    ``ShopCannotReceive``. ``PaymentNotDone``: ours, undone. ``OutcomeUnknown``: ask by key.
    """
    (result,) = pay_many([intent])
    if isinstance(result, Refused):
        raise result.refusal
    return result


def pay_many(intents: Sequence[PayIntent]) -> list[PayResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`pay`."""
    return in_one_go(intents, _once, wants=_wants, refused=Refused, broken=PaymentNotDone)


def _wants(intent: PayIntent) -> Iterable[Hashable]:
    return (intent.order_id, (caller_of(intent.consent, intent.customer_id), intent.key))


def _once(intents: Sequence[PayIntent]) -> list[PayResult | Again]:
    claims = [_claim(intent) for intent in intents]
    states = claim_many(claims)
    results: list[PayResult | Again | None] = [
        _known(claim, state) for claim, state in zip(claims, states, strict=True)
    ]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        answers = _judge_and_post([intents[place] for place in fresh], [claims[place] for place in fresh])
        for place, result in zip(fresh, answers, strict=True):
            results[place] = result
    return [result for result in results if result is not None]


def _claim(intent: PayIntent) -> KeyClaim:
    wish: dict[str, Any] = {"order": intent.order_id, "shown": None}
    if intent.shown:
        wish["shown"] = [intent.shown.minor, intent.shown.asset.code]
    if isinstance(intent.consent, AgreementUse):
        wish["agreement"] = intent.consent.agreement_id
    return KeyClaim(caller_of(intent.consent, intent.customer_id), ROUTE, intent.key, fingerprint(wish))


def _known(claim: KeyClaim, state: Any) -> PayResult | None:
    """What the key alone answers, or None for a fresh one."""
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return Refused(refusal)
    body = answer_of_key(state)
    return None if body is None else Paid(UUID(body["payment_id"]), body["receipt_number"], True, body)


def _keep_answers(claims: Sequence[KeyClaim], results: Sequence[PayResult | Again]) -> Kept:
    answers = list(zip(claims, results, strict=True))
    return keep_many(
        [(claim, CREATED, result.body) for claim, result in answers if isinstance(result, Paid)],
        [claim for claim, result in answers if not isinstance(result, Paid)],
    )


def _judge_and_post(intents: Sequence[PayIntent], claims: Sequence[KeyClaim]) -> list[PayResult | Again]:
    counter = at_the_counter((one.order_id for one in intents), (one.customer_id for one in intents))
    fees = {code: house_account("fee_income", code) for code in {order.asset_code for order in counter.orders.values()}}
    with in_one_flight():  # risk's memory is read while the orders are judged and their entries written
        ahead = ask_risk_ahead(_risk_asks(intents, counter))
        sales, refusals = _look_at_orders(intents, counter, fees)
    consents = ask_consent({at: _consent(one) for at, one in sales.items() if _by_software(one)}, counter.moment)
    _leave_out(sales, consents.refusals, refusals)
    judged = ahead.judge(sales.keys())
    _leave_out(sales, judged.refusals, refusals)
    limits = ask_limits({at: _limit_use(one) for at, one in sales.items()}, counter.moment)
    _leave_out(sales, limits.refusals, refusals)
    posted = _post(sales, refusals)
    written = [] if not posted else _payments([(sales[at], entry) for at, entry in posted.items()], counter.moment)
    with in_one_flight():
        write_payments(written, counter.moment)
        judged.keep(posted.keys())
        again = [*consents.note(posted.keys()), *limits.note(posted.keys())]
        results: dict[int, PayResult | Again] = dict.fromkeys(again, AGAIN)
        results |= {at: Refused(no) for at, no in refusals.items() if at not in results}
        results |= {at: _paid(row, sales[at], counter.moment) for at, row in zip(posted, written, strict=True)}
        in_order = [results[at] for at in range(len(intents))]
        kept = _keep_answers(claims, in_order)
    kept.check()
    tried = [_attempt(intents[at], no, counter) for at, no in refusals.items() if results[at] is not AGAIN]
    keep_attempts(tried, counter.moment)
    return in_order


def _look_at_orders(
    intents: Sequence[PayIntent], counter: SalesCounter, fees: Mapping[str, int]
) -> tuple[dict[int, _Sale], dict[int, Refusal]]:
    refusals: dict[int, Refusal] = {}
    sales: dict[int, _Sale] = {}
    for place, intent in enumerate(intents):
        refusal = ask_order(intent, counter)
        if refusal is None:
            sales[place] = _sale(intent, counter, fees)
        else:
            refusals[place] = refusal
    return sales, refusals


def _leave_out(sales: dict[int, _Sale], stopped: Mapping[int, Refusal], refusals: dict[int, Refusal]) -> None:
    """Those at these places go no further."""
    for at, refusal in stopped.items():
        refusals[at] = refusal
        del sales[at]


def _post(sales: Mapping[int, _Sale], refusals: dict[int, Refusal]) -> dict[int, UUID]:
    """The entries of those that the books took, by place; what they declined joins the refusals."""
    answers = ledger.post_many([sale.entry for sale in sales.values()])
    reach("after_legs")
    declines = read_declines(answers)
    posted: dict[int, UUID] = {}
    for (at, sale), answer in zip(sales.items(), answers, strict=True):
        if isinstance(answer, ledger.Posted) and not answer.replayed:
            posted[at] = answer.entry_id
        else:
            refusals[at] = _declined(sale, answer, declines)
    return posted


def _sale(intent: PayIntent, counter: SalesCounter, fees: Mapping[str, int]) -> _Sale:
    order = counter.orders[intent.order_id]
    shop, _ = counter.shops[order.merchant_id]
    wallet = counter.wallets[intent.customer_id, order.asset_code]
    amount = amount_of(order.amount_minor, order.asset_code)
    fee = share_of(amount, shop.fee_bps).minor
    entry = _entry(order, wallet.ledger_account, shop.ledger_account, fee, fees)
    return _Sale(intent, order, shop, wallet, counter.payers[intent.customer_id].tier, amount, fee, entry)


def _by_software(sale: _Sale) -> bool:
    return not isinstance(sale.intent.consent, PinProof)


def _consent(sale: _Sale) -> ConsentUse:
    assert not isinstance(sale.intent.consent, PinProof), "asked of software only"
    return ConsentUse(sale.intent.consent, sale.intent.customer_id, sale.shop.id, sale.amount)


def _risk_asks(intents: Sequence[PayIntent], counter: SalesCounter) -> dict[int, tuple[RiskAsk, int]]:
    """Of those with an order and a wallet; each with the account in the books that would pay."""
    asks: dict[int, tuple[RiskAsk, int]] = {}
    for place, intent in enumerate(intents):
        order = counter.orders.get(intent.order_id)
        wallet = counter.wallets.get((intent.customer_id, order.asset_code)) if order else None
        if order and wallet:
            payer, payee = intent.customer_id, order.merchant_id
            ask = RiskAsk(payer, "payment", payee, order.amount_minor, order.asset_code, intent.origin)
            asks[place] = (ask, wallet.ledger_account)
    return asks


def _limit_use(sale: _Sale) -> LimitUse:
    return LimitUse(sale.wallet, sale.tier, sale.amount, sale.intent.instrument, sale.shop.id)


def _entry(order: CounterOrder, payer: int, shop: int, fee: int, fees: Mapping[str, int]) -> ledger.Entry:
    """Customer to shop, then the fee from shop to house. The order is the business key: it pays once, for ever."""
    lines: tuple[ledger.Line, ...] = (ledger.Line(payer, shop, order.amount_minor),)
    if fee:
        lines += (ledger.Line(shop, fees[order.asset_code], fee),)
    return ledger.Entry(id=uuid7(), kind="payment", reference=str(order.id), lines=lines, memo=order.order_reference)


def _declined(sale: _Sale, answer: Any, declines: Declines) -> Refusal:
    if isinstance(answer, ledger.Posted):
        return OrderPaid(order_id=sale.order.id)
    return declines.refusal(answer, sale.wallet.ledger_account, sale.amount, ShopCannotReceive, OrderPaid)


def _payments(posted: Sequence[tuple[_Sale, UUID]], moment: datetime) -> list[NewPayment]:
    numbers = as_numbers(PAYMENT, moment, (sale.order.sequence for sale, _ in posted))
    return [
        NewPayment(
            id=uuid7(),
            receipt_number=number,
            customer_id=sale.intent.customer_id,
            wallet_id=sale.wallet.wallet_id,
            merchant_id=sale.shop.id,
            order_id=sale.order.id,
            order_reference=sale.order.order_reference,
            payee_zh=sale.shop.name_zh,
            payee_en=sale.shop.name_en,
            note=sale.order.note,
            amount_minor=sale.amount.minor,
            asset=sale.order.asset_code,
            fee_minor=sale.fee,
            instrument=sale.intent.instrument,
            authorised_at=None,
            entry_id=entry_id,
        )
        for (sale, entry_id), number in zip(posted, numbers, strict=True)
    ]


def _paid(row: NewPayment, sale: _Sale, moment: datetime) -> Paid:
    given = sale.intent.consent
    body = {
        "payment_id": str(row.id),
        "receipt_number": row.receipt_number,
        "order_id": str(row.order_id),
        "order_reference": row.order_reference,
        "merchant_id": str(row.merchant_id),
        "customer_id": str(row.customer_id),
        "amount_minor": row.amount_minor,
        "fee_minor": row.fee_minor,
        "asset": row.asset,
        "instrument": row.instrument,
        "agreement_id": str(given.agreement_id) if isinstance(given, AgreementUse) else None,
        "captured_at": moment.isoformat(),
    }
    return Paid(row.id, row.receipt_number, False, body)


def _attempt(intent: PayIntent, refusal: Refusal, counter: SalesCounter) -> Attempt | None:
    """Of a known order by a known payer."""
    order = counter.orders.get(intent.order_id)
    if order is None or intent.customer_id not in counter.payers:
        return None
    return Attempt(intent.customer_id, order, counter.shops[order.merchant_id][0].name, refusal)
