"""“Is this you?”: paste a link, number, e-mail address or name. No sign-in; nothing is kept of who asked, or what.

What is asked travels in the body of a form, so that it stands in no log of addresses; only how often one address asks is
counted, for a minute.
"""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from walletdesk.trust.official_contacts.public import check

LONGEST = 300


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@rate_limit(action="check")
def check_page(request: HttpRequest) -> HttpResponse:
    text = request.POST.get("what", "").strip()[:LONGEST] if request.method == "POST" else ""
    return render(request, "public_web/check.html", {"what": text, "verdict": check(text) if text else None})
