"""The published procedure: what locks an account, what opens it, which documents, and how long it took others."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.verification.public import DOCUMENTS, LOCK_REASONS, time_to_restore

BY = (
    (("page",), Words("自己在网页上", "By yourself, on this page")),
    (("desk",), Words("找客服", "With our desk")),
    (("telephone",), Words("打热线", "By telephone")),
)


@require_safe
def unlock(request: HttpRequest) -> HttpResponse:
    """Needs no sign-in and no script; the figures are those of the last ninety days."""
    fields = {
        "reasons": LOCK_REASONS.values(),
        "documents": DOCUMENTS.values(),
        "all": time_to_restore(),
        "rows": [(words, time_to_restore(channels)) for channels, words in BY],
    }
    return render(request, "public_web/unlock.html", fields)
