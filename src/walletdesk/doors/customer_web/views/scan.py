"""Scan: whatever read the code, the camera, a picture or a hand, its text comes here as a form."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.public import read_code

LONGEST = 1024


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def scan(request: CustomerRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "customer_web/scan.html")
    code = request.POST.get("code", "")[:LONGEST].strip()
    try:
        order = read_code(code)
    except Refusal as refusal:
        fields = {"refusal": sentences(refusal), "code": code}
        return render(request, "customer_web/scan.html", fields, status=refusal.status)
    return redirect(f"/wallet/pay/{order.id}/")
