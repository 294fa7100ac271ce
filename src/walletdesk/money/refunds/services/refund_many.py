"""Give money back: the whole batch with a constant number of statements.

    keys → payments locked → judged → approvals read → limits' counters locked → one posting → counters, refund rows,
    notes on payments, facts, answers

The fee goes back first, so that a shop that has only what this payment brought it can still refund it. The table refuses a
refund without its approval (``sql/guards.sql``), whoever writes; here it is asked first, so that the answer has words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint, release_many, store_many
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.public import MerchantView, merchants
from walletdesk.money.payments.public import (
    PaymentNotFound,
    PaymentView,
    ReferenceUsed,
    RefundNote,
    answer_of_key,
    in_one_go,
    lock_payments,
    note_refunded_many,
    number_receipts,
    read_declines,
    refused_by_key,
)
from walletdesk.money.refunds import rules
from walletdesk.money.refunds.errors import (
    ApprovalNotGiven,
    ApprovalUsed,
    MerchantCannotCover,
    MerchantFrozen,
    RefundExceedsPayment,
    RefundNotDone,
    RefundNotPositive,
    RefundOfRefund,
)
from walletdesk.money.refunds.events import RefundPosted
from walletdesk.money.refunds.models import APPROVAL, MERCHANT, Refund
from walletdesk.money.refunds.queries import paid_so_far
from walletdesk.money.wallets.public import UseEnded, WalletIsFrozen, give_back, lock_uses, wallet_places
from walletdesk.trust.approvals.public import ProposalView, proposal

ROUTE = "refunds.refund"
CREATED = 201
LETTER = "R"


@dataclass(frozen=True, slots=True)
class RefundIntent:
    """``authority`` is ``approval`` (with the approved proposal's id) or ``merchant``: the shop's own money, given back on
    the shop's own word. ``merchant_id`` is the shop whose key asks: it refunds its own payments alone, and ``key`` is one of
    its own. ``amount_minor`` in the payment's asset.
    """

    key: str
    payment_id: UUID
    amount_minor: int
    authority: str
    approval_id: UUID | None = None
    reason: str = ""
    merchant_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Refunded:
    refund_id: UUID
    number: str
    replayed: bool
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RefundRefused:
    refusal: Refusal


RefundResult = Refunded | RefundRefused


def refund_once(intent: RefundIntent) -> Refunded:
    """One refund; a batch of one. Refuses, in this order: the key refusals, (a replay answers here), ``RefundOfRefund``,
    ``PaymentNotFound`` (or not of the shop that asks), ``RefundNotPositive``, ``ApprovalUsed``, ``ApprovalNotGiven``,
    ``RefundExceedsPayment(left)``, ``MerchantFrozen``, ``MerchantCannotCover``, ``WalletIsFrozen`` (it takes nothing in).
    ``RefundNotDone``: ours, undone.
    """
    (result,) = refund_many([intent])
    if isinstance(result, RefundRefused):
        raise result.refusal
    return result


def refund_many(intents: Sequence[RefundIntent]) -> list[RefundResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`refund_once`."""
    return in_one_go(intents, _once, wants=_wants, refused=RefundRefused, broken=RefundNotDone)


def _wants(intent: RefundIntent) -> Iterable[Hashable]:
    return (intent.payment_id, (intent.approval_id or intent.merchant_id or intent.payment_id, intent.key))


@dataclass(frozen=True, slots=True)
class _Room:
    moment: datetime
    paid: dict[UUID, PaymentView]
    shops: dict[UUID, MerchantView]
    wallets: dict[UUID, int]
    refund_ids: set[UUID]
    approvals: dict[UUID, ProposalView]
    used: set[UUID]
    fee_accounts: dict[str, int]


def _once(intents: Sequence[RefundIntent]) -> list[RefundResult]:
    claims = [_claim(intent) for intent in intents]
    states = claim_many(claims)
    results: list[RefundResult | None] = [_known(one, state) for one, state in zip(claims, states, strict=True)]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_post([intents[place] for place in fresh]), strict=True):
            results[place] = result
        answers = [(claims[place], results[place]) for place in fresh]
        store_many([(claim, CREATED, result.body) for claim, result in answers if isinstance(result, Refunded)])
        release_many([claim for claim, result in answers if not isinstance(result, Refunded)])
    return [result for result in results if result is not None]


