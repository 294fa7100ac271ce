"""Money that is set aside, locked with its orders, before it is captured or given free."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from walletdesk.money.payments.models import Authorisation, Order


def lock_holds(ids: Iterable[UUID]) -> dict[UUID, Authorisation]:
    """By id, as they are once nobody else can change them. The orders are locked, in id order, as by whoever pays: a hold
    belongs to one order, so whoever has the order has the hold. Read a second time, because the first read may have waited.
    """
    wanted = set(ids)
    orders = Order.objects.select_for_update(no_key=True, of=("self",)).filter(authorisation__id__in=wanted)
    locked = {order.id: order for order in orders.order_by("id")}
    rows = list(Authorisation.objects.filter(id__in=wanted)) if locked else []
    for row in rows:
        row.order = locked[row.order_id]
    return {row.id: row for row in rows}
