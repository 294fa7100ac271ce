"""What nobody could be told within three days: it was owed to an endpoint that was off, or rested, all the time."""

from __future__ import annotations

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.webhooks.models import Delivery
from walletdesk.service.webhooks.rules.patience import GIVEN_UP, WAITING
from walletdesk.service.webhooks.services.tell_owners import tell_given_up

AT_ONCE = 1000


def give_up_late() -> int:
    """Waiting deliveries whose time is over are given up, a thousand at a time; how many."""
    given_up = 0
    while True:
        moment = now()
        with transaction.atomic():
            late = Delivery.objects.select_for_update(skip_locked=True).filter(state=WAITING, expires_at__lte=moment)
            ids = list(late.values_list("id", flat=True)[:AT_ONCE])
            Delivery.objects.filter(id__in=ids).update(state=GIVEN_UP, ended_at=moment)
            tell_given_up(ids)
        given_up += len(ids)
        if len(ids) < AT_ONCE:
            return given_up
