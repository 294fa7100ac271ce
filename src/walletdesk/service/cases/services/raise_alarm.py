"""A case becomes urgent: it goes to the front of the queue."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from walletdesk.service.cases.models import Case
from walletdesk.service.cases.rules.queue_order import PRIORITIES
from walletdesk.service.cases.services.move_case import place_in_queue


def raise_priority(case_ids: Iterable[uuid.UUID]) -> None:
    """Give open cases the highest priority. Unknown and closed ones are passed over."""
    with transaction.atomic():
        rows = list(
            Case.objects.select_for_update(no_key=True)
            .filter(id__in=set(case_ids))
            .exclude(state="closed")
            .order_by("id")
        )
        for row in rows:
            row.priority = max(PRIORITIES)
            row.queue_at = place_in_queue(row)
        Case.objects.bulk_update(rows, ["priority", "queue_at"])
