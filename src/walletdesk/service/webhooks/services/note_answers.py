"""Write down how tries ended, and what follows: done, again later, or given up; the endpoint rests, or is gone.

In one transaction for whatever answers came in together: the tries, the deliveries, the endpoints, and a word to the owner
when one of theirs was switched off or something was given up.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.webhooks.models import DISABLED, ENABLED, GONE, Attempt, Delivery, Endpoint
from walletdesk.service.webhooks.ports import Answer, Letter
from walletdesk.service.webhooks.rules import patience
from walletdesk.service.webhooks.rules.patience import DELIVERED, GIVEN_UP, WAITING
from walletdesk.service.webhooks.services.tell_owners import tell_given_up, tell_gone

Noted = tuple[Letter, Answer]
LONGEST_WORDS = 500
STEP = """
    UPDATE webhooks_delivery AS delivery
    SET state = next.state, due_at = next.due_at,
        ended_at = CASE WHEN next.state = 'waiting' THEN NULL ELSE %s::timestamptz END
    FROM unnest(%s::uuid[], %s::int[], %s::text[], %s::timestamptz[]) AS next (id, tries, state, due_at)
    WHERE delivery.id = next.id AND delivery.tries = next.tries AND delivery.state = 'sending'
    RETURNING delivery.id
"""


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of a delivery; ``wished``: the seconds for which its receiver asked to be left alone."""

    state: str
    due_at: datetime
    means: str
    wished: int


def note_answers(noted: Sequence[Noted]) -> None:
    """An answer to a try that counts no more (its claim was taken back) leaves a line in the log and changes nothing."""
    moment = now()
    with transaction.atomic():
        expires = dict(
            Delivery.objects.filter(id__in=[letter.delivery_id for letter, _ in noted]).values_list("id", "expires_at")
        )
        steps = {
            letter.delivery_id: _next(letter, answer, expires[letter.delivery_id], moment)
            for letter, answer in noted
            if letter.delivery_id in expires
        }
        Attempt.objects.bulk_create(
            (_attempt(letter, answer, moment) for letter, answer in noted if letter.delivery_id in expires),
            ignore_conflicts=True,
        )
        counted = _step(noted, steps, moment)
        _note_health([one for one in noted if one[0].delivery_id in counted], steps, moment)
        tell_given_up([one for one in counted if steps[one].state == GIVEN_UP and steps[one].means != patience.GONE])


def _next(letter: Letter, answer: Answer, expires_at: datetime, moment: datetime) -> Next:
    means = patience.meaning(answer.status)
    wished = patience.wished_pause(answer.retry_after, moment) if means == patience.AGAIN else 0
    if means == patience.TAKEN:
        return Next(DELIVERED, moment, means, 0)
    pause = patience.pause_after(letter.number, random.random())  # noqa: S311 (jitter, no secret)
    due = moment + timedelta(seconds=max(pause or 0, wished))
    if means == patience.GONE or pause is None or due >= expires_at:
        return Next(GIVEN_UP, moment, means, wished)
    return Next(WAITING, due, means, wished)


def _attempt(letter: Letter, answer: Answer, moment: datetime) -> Attempt:
    return Attempt(
        delivery_id=letter.delivery_id,
        number=letter.number,
        at=moment,
        ended=answer.ended,
        status=answer.status,
        took_ms=answer.took_ms,
        words=answer.words[:LONGEST_WORDS],
    )


def _step(noted: Sequence[Noted], steps: dict[UUID, Next], moment: datetime) -> set[UUID]:
    """The deliveries that took the step; those whose claim was taken back meanwhile did not."""
    known = [letter for letter, _ in noted if letter.delivery_id in steps]
    following = [steps[letter.delivery_id] for letter in known]
    with connection.cursor() as cursor:
        cursor.execute(
            STEP,
            [
                moment,
                [letter.delivery_id for letter in known],
                [letter.number for letter in known],
                [one.state for one in following],
                [one.due_at for one in following],
            ],
        )
        return {delivery_id for (delivery_id,) in cursor.fetchall()}


def _note_health(noted: Iterable[Noted], steps: dict[UUID, Next], moment: datetime) -> None:
    """What an address said that is no longer the endpoint's says nothing of it."""
    by_endpoint: dict[UUID, list[tuple[str, Next]]] = {}
    for letter, _ in noted:
        by_endpoint.setdefault(letter.endpoint_id, []).append((letter.address, steps[letter.delivery_id]))
    rows = list(Endpoint.objects.select_for_update().filter(id__in=by_endpoint).order_by("id"))
    heard = {row.id: [step for address, step in by_endpoint[row.id] if address in ("", row.address)] for row in rows}
    changed = [row for row in rows if heard[row.id] and _changed_by(row, heard[row.id], moment)]
    Endpoint.objects.bulk_update(changed, ["failures", "rests_until", "state", "disabled_because", "changed_at"])
    tell_gone([row for row in changed if row.disabled_because == GONE and row.changed_at == moment])


def _changed_by(row: Endpoint, steps: Sequence[Next], moment: datetime) -> bool:
    before = (row.failures, row.rests_until, row.state)
    for step in steps:
        row.failures = 0 if step.means == patience.TAKEN else row.failures + 1
    rest = max(patience.rest_after(row.failures), *(step.wished for step in steps))
    if rest:
        row.rests_until = max(row.rests_until or moment, moment + timedelta(seconds=rest))
    if row.state == ENABLED and any(step.means == patience.GONE for step in steps):
        row.state, row.disabled_because, row.changed_at = DISABLED, GONE, moment
    return (row.failures, row.rests_until, row.state) != before
