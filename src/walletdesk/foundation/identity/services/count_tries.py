"""One counter of wrong second factors for each person, over all factors, browsers and addresses (A06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import FactorLocked
from walletdesk.foundation.identity.events import SignInLocked
from walletdesk.foundation.identity.models import FactorTries
from walletdesk.foundation.identity.rules.tries import Tries, after_try
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value


def counted(user_id: UUID, is_right: Callable[[datetime], bool]) -> bool:
    """Whether ``is_right`` said so, counted under a lock and committed whatever it said. Never inside a transaction.

    Refuses: ``FactorLocked`` while the rest lasts; then ``is_right`` is not asked at all. The wrong try that uses up the
    last one still answers False, and publishes ``SignInLocked``.
    """
    moment = now()
    with transaction.atomic(durable=True):
        FactorTries.objects.get_or_create(user_id=user_id)
        row = FactorTries.objects.select_for_update().get(pk=user_id)
        before = Tries(row.wrong_tries, row.locked_until)
        if before.rests(moment):
            refusal = _locked(before, moment)
        else:
            refusal = None
            right = is_right(moment)
            after = after_try(
                before,
                right=right,
                at=moment,
                allowed=value("factor.tries", moment),
                rest_seconds=value("factor.rest_seconds", moment),
            )
            if after != before:
                row.wrong_tries, row.locked_until = after.wrong, after.locked_until
                row.save(update_fields=["wrong_tries", "locked_until"])
            if after.locked_until is not None and not right:
                publish(SignInLocked(user_id, "factor", after.locked_until, moment))
    if refusal is not None:
        raise refusal
    return right


def _locked(tries: Tries, moment: datetime) -> FactorLocked:
    seconds = max(1, int((tries.locked_until - moment).total_seconds())) if tries.locked_until else 1
    return FactorLocked(retry_after=seconds, minutes=-(-seconds // 60))
