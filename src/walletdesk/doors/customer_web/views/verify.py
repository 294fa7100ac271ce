"""Both sides show who they are: the agent's name, number, case and code; the customer says yes, or no."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.verification.public import answer_prompt, prompt

_THANKS = Words("已确认是您本人", "Confirmed that it is you")


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def verify(request: CustomerRequest, prompt_id: UUID) -> HttpResponse:
    found = prompt(request.customer.id, prompt_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "customer_web/verify.html", {"prompt": found})
    answer = request.POST.get("genuine", "")
    if answer not in ("yes", "no"):
        return render(request, "customer_web/verify.html", {"prompt": found}, status=422)
    answer_prompt(request.customer.id, prompt_id, answer == "yes")
    if answer == "no":
        return redirect(f"/wallet/verify/{prompt_id}/")
    messages.success(request, str(_THANKS))
    return redirect(f"/wallet/cases/{found.case_reference}/")
