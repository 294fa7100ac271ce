"""Set money aside for orders: the whole batch with a constant number of statements.

    keys → orders locked, wallets, shops and people read → judged → consents → risk asked → limits taken → one placing of
    holds → authorisations, orders, counters, facts, answers

Judged like a payment, by the same rules in the same order, because it is one: the shop alone decides when the rest of it
happens. The limits count it now; what is not captured gives its use back. Locks are drawn as everywhere: orders by id,
agreements, limits' counters, and last the ledger's accounts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.agreements.public import AgreementUse, Consent, ConsentUse, caller_of
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import (
    OrderAuthorised,
    PaymentNotDone,
    ShopCannotReceive,
)
from walletdesk.money.payments.events import PaymentAuthorised
from walletdesk.money.payments.models import Authorisation, Order
from walletdesk.money.payments.queries.counter import SalesCounter, at_the_counter
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.paying import AUTHORISED, DYNAMIC_CODE
from walletdesk.money.payments.services.ask_consent import ask_consent
from walletdesk.money.payments.services.ask_limits import ask_limits
from walletdesk.money.payments.services.ask_order import ask_order
from walletdesk.money.payments.services.ask_risk import ask_risk
from walletdesk.money.payments.services.hold_results import (
    CREATED,
    HoldDone,
    HoldRefused,
    HoldResult,
    keep_answers,
    known,
)
from walletdesk.money.payments.services.in_one_go import AGAIN, Again, in_one_go
from walletdesk.money.payments.services.keep_attempts import Attempt, keep_attempts
from walletdesk.money.payments.services.what_the_books_said import Declines, read_declines
from walletdesk.money.wallets.public import LimitUse, WalletPlace
from walletdesk.trust.customers.public import PinProof
from walletdesk.trust.risk.public import UNKNOWN_ORIGIN, Origin, RiskAsk

ROUTE = "payments.authorise"


@dataclass(frozen=True, slots=True)
class AuthoriseIntent:
    """As ``PayIntent``: one wish to pay an order, of which the shop captures as much as it delivers. ``route`` is where
    ``key`` counts: a door with one address for paying and for this gives the route of ``pay``, so that a key is one wish.
    """

    key: str
    customer_id: UUID
    order_id: UUID
    consent: Consent
    shown: Amount | None = None
    origin: Origin = UNKNOWN_ORIGIN
    instrument: str = DYNAMIC_CODE
    route: str = ROUTE


def authorise(intent: AuthoriseIntent) -> HoldDone:
    """One order; a batch of one. Refuses, in this order: the key refusals, (a replay answers here), ``OrderNotFound``,
    ``PinProofStale``, ``CodeBroken``, ``OwnShop``, ``OrderAuthorised``, ``OrderPaid``, ``OrderCancelled``, ``OrderExpired``,
    ``WalletMissing``, ``AgreementNotFound``, ``AgreementOver``, ``OtherAsset``, ``AgreementSingleCap``, ``AgreementDayCap``,
    risk's, ``LimitReached``, then ``WalletIsFrozen``, ``NotEnoughMoney(short_by)``. ``PaymentNotDone``: ours, undone.
    """
    (result,) = authorise_many([intent])
    if isinstance(result, HoldRefused):
        raise result.refusal
    return result


def authorise_many(intents: Sequence[AuthoriseIntent]) -> list[HoldResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`authorise`."""
    return in_one_go(intents, _once, wants=_wants, refused=HoldRefused, broken=PaymentNotDone)


def _wants(intent: AuthoriseIntent) -> Iterable[Hashable]:
    return (intent.order_id, (caller_of(intent.consent, intent.customer_id), intent.key))


def _once(intents: Sequence[AuthoriseIntent]) -> list[HoldResult | Again]:
    claims = [_claim(intent) for intent in intents]
    results: list[HoldResult | Again | None] = [
        known(claim, state) for claim, state in zip(claims, claim_many(claims), strict=True)
    ]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_hold([intents[place] for place in fresh]), strict=True):
            results[place] = result
        keep_answers([(claims[place], results[place]) for place in fresh], CREATED)
    return [result for result in results if result is not None]


def _claim(intent: AuthoriseIntent) -> KeyClaim:
    shown = [intent.shown.minor, intent.shown.asset.code] if intent.shown else None
    by = str(intent.consent.agreement_id) if isinstance(intent.consent, AgreementUse) else ""
    body = fingerprint({"order": intent.order_id, "shown": shown, "by": by})
    return KeyClaim(caller_of(intent.consent, intent.customer_id), intent.route, intent.key, body)