def _claim(intent: RefundIntent) -> KeyClaim:
    if intent.merchant_id is not None:
        asked = {"payment": intent.payment_id, "amount": intent.amount_minor, "reason": intent.reason}
        return KeyClaim(f"merchant:{intent.merchant_id}", ROUTE, intent.key, fingerprint(asked))
    body = fingerprint({"amount": intent.amount_minor, "by": intent.authority, "approval": intent.approval_id})
    return KeyClaim(f"payment:{intent.payment_id}", ROUTE, intent.key, body)


def _known(claim: KeyClaim, state: Any) -> RefundResult | None:
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return RefundRefused(refusal)
    body = answer_of_key(state)
    return None if body is None else Refunded(UUID(body["refund_id"]), body["number"], True, body)


def _judge_and_post(intents: Sequence[RefundIntent]) -> list[RefundResult]:
    room = _read(intents)
    refusals = [_obstacle(intent, room) for intent in intents]
    willing = [place for place, refusal in enumerate(refusals) if refusal is None]
    ids = {place: uuid7() for place in willing}
    counters = lock_uses({room.paid[intents[place].payment_id].wallet_id for place in willing})
    answers = ledger.post_many([_entry(ids[place], intents[place], room) for place in willing])
    reach("in_refund")
    declines = read_declines(answers)
    posted: list[int] = []
    entries: dict[int, UUID] = {}
    for place, answer in zip(willing, answers, strict=True):
        if isinstance(answer, ledger.Posted):
            if answer.replayed:
                refusals[place] = ReferenceUsed()
                continue
            posted.append(place)
            entries[place] = answer.entry_id
        else:
            paid = room.paid[intents[place].payment_id]
            amount = Amount(intents[place].amount_minor, paid.amount.asset)
            shop = room.shops[paid.merchant_id].ledger_account
            if answer.code.startswith("account_frozen"):
                refusals[place] = MerchantFrozen() if answer.account_id == shop else WalletIsFrozen()
            else:
                refusals[place] = declines.refusal(
                    answer, shop, amount, WalletIsFrozen, ReferenceUsed, short=MerchantCannotCover
                )
    give_back(counters, [_use_ended(intents[place], room) for place in posted], room.moment)
    done = _write([(intents[place], ids[place], entries[place]) for place in posted], room)
    written = dict(zip(posted, done, strict=True))
    return [
        written[place] if place in written else RefundRefused(no or RefundNotDone())
        for place, no in enumerate(refusals)
    ]


def _read(intents: Sequence[RefundIntent]) -> _Room:
    wanted = {intent.payment_id for intent in intents}
    paid = lock_payments(wanted)
    approval_ids = {intent.approval_id for intent in intents if intent.approval_id}
    places = wallet_places({view.customer_id for view in paid.values()})
    return _Room(
        moment=now(),
        paid=paid,
        shops=merchants({view.merchant_id for view in paid.values()}),
        wallets={view.id: places[view.customer_id, view.amount.asset.code].ledger_account for view in paid.values()},
        refund_ids=set(Refund.objects.filter(id__in=wanted - paid.keys()).values_list("id", flat=True)),
        approvals={one: view for one in approval_ids if (view := proposal(one))},
        used=set(Refund.objects.filter(approval_id__in=approval_ids).values_list("approval_id", flat=True)),
        fee_accounts={
            code: ledger.system_account("fee_income", code)
            for code in {view.amount.asset.code for view in paid.values()}
        },
    )


def _obstacle(intent: RefundIntent, room: _Room) -> Refusal | None:
    paid = room.paid.get(intent.payment_id)
    if paid is not None and intent.merchant_id not in (None, paid.merchant_id):
        return PaymentNotFound()
    so_far = paid_so_far(paid) if paid else None
    code = rules.obstacle(so_far, intent.amount_minor, is_refund=intent.payment_id in room.refund_ids)
    if code == "refund_of_refund":
        return RefundOfRefund()
    if code == "payment_not_found" or paid is None:
        return PaymentNotFound()
    if code == "refund_not_positive":
        return RefundNotPositive()
    refusal = _authority(intent, room)
    if refusal is not None:
        return refusal
    return RefundExceedsPayment(left=paid.left) if code else None


