"""``{% load standing_still %}{% standing_still %}``: a frozen account reads frozen on every page of its owner."""

from __future__ import annotations

from typing import Any

from django import template

from walletdesk.service.freezes.public import freeze_state

register = template.Library()
HERE = "/wallet/me/freeze/"


@register.inclusion_tag("parts/standing_still.html", takes_context=True)
def standing_still(context: template.Context) -> dict[str, Any]:
    """A banner while anything of this customer stands still; nothing on the page that says it in full."""
    request = context.get("request")
    customer = getattr(request, "customer", None)
    if customer is None or request is None or request.path.startswith(HERE):
        return {"state": None}
    state = freeze_state(customer.id)
    return {"state": state if state.frozen else None}
