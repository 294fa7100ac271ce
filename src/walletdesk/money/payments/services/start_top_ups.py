"""Money from a bank: written down, asked for outside any transaction, settled by what the bank says.

1  keys and rows committed (``pending``)             a crash from here on leaves rows that are asked about
2  the bank is asked to pull, with each row's id     no transaction is open; at most the adapter's deadline each
3  the answers are booked (``done``, ``declined``), or the rows become ``unknown``
4  as long as an end is open, ``settle_top_ups`` asks the bank again with the same id
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from walletdesk.foundation.amount.public import Amount, AmountTooBig, AmountTooSmall
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint, release_many, store_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.payments.models import TopUp
from walletdesk.money.payments.ports import BankAnswer, the_bank
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.queries.top_ups import TopUpView, as_view
from walletdesk.money.payments.rules.receipt_numbers import TOP_UP
from walletdesk.money.payments.services.ask_limits import ask_limits
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.known_outcome import known_outcome
from walletdesk.money.payments.services.make_orders import LARGEST_SUM
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.payments.services.settle_top_ups import TOP_UP_BY, settle
from walletdesk.money.wallets.public import (
    LimitUse,
    WalletIsFrozen,
    WalletMissing,
    WalletPlace,
    WalletView,
    wallets_for,
)
from walletdesk.trust.customers.public import customers

ROUTE = "payments.top_up"
ACCEPTED = 202
LINES_TO_THE_BANK = 4


@dataclass(frozen=True, slots=True)
class TopUpRequest:
    """``key`` is made by the customer's device, one for each wish."""

    key: str
    customer_id: UUID
    amount: Amount


TopUpResult = TopUpView | Refusal


def start_top_up(key: str, customer_id: UUID, amount: Amount) -> TopUpView:
    """Ask the bank for money and say what came of it: ``done``, ``declined`` (``refusal`` says why, ``bank_unavailable``
    when nothing was sent) or ``unknown`` (being settled until ``due_at``). The same key answers with the same top-up as
    it stands now, and never asks the bank a second time. Never call it inside a transaction.

    Refuses, in this order: the key refusals, ``AmountTooSmall``, ``AmountTooBig``, ``WalletMissing``, ``WalletIsFrozen``
    (nothing may come in), ``LimitReached`` (single, day, month, year, lifetime, balance).
    """
    (result,) = start_top_ups([TopUpRequest(key, customer_id, amount)])
    if isinstance(result, Refusal):
        raise result
    return result


def start_top_ups(requests: Sequence[TopUpRequest]) -> list[TopUpResult]:
    """One result per request, in their order; one's refusal never touches another. See :func:`start_top_up`. The bank
    is asked over a few lines at once, and all are settled when the last answer is in.
    """
    written = _written_down(requests)
    fresh = {result.id: result for result in written if isinstance(result, TopUp)}
    answers = _ask_bank(list(fresh.values()))
    settled = {view.id: view for view in settle(answers)} if answers else {}
    return [settled[result.id] if isinstance(result, TopUp) else result for result in written]


def _written_down(requests: Sequence[TopUpRequest]) -> list[TopUp | TopUpView | Refusal]:
    """Step 1. When the answer to its commit is lost the keys say what was written: rows that were ours are asked for now,
    as nobody else has asked the bank for them.
    """
    ours: set[UUID] = set()

    def first() -> list[TopUp | TopUpView | Refusal]:
        written = _write(requests)
        ours.update(row.id for row in written if isinstance(row, TopUp))
        return written

    def again() -> list[TopUp | TopUpView | Refusal]:
        written = _write(requests)
        rows = TopUp.objects.in_bulk([one.id for one in written if isinstance(one, TopUpView) and one.id in ours])
        return [one if isinstance(one, Refusal) else rows.get(one.id, one) for one in written]

    return known_outcome(first, again, durable=True)


def _ask_bank(rows: Sequence[TopUp]) -> dict[UUID, BankAnswer]:
    bank = the_bank() if rows else None

    def pulled(row: TopUp) -> BankAnswer:
        assert bank is not None
        return bank.pull(str(row.id), amount_of(row.amount_minor, row.asset_code))

    if len(rows) < 2:
        return {row.id: pulled(row) for row in rows}
    with ThreadPoolExecutor(LINES_TO_THE_BANK) as lines:
        return dict(zip((row.id for row in rows), lines.map(pulled, rows), strict=True))


