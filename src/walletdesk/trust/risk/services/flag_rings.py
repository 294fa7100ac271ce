"""Remember transfers and flag the rings that they close."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.trust.risk.events import RiskFlagged
from walletdesk.trust.risk.models import RING, RiskFlag, SeenTransfer
from walletdesk.trust.risk.rules.rings import LONGEST_RING, WINDOW, Leg, Ring, looping


def flag_rings(legs: Sequence[Leg]) -> list[UUID]:
    """The ids of the flags raised now. A constant number of statements for any number of transfers.

    Two batches that each bring half of a ring must not miss each other, so batches stand in line.
    """
    if not legs:
        return []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('risk:rings', 0))")
        SeenTransfer.objects.bulk_create(
            [
                SeenTransfer(
                    transfer_id=leg.transfer_id,
                    from_customer_id=leg.from_customer_id,
                    to_customer_id=leg.to_customer_id,
                    amount_minor=leg.amount_minor,
                    at=leg.at,
                )
                for leg in legs
            ],
            ignore_conflicts=True,
        )
        new = {leg.transfer_id for leg in legs}
        rings = [ring for ring in looping(_around(legs)) if new & {leg.transfer_id for leg in ring}]
        return _flag(rings)


def _around(legs: Sequence[Leg]) -> list[Leg]:
    """The transfers that could stand in a ring with these: up to ``LONGEST_RING`` steps on, within the window."""
    since, until = min(leg.at for leg in legs) - WINDOW, max(leg.at for leg in legs) + WINDOW
    reached = {leg.from_customer_id for leg in legs} | {leg.to_customer_id for leg in legs}
    frontier, found = reached, {leg.transfer_id: leg for leg in legs}
    for _ in range(LONGEST_RING - 1):
        step = SeenTransfer.objects.filter(from_customer_id__in=frontier, at__range=(since, until))
        for row in step:
            found[row.transfer_id] = Leg(
                row.transfer_id, row.from_customer_id, row.to_customer_id, row.amount_minor, row.at
            )
        frontier = {leg.to_customer_id for leg in found.values()} - reached
        reached = reached | frontier
        if not frontier:
            break
    return list(found.values())


def _flag(rings: Sequence[Ring]) -> list[UUID]:
    moment = now()
    drafts = [
        RiskFlag(
            kind=RING,
            key=",".join(str(leg.transfer_id) for leg in ring),
            customer_ids=[leg.from_customer_id for leg in ring],
            transfer_ids=[leg.transfer_id for leg in ring],
            amount_minor=min(leg.amount_minor for leg in ring),
            raised_at=moment,
        )
        for ring in rings
    ]
    known = set(
        RiskFlag.objects.filter(kind=RING, key__in=[draft.key for draft in drafts]).values_list("key", flat=True)
    )
    fresh = RiskFlag.objects.bulk_create([draft for draft in drafts if draft.key not in known])
    publish_many(
        [
            RiskFlagged(one.id, one.kind, one.customer_ids, one.transfer_ids, one.amount_minor, one.raised_at)
            for one in fresh
        ]
    )
    return [one.id for one in fresh]