def _authority(intent: RefundIntent, room: _Room) -> Refusal | None:
    """An approval of exactly this payment and sum, not used yet; a shop needs none for its own money."""
    if intent.authority == MERCHANT and intent.approval_id is None:
        return None
    if intent.merchant_id is not None:
        return ApprovalNotGiven()
    if intent.authority != APPROVAL or intent.approval_id is None:
        return ApprovalNotGiven()
    if intent.approval_id in room.used:
        return ApprovalUsed()
    given = room.approvals.get(intent.approval_id)
    if (
        given is None
        or given.kind != "refund"
        or given.state != "approved"
        or given.payload.get("payment_id") != str(intent.payment_id)
        or given.payload.get("amount_minor") != intent.amount_minor
    ):
        return ApprovalNotGiven()
    return None


def _fee_back(intent: RefundIntent, room: _Room) -> int:
    return rules.fee_share(paid_so_far(room.paid[intent.payment_id]), intent.amount_minor)


def _entry(refund_id: UUID, intent: RefundIntent, room: _Room) -> ledger.Entry:
    paid = room.paid[intent.payment_id]
    shop = room.shops[paid.merchant_id].ledger_account
    lines = [ledger.Line(shop, room.wallets[paid.id], intent.amount_minor)]
    fee = _fee_back(intent, room)
    if fee:
        lines.insert(0, ledger.Line(room.fee_accounts[paid.amount.asset.code], shop, fee))
    return ledger.Entry(
        id=uuid7(),
        kind="refund",
        reference=_reference(refund_id, intent, paid.merchant_id),
        lines=tuple(lines),
        refunds=paid.entry_id,
        memo=paid.receipt_number,
    )


def _reference(refund_id: UUID, intent: RefundIntent, merchant_id: UUID) -> str:
    """An approval moves money once by its own id. A shop's key is forgotten after a while; the books never forget it."""
    if intent.authority == APPROVAL:
        return str(refund_id)
    return fingerprint({"shop": merchant_id, "key": intent.key})


def _use_ended(intent: RefundIntent, room: _Room) -> UseEnded:
    """What comes back on the day it was counted was not spent on that day; the same for month, year and lifetime."""
    paid = room.paid[intent.payment_id]
    return UseEnded(paid.wallet_id, paid.instrument, intent.amount_minor, paid.counted_at, payee_id=paid.merchant_id)


def _write(posted: Sequence[tuple[RefundIntent, UUID, UUID]], room: _Room) -> list[Refunded]:
    if not posted:
        return []
    numbers = number_receipts(LETTER, room.moment, len(posted))
    rows: list[Refund] = []
    notes: list[RefundNote] = []
    for (intent, refund_id, entry_id), number in zip(posted, numbers, strict=True):
        asset = room.paid[intent.payment_id].amount.asset
        fee = _fee_back(intent, room)
        reason = intent.reason.strip()[:500]
        rows.append(
            Refund(
                id=refund_id,
                number=number,
                payment_id=intent.payment_id,
                amount_minor=intent.amount_minor,
                asset_code=asset.code,
                fee_back_minor=fee,
                entry_id=entry_id,
                authority=intent.authority,
                approval_id=intent.approval_id,
                reason=reason,
                made_at=room.moment,
            )
        )
        notes.append(
            RefundNote(
                refund_id,
                number,
                intent.payment_id,
                Amount(intent.amount_minor, asset),
                Amount(fee, asset),
                reason,
                entry_id,
                room.moment,
            )
        )
    note_refunded_many(notes)
    Refund.objects.bulk_create(rows)
    publish_many([_fact(row, room) for row in rows])
    return [Refunded(row.id, row.number, False, _body(row)) for row in rows]


def _fact(row: Refund, room: _Room) -> RefundPosted:
    paid = room.paid[row.payment_id]
    given = room.approvals.get(row.approval_id) if row.approval_id else None
    return RefundPosted(
        refund_id=row.id,
        number=row.number,
        payment_id=row.payment_id,
        customer_id=paid.customer_id,
        merchant_id=paid.merchant_id,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        authority=row.authority,
        approval_id=row.approval_id,
        case_id=given.case_id if given else None,
        at=row.made_at,
    )


def _body(row: Refund) -> dict[str, Any]:
    return {
        "refund_id": str(row.id),
        "number": row.number,
        "payment_id": str(row.payment_id),
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "made_at": row.made_at.isoformat(),
    }
