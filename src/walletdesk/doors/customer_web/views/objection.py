"""The customer objects to one act of ours: what it was, their words, and a case that the one concerned neither sees nor
handles.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.foundation.errors import Refusal
from walletdesk.service.agent_actions.public import SeenAct, act_seen_by_customer
from walletdesk.service.oversight.public import ActNotFound, object_to_act


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def objection(request: CustomerRequest, act: int) -> HttpResponse:
    """GET: the act once more, with room for words. POST: the case."""
    seen = act_seen_by_customer(request.customer.id, act)
    if seen is None:
        raise ActNotFound()
    if seen.objection:
        return redirect("wallet_case", seen.objection)
    if request.method != "POST":
        return _form(request, seen, "")
    words = request.POST.get("words", "")
    try:
        opened = object_to_act(request.customer.id, act, words)
    except Refusal as refusal:
        return _form(request, seen, words, sentences(refusal))
    return redirect("wallet_case", opened.reference)


def _form(request: CustomerRequest, seen: SeenAct, words: str, refusal: Sentences | None = None) -> HttpResponse:
    fields = {"act": seen, "words": words, "refusal": refusal}
    return render(request, "customer_web/objection.html", fields, status=refusal.status if refusal else 200)
