"""Best time to call, for anybody: no sign-in, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from walletdesk.doors._shared.best_time import best_time


@require_safe
def best_time_page(request: HttpRequest) -> HttpResponse:
    """The picture with its table."""
    return render(request, "public_web/best_time.html", {"times": best_time(request)})
