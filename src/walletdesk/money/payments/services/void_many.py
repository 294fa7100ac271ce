"""Give free what was set aside: by the shop, or because nobody captured it in time. Constant statements for the batch.

keys → holds locked with their orders → judged → limits' counters locked → the books free the holds → holds, orders,
counters, facts, answers
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import HoldEnded, PaymentNotDone, PaymentNotFound
from walletdesk.money.payments.events import PaymentVoided
from walletdesk.money.payments.models import Authorisation, Order
from walletdesk.money.payments.rules.holding import AUTHORISED, EXPIRED, VOIDED, HeldFacts, hold_state, void_obstacle
from walletdesk.money.payments.rules.paying import CANCELLED
from walletdesk.money.payments.services.hold_results import (
    DONE,
    HoldDone,
    HoldRefused,
    HoldResult,
    keep_answers,
    known,
)
from walletdesk.money.payments.services.in_one_go import in_one_go
from walletdesk.money.payments.services.lock_holds import lock_holds
from walletdesk.money.wallets.public import UseEnded, give_back, lock_uses

ROUTE = "payments.void"


class HoldsDisagree(RuntimeError):
    """Our own mistake: the books captured what this room believed to be held."""


@dataclass(frozen=True, slots=True)
class VoidIntent:
    """The shop's own key scopes ``key``."""

    key: str
    payment_id: UUID
    merchant_id: UUID


def void(intent: VoidIntent) -> HoldDone:
    """One hold; a batch of one. What is free already stays so. Refuses, in this order: the key refusals, (a replay answers
    here), ``PaymentNotFound`` (or another shop's), ``HoldEnded`` (captured: refund it). ``PaymentNotDone``: ours, undone.
    """
    (result,) = void_many([intent])
    if isinstance(result, HoldRefused):
        raise result.refusal
    return result


def void_many(intents: Sequence[VoidIntent]) -> list[HoldResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`void`."""
    return in_one_go(intents, _once, wants=_wants, refused=HoldRefused, broken=PaymentNotDone)


def end_expired_holds(limit: int = 500) -> int:
    """End what nobody captured in time; how many. For a task on a timer.

    One that surprises is written into the log and left as it is: neither its neighbours nor those behind it wait for it.
    """
    due = Authorisation.objects.filter(state=AUTHORISED, expires_at__lte=now()).order_by("expires_at", "id")
    ended, later = 0, due
    while True:
        page = list(later.values_list("id", "expires_at")[:limit])
        answers = in_one_go(
            [one for one, _ in page], _end_due, wants=lambda one: (one,), refused=_left, broken=PaymentNotDone
        )
        ended += sum(answers)
        if len(page) < limit:
            return ended
        last, expires_at = page[-1]
        later = due.filter(Q(expires_at__gt=expires_at) | Q(expires_at=expires_at, id__gt=last))


def _end_due(ids: Sequence[UUID]) -> list[bool]:
    rows = lock_holds(ids)
    due = {row.id: row for row in rows.values() if row.state == AUTHORISED}
    _end(list(due.values()))
    return [one in due for one in ids]


def _left(stopped: Refusal) -> bool:
    return False


def _wants(intent: VoidIntent) -> Iterable[Hashable]:
    return (intent.payment_id, (intent.merchant_id, intent.key))


def _once(intents: Sequence[VoidIntent]) -> list[HoldResult]:
    claims = [_claim(intent) for intent in intents]
    results = [known(claim, state) for claim, state in zip(claims, claim_many(claims), strict=True)]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_end([intents[place] for place in fresh]), strict=True):
            results[place] = result
        keep_answers([(claims[place], results[place]) for place in fresh], DONE)
    return [result for result in results if result is not None]


def _claim(intent: VoidIntent) -> KeyClaim:
    body = fingerprint({"payment": intent.payment_id})
    return KeyClaim(f"merchant:{intent.merchant_id}", ROUTE, intent.key, body)


def _judge_and_end(intents: Sequence[VoidIntent]) -> list[HoldResult]:
    rows = lock_holds(intent.payment_id for intent in intents)
    refusals = [_obstacle(intent, rows) for intent in intents]
    willing = [rows[one.payment_id] for one, no in zip(intents, refusals, strict=True) if no is None]
    _end([row for row in willing if row.state == AUTHORISED])
    return [
        HoldRefused(no) if no else HoldDone(one.payment_id, False, _body(rows[one.payment_id]))
        for one, no in zip(intents, refusals, strict=True)
    ]


def _obstacle(intent: VoidIntent, rows: dict[UUID, Authorisation]) -> Refusal | None:
    row = rows.get(intent.payment_id)
    if row is None or row.merchant_id != intent.merchant_id:
        return PaymentNotFound()
    code = void_obstacle(HeldFacts(row.state, row.amount_minor, row.expires_at))
    return HoldEnded(state=row.state) if code else None


def _end(rows: Sequence[Authorisation]) -> None:
    """Free them, give their use back to the limits, end their orders, tell. They are locked and open; one whose time is
    over is written down as expired, whoever came."""
    if not rows:
        return
    moment = now()
    counters = lock_uses({row.wallet_id for row in rows})
    for answer in ledger.release_holds([row.hold_id for row in rows]):
        # The books' own timer may have been here before: expired there is free there.
        if isinstance(answer, ledger.Declined) and answer.code != "hold_resolved":
            raise HoldsDisagree(answer)
    reach("after_legs")
    uses = [
        UseEnded(row.wallet_id, row.instrument, row.amount_minor, row.authorised_at, payee_id=row.merchant_id)
        for row in rows
    ]
    give_back(counters, uses, moment)
    for row in rows:
        row.state = EXPIRED if hold_state(row.state, row.expires_at, moment) == EXPIRED else VOIDED
        row.ended_at = moment
    for how in (VOIDED, EXPIRED):
        ended = Authorisation.objects.filter(id__in=[row.id for row in rows if row.state == how])
        ended.update(state=how, ended_at=moment)
    Order.objects.filter(id__in=[row.order_id for row in rows]).update(state=CANCELLED, ended_at=moment)
    publish_many([_fact(row) for row in rows])


def _fact(row: Authorisation) -> PaymentVoided:
    assert row.ended_at is not None
    return PaymentVoided(
        payment_id=row.id,
        customer_id=row.customer_id,
        merchant_id=row.merchant_id,
        order_id=row.order_id,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        why=row.state,
        at=row.ended_at,
    )


def _body(row: Authorisation) -> dict[str, Any]:
    return {
        "payment_id": str(row.id),
        "order_id": str(row.order_id),
        "state": row.state,
        "amount_minor": row.amount_minor,
        "asset": row.asset_code,
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }
