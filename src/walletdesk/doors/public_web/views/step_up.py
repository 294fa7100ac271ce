"""Proving oneself once more, on the way to something that needs it (``doors/_shared/step_up.py``)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from walletdesk.doors._shared.guards import signed_in_only, user_id_of
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors._shared.step_up import note_proof
from walletdesk.doors.public_web.proving import STEP_UP, act, asked_part, ways_for
from walletdesk.doors.public_web.views.choices import safe_next
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal


@sensitive_post_parameters("code", "credential", "password", "pin")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def step_up_page(request: HttpRequest) -> HttpResponse:
    """Every way that this person has on this device; then back to where they were."""
    user_id, refusal = user_id_of(request), None
    asked = request.POST if request.method == "POST" else request.GET
    onward = safe_next(request, asked.get("next", ""), "/after-sign-in/")
    if request.method == "POST":
        try:
            proof = act(request, user_id, STEP_UP)
        except Refusal as refused:
            refusal = refused
        else:
            if proof:
                note_proof(request.session, proof, now())
                return redirect(onward)
    fields = {
        "ways": ways_for(request, user_id, STEP_UP),
        "refusal": sentences(refusal) if refusal else None,
        "next": onward,
    }
    return render(request, "public_web/step_up.html", fields, status=refusal.status if refusal else 200)


@require_safe
@signed_in_only
def step_up_state(request: HttpRequest) -> HttpResponse:
    """What the other device has said so far."""
    return asked_part(request, user_id_of(request), STEP_UP)