def _judge_and_hold(intents: Sequence[AuthoriseIntent]) -> list[HoldResult | Again]:
    room = at_the_counter((intent.order_id for intent in intents), (intent.customer_id for intent in intents))
    refusals: dict[int, Refusal] = {place: no for place, one in enumerate(intents) if (no := ask_order(one, room))}
    willing = [place for place in range(len(intents)) if place not in refusals]
    consents = ask_consent(
        {place: use for place in willing if (use := _consent_use(intents[place], room))}, room.moment
    )
    refusals |= consents.refusals
    willing = [place for place in willing if place not in refusals]
    judged = ask_risk({place: _risk_ask(intents[place], room) for place in willing})
    refusals |= judged.refusals
    willing = [place for place in willing if place not in refusals]
    limits = ask_limits({place: _limit_use(intents[place], room) for place in willing}, room.moment)
    refusals |= limits.refusals
    willing = [place for place in willing if place not in refusals]
    expires_at = room.moment + timedelta(seconds=value("hold.lifetime_seconds", room.moment))
    requests = {place: _request(intents[place], room, expires_at) for place in willing}
    answers = dict(zip(willing, ledger.place_holds(list(requests.values())), strict=True))
    reach("after_legs")
    declines = read_declines([answer for answer in answers.values() if isinstance(answer, ledger.Declined)])
    held: list[int] = []
    for place, answer in answers.items():
        if isinstance(answer, ledger.HoldPlaced) and not answer.replayed:
            held.append(place)
        else:
            refusals[place] = _declined(intents[place], answer, room, declines)
    done = _write([(intents[place], requests[place]) for place in held], room)
    judged.keep(held)
    again = {*consents.note(held), *limits.note(held)}
    keep_attempts(
        [_attempt(intents[place], no, room) for place, no in refusals.items() if place not in again], room.moment
    )
    results: dict[int, HoldResult | Again] = {place: HoldRefused(no) for place, no in refusals.items()}
    results |= dict.fromkeys(again, AGAIN)
    results |= zip(held, done, strict=True)
    return [results[place] for place in range(len(intents))]


def _amount(intent: AuthoriseIntent, room: SalesCounter) -> Amount:
    order = room.orders[intent.order_id]
    return amount_of(order.amount_minor, order.asset_code)


def _wallet(intent: AuthoriseIntent, room: SalesCounter) -> WalletPlace:
    return room.wallets[intent.customer_id, room.orders[intent.order_id].asset_code]


def _consent_use(intent: AuthoriseIntent, room: SalesCounter) -> ConsentUse | None:
    if isinstance(intent.consent, PinProof):
        return None
    payee = room.orders[intent.order_id].merchant_id
    return ConsentUse(intent.consent, intent.customer_id, payee, _amount(intent, room))


def _risk_ask(intent: AuthoriseIntent, room: SalesCounter) -> tuple[RiskAsk, int]:
    order = room.orders[intent.order_id]
    ask = RiskAsk(intent.customer_id, "payment", order.merchant_id, order.amount_minor, order.asset_code, intent.origin)
    return ask, _wallet(intent, room).ledger_account


def _limit_use(intent: AuthoriseIntent, room: SalesCounter) -> LimitUse:
    tier = room.payers[intent.customer_id].tier
    payee = room.orders[intent.order_id].merchant_id
    return LimitUse(_wallet(intent, room), tier, _amount(intent, room), intent.instrument, payee)


def _request(intent: AuthoriseIntent, room: SalesCounter, expires_at: datetime) -> ledger.HoldRequest:
    """The order is the business key of the hold as of the payment: money is set aside for it once, for ever."""
    order = room.orders[intent.order_id]
    account = _wallet(intent, room).ledger_account
    return ledger.HoldRequest(uuid7(), account, order.amount_minor, f"order:{order.id}", expires_at)


def _declined(intent: AuthoriseIntent, answer: Any, room: SalesCounter, declines: Declines) -> Refusal:
    if not isinstance(answer, ledger.Declined):
        return OrderAuthorised(order_id=intent.order_id)
    account = _wallet(intent, room).ledger_account
    return declines.refusal(answer, account, _amount(intent, room), ShopCannotReceive, OrderAuthorised)


def _attempt(intent: AuthoriseIntent, refusal: Refusal, room: SalesCounter) -> Attempt | None:
    order = room.orders.get(intent.order_id)
    if order is None or intent.customer_id not in room.payers:
        return None
    return Attempt(intent.customer_id, order, room.shops[order.merchant_id][0].name, refusal)


def _write(held: Sequence[tuple[AuthoriseIntent, ledger.HoldRequest]], room: SalesCounter) -> list[HoldDone]:
    if not held:
        return []
    rows = [
        Authorisation(
            id=uuid7(),
            order_id=intent.order_id,
            customer_id=intent.customer_id,
            wallet_id=_wallet(intent, room).wallet_id,
            merchant_id=room.orders[intent.order_id].merchant_id,
            payee_zh=room.shops[room.orders[intent.order_id].merchant_id][0].name_zh,
            payee_en=room.shops[room.orders[intent.order_id].merchant_id][0].name_en,
            amount_minor=request.amount,
            asset_code=room.orders[intent.order_id].asset_code,
            instrument=intent.instrument,
            hold_id=request.id,
            authorised_at=room.moment,
            expires_at=request.expires_at,
        )
        for intent, request in held
    ]
    Authorisation.objects.bulk_create(rows)
    Order.objects.filter(id__in=[row.order_id for row in rows]).update(state=AUTHORISED)
    publish_many([_fact(row) for row in rows])
    return [HoldDone(row.id, False, _body(row)) for row in rows]


def _fact(row: Authorisation) -> PaymentAuthorised:
    return PaymentAuthorised(
        payment_id=row.id,
        customer_id=row.customer_id,
        merchant_id=row.merchant_id,
        order_id=row.order_id,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        expires_at=row.expires_at,
        at=row.authorised_at,
    )


def _body(row: Authorisation) -> dict[str, Any]:
    return {
        "payment_id": str(row.id),
        "order_id": str(row.order_id),
        "state": row.state,
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "authorised_at": row.authorised_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
    }