def _write(requests: Sequence[TopUpRequest]) -> list[TopUp | TopUpView | Refusal]:
    """Each request's new row, or what its key stands for already, or why there is none."""
    claims = [_claim(request) for request in requests]
    states = claim_many(claims)
    results: list[TopUp | TopUpView | Refusal | None] = [
        refused_by_key(claim, state) for claim, state in zip(claims, states, strict=True)
    ]
    known = {place: UUID(body["top_up_id"]) for place, state in enumerate(states) if (body := answer_of_key(state))}
    if known:
        rows = TopUp.objects.in_bulk(list(known.values()))
        for place, top_up_id in known.items():
            results[place] = as_view(rows[top_up_id])
    fresh = [place for place, result in enumerate(results) if result is None]
    made = _make([requests[place] for place in fresh]) if fresh else []
    for place, row in zip(fresh, made, strict=True):
        results[place] = row
    new = [(claims[place], row) for place, row in zip(fresh, made, strict=True)]
    store_many([(claim, ACCEPTED, {"top_up_id": str(row.id)}) for claim, row in new if isinstance(row, TopUp)])
    release_many([claim for claim, row in new if not isinstance(row, TopUp)])
    return [result for result in results if result is not None]


def _claim(request: TopUpRequest) -> KeyClaim:
    body = fingerprint({"amount": request.amount.minor, "asset": request.amount.asset.code})
    return KeyClaim(f"customer:{request.customer_id}", ROUTE, request.key, body)


def _make(requests: Sequence[TopUpRequest]) -> list[TopUp | Refusal]:
    """The rows of those who may, with their numbers; refusals in the places of the others."""
    wallets: dict[tuple[UUID, str], WalletView] = {}
    for asset in {request.amount.asset.code for request in requests}:
        askers = [request.customer_id for request in requests if request.amount.asset.code == asset]
        wallets |= {(customer, asset): wallet for customer, wallet in wallets_for(askers, asset).items()}
    refusals = [_obstacle(request, wallets) for request in requests]
    moment = now()
    tiers = {view.id: view.tier for view in customers(request.customer_id for request in requests).values()}
    limits = ask_limits(
        {
            place: _limit_use(request, wallets, tiers)
            for place, request in enumerate(requests)
            if refusals[place] is None
        },
        moment,
    )
    for place, reached in limits.refusals.items():
        refusals[place] = reached
    willing = [place for place, refusal in enumerate(refusals) if refusal is None]
    limits.note(willing)
    rows = iter(_rows([requests[place] for place in willing], wallets, moment) if willing else [])
    return [refusal or next(rows) for refusal in refusals]


def _limit_use(request: TopUpRequest, wallets: dict[tuple[UUID, str], WalletView], tiers: dict[UUID, int]) -> LimitUse:
    into = wallets[request.customer_id, request.amount.asset.code]
    place = WalletPlace(into.id, into.customer_id, into.ledger_account)
    return LimitUse(place, tiers[request.customer_id], request.amount, TOP_UP_BY)


def _obstacle(request: TopUpRequest, wallets: dict[tuple[UUID, str], WalletView]) -> Refusal | None:
    if request.amount.minor <= 0:
        return AmountTooSmall()
    if request.amount.minor > LARGEST_SUM:
        return AmountTooBig()
    into = wallets.get((request.customer_id, request.amount.asset.code))
    if into is None:
        return WalletMissing(asset=request.amount.asset.code)
    return WalletIsFrozen() if into.freeze in ("credit", "full") else None


def _rows(
    requests: Sequence[TopUpRequest], wallets: dict[tuple[UUID, str], WalletView], moment: datetime
) -> list[TopUp]:
    numbers = number_receipts(TOP_UP, moment, len(requests))
    # One deadline more than the last in line may wait: before that, we may still be waiting for our own answer.
    longest = 1 + -(-len(requests) // LINES_TO_THE_BANK)
    due_at = moment + timedelta(seconds=value("topup.settle_due_seconds", moment))
    ask_after = moment + timedelta(seconds=longest * value("topup.unknown_after_seconds", moment))
    return TopUp.objects.bulk_create(
        TopUp(
            id=uuid7(),
            number=number,
            customer_id=request.customer_id,
            wallet_id=wallets[request.customer_id, request.amount.asset.code].id,
            amount_minor=request.amount.minor,
            asset_code=request.amount.asset.code,
            started_at=moment,
            due_at=due_at,
            ask_after=ask_after,
        )
        for request, number in zip(requests, numbers, strict=True)
    )
