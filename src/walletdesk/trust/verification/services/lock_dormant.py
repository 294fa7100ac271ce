"""Accounts that nobody has signed in to for ``account.dormant_days`` are closed to signing in, to be safe; two proofs open them.

Money still comes in, keys and orders for later go on. Every address hears of it, and the sign-in page says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import not_seen_since
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.customers.public import CustomerView, customers_of_users
from walletdesk.trust.verification.models import AccountLock
from walletdesk.trust.verification.services.lock_account import lock_account

DORMANT, TIMER = "dormant", "timer:verification.lock_dormant_accounts"
LOOKED_AT_TOGETHER, MOST_AT_ONCE = 200, 500


def lock_dormant(most: int = MOST_AT_ONCE) -> int:
    """How many were locked now; ``most`` of them, the next ones when the timer comes round again. Of nought days: nobody."""
    days = int(value("account.dormant_days"))
    if not days:
        return 0
    since = now() - timedelta(days=days)
    locked, after = 0, None
    while locked < most and (users := not_seen_since(since, after, LOOKED_AT_TOGETHER)):
        after = users[-1]
        for person in _open(customers_of_users(users), since)[: most - locked]:
            locked += lock_account(person.id, DORMANT, TIMER)
    return locked


def _open(people: Sequence[CustomerView], since: datetime) -> list[CustomerView]:
    """Those that are neither locked for this nor were let in again meanwhile."""
    mine = AccountLock.objects.filter(customer_id__in=[one.id for one in people], reason=DORMANT)
    standing: set[UUID] = set(
        mine.filter(Q(lifted_at=None) | Q(lifted_at__gte=since)).values_list("customer_id", flat=True)
    )
    return [one for one in people if one.id not in standing]
