"""Best time to call: the hours of the week as one waits in them, in the customer's hand."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from walletdesk.doors._shared.best_time import best_time
from walletdesk.doors._shared.guards import CustomerRequest, customer_only


@require_safe
@customer_only
def best_time_page(request: CustomerRequest) -> HttpResponse:
    """The picture with its table, and the way back to Help."""
    return render(request, "customer_web/best_time.html", {"times": best_time(request)})
