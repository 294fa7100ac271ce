"""Money to a person at a later moment: set aside at once, so that it is there when it is due.

    keys → judged like a transfer of now: obstacles, consents, risk, limits → one placing of holds → rows, counters, facts,
    answers

The limits count it on the day on which it is asked for; what is cancelled or fails gives its use back. Its key counts where
that of a transfer of now does: whoever sends money, now or later, has one wish under one key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyClaim, claim_many, fingerprint, release_many, store_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.agreements.public import Consent
from walletdesk.money.payments.errors import PaymentNotDone, TooManyPlanned, WhenNotUsable
from walletdesk.money.payments.models import ScheduledTransfer
from walletdesk.money.payments.rules.holding import WAITING
from walletdesk.money.payments.services.in_one_go import AGAIN, Again, in_one_go
from walletdesk.money.payments.services.judge_transfers import Judged, TransferIntent, TransferRefused, judge
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.set_transfers_aside import Later, body_of, place_holds, write_rows
from walletdesk.money.payments.services.transfer_many import ROUTE
from walletdesk.trust.risk.public import UNKNOWN_ORIGIN, Delay, Origin

CREATED = 201


@dataclass(frozen=True, slots=True)
class ScheduleIntent:
    """As ``TransferIntent``, to be made at ``due_at``."""

    key: str
    from_customer: UUID
    to_customer: UUID
    amount: Amount
    consent: Consent
    due_at: datetime
    note: str = ""
    origin: Origin = UNKNOWN_ORIGIN
    named: str = ""

    @property
    def transfer(self) -> TransferIntent:
        return TransferIntent(
            self.key,
            self.from_customer,
            self.to_customer,
            self.amount,
            self.consent,
            self.note,
            self.origin,
            self.named,
        )


@dataclass(frozen=True, slots=True)
class Scheduled:
    """``transfer_id`` stays the transfer's when it is made. ``body`` is the answer as it is kept under the key."""

    transfer_id: UUID
    number: str
    replayed: bool
    body: dict[str, Any]


ScheduleResult = Scheduled | TransferRefused


def schedule(intent: ScheduleIntent) -> Scheduled:
    """One transfer for later; a batch of one. Refuses, in this order: the key refusals, (a replay answers here),
    ``WhenNotUsable(days)``, then all that ``transfer`` refuses, with ``TooManyPlanned(most)`` after the limits.
    """
    (result,) = schedule_many([intent])
    if isinstance(result, TransferRefused):
        raise result.refusal
    return result


def schedule_many(intents: Sequence[ScheduleIntent]) -> list[ScheduleResult]:
    """One result per intent, in their order; one intent's refusal never touches another. See :func:`schedule`."""
    return in_one_go(intents, _once, wants=_wants, refused=TransferRefused, broken=PaymentNotDone)


def _wants(intent: ScheduleIntent) -> Iterable[Hashable]:
    return ((intent.from_customer, intent.key),)


def _once(intents: Sequence[ScheduleIntent]) -> list[ScheduleResult | Again]:
    claims = [_claim(intent) for intent in intents]
    results: list[ScheduleResult | Again | None] = [
        _known(claim, state) for claim, state in zip(claims, claim_many(claims), strict=True)
    ]
    fresh = [place for place, result in enumerate(results) if result is None]
    if fresh:
        for place, result in zip(fresh, _judge_and_hold([intents[place] for place in fresh]), strict=True):
            results[place] = result
        answers = [(claims[place], results[place]) for place in fresh]
        store_many([(claim, CREATED, result.body) for claim, result in answers if isinstance(result, Scheduled)])
        release_many([claim for claim, result in answers if not isinstance(result, Scheduled)])
    return [result for result in results if result is not None]


def _claim(intent: ScheduleIntent) -> KeyClaim:
    body = fingerprint(
        {
            "to": intent.named or intent.to_customer,
            "amount": intent.amount.minor,
            "asset": intent.amount.asset.code,
            "note": intent.note,
            "due": intent.due_at.isoformat(),
        }
    )
    return KeyClaim(f"customer:{intent.from_customer}", ROUTE, intent.key, body)


def _known(claim: KeyClaim, state: Any) -> ScheduleResult | None:
    refusal = refused_by_key(claim, state)
    if refusal is not None:
        return TransferRefused(refusal)
    body = answer_of_key(state)
    return None if body is None else Scheduled(UUID(body["transfer_id"]), body["number"], True, body)


def _judge_and_hold(intents: Sequence[ScheduleIntent]) -> list[ScheduleResult | Again]:
    results: dict[int, ScheduleResult | Again] = {
        place: TransferRefused(no) for place, intent in enumerate(intents) if (no := _too_early_or_late(intent))
    }
    in_time = [place for place in range(len(intents)) if place not in results]
    asked = [intents[place] for place in in_time]
    results |= zip(in_time, _hold(asked), strict=True)
    return [results[place] for place in range(len(intents))]


def _too_early_or_late(intent: ScheduleIntent) -> Refusal | None:
    moment = now()
    days: int = value("transfer.longest_days", moment)
    return None if moment < intent.due_at <= moment + timedelta(days=days) else WhenNotUsable(days=days)


def _hold(intents: Sequence[ScheduleIntent]) -> list[ScheduleResult | Again]:
    """What risk wants to wait waits at least as long as risk says."""
    if not intents:
        return []
    judged = judge([intent.transfer for intent in intents])
    _leave_out_beyond_most(intents, judged)
    laters = {place: _later(intents[place], judged.delays.get(place)) for place in judged.willing}
    held = place_holds(judged, laters)
    again = judged.keep(set(held))
    rows = write_rows(judged, laters, held)
    results: dict[int, ScheduleResult | Again] = {place: TransferRefused(no) for place, no in judged.refusals.items()}
    results |= dict.fromkeys(again, AGAIN)
    results |= {place: Scheduled(row.id, row.number, False, body_of(row)) for place, row in rows.items()}
    return [results[place] for place in range(len(intents))]


def _leave_out_beyond_most(intents: Sequence[ScheduleIntent], judged: Judged) -> None:
    """So many of one person may wait. The counters of their wallet are locked by now: nobody plans beside them."""
    most: int = value("transfer.most_planned", judged.room.moment)
    payers = {intents[place].from_customer for place in judged.willing}
    waiting = Counter(
        ScheduledTransfer.objects.filter(from_customer_id__in=payers, state=WAITING).values_list(
            "from_customer_id", flat=True
        )
    )
    for place in judged.willing:
        payer = intents[place].from_customer
        if waiting[payer] >= most:
            judged.refusals[place] = TooManyPlanned(most=most)
        else:
            waiting[payer] += 1
    judged.willing[:] = [place for place in judged.willing if place not in judged.refusals]


def _later(intent: ScheduleIntent, delay: Delay | None) -> Later:
    if delay is None:
        return Later(intent.transfer, intent.due_at)
    return Later(intent.transfer, max(intent.due_at, delay.until), delay.reason)
