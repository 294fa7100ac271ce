"""The page behind the link that stops a delayed transfer. No sign-in, no names, no sums: one button, which is good for once.

Opening it stops nothing: programs that look into people's mail open links too.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.money.payments.public import StopLinkOver, stop_by_link, stoppable


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, stop_token: str) -> HttpResponse:
    """GET asks once more; POST stops it. Used, run out and never right are answered alike."""
    try:
        if request.method == "POST":
            stop_by_link(stop_token)
            return render(request, "public_web/stop.html", {"stopped": True})
        stoppable(stop_token)
    except StopLinkOver as over:
        return render(request, "public_web/stop.html", {"refusal": sentences(over)}, status=over.status)
    return render(request, "public_web/stop.html")
