"""Money to a person: who is checked first, by masked name; then the PIN."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from walletdesk.doors._shared.device import origin_of
from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.customer_web.forms import TransferForm
from walletdesk.doors.customer_web.key import fresh_key, kept_key
from walletdesk.doors.customer_web.views.home import main_wallet
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import activity, refusal_of_code, transfer
from walletdesk.money.wallets.public import LimitReached, WalletIsFrozen
from walletdesk.trust.customers.public import CustomerView, PinWrong, customer_by_address, customers, prove_pin
from walletdesk.trust.risk.public import PaymentOnHold, PaymentStopped, StepUpNeeded

RECENT = 5
_SENT = Words("已转出 {amount} 给 {name}", "{amount} sent to {name}")


@require_safe
@customer_only
def transfer_page(request: CustomerRequest) -> HttpResponse:
    wish = {name: request.GET.get(name, "") for name in ("to", "amount", "note")}
    return _page(request, TransferForm(initial=wish))


def _page(
    request: CustomerRequest, form: TransferForm, refusal: Sentences | None = None, status: int = 200
) -> HttpResponse:
    fields = {
        "form": form,
        "refusal": refusal,
        "wallet": main_wallet(request.customer.id),
        "recent": _recent(request.customer.id),
    }
    return render(request, "customer_web/transfer.html", fields, status=status)


def _recent(customer_id: UUID) -> list[CustomerView]:
    """The last few people who were sent money, each once."""
    rows = activity(customer_id, kind="transfer_out", limit=30).rows
    ids = list(dict.fromkeys(row.counterparty_id for row in rows if row.counterparty_id))[:RECENT]
    found = customers(ids)
    return [found[one] for one in ids if one in found]


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def transfer_confirm(request: CustomerRequest) -> HttpResponse:
    """GET shows who it is (masked) and the sum; POST proves the PIN and sends."""
    form = TransferForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    amount = form.cleaned_data["amount"]
    try:
        payee = _payee(request, form.cleaned_data["to"])
    except Refusal as refusal:
        return _page(request, form, sentences(refusal), refusal.status)
    if request.method != "POST":
        return _sheet(request, form, payee, amount, kept_key(request) or fresh_key())
    key = request.POST.get("key", "")
    try:
        proof = prove_pin(request.customer.id, request.POST.get("pin", ""))
        note, origin = form.cleaned_data["note"], origin_of(request)
        sent = transfer(key, request.customer.id, payee.id, amount, note, proof, origin)
    except Refusal as refusal:
        return _sheet(request, form, payee, amount, key, refusal)
    messages.success(request, _SENT.say(amount=amount, name=payee.masked_name))
    return redirect(f"/wallet/bills/{sent.transfer_id}/")


def _payee(request: CustomerRequest, address: str) -> CustomerView:
    payee = customer_by_address(address)
    code = "payee_not_found" if payee is None else "transfer_to_self" if payee.id == request.customer.id else ""
    if payee is None or code:
        raise (refusal_of_code(code) or NotFound)()
    return payee


def _step_up(typed: dict[str, str], key: str) -> str:
    """The way over a fresh proof and back to the same sheet with the same key."""
    back = f"/wallet/transfer/confirm/?{urlencode({**typed, 'key': key})}"
    return f"/step-up/?{urlencode({'next': back})}"


def _sheet(
    request: CustomerRequest,
    form: TransferForm,
    payee: CustomerView,
    amount: Amount,
    key: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    wallet = main_wallet(request.customer.id)
    typed = {"to": form.cleaned_data["to"], "amount": amount.plain, "note": form.cleaned_data["note"]}
    wrong_pin = isinstance(refusal, PinWrong)
    fields = {
        **typed,
        "payee": payee,
        "amount": amount,
        "wallet": wallet,
        "short": wallet.available < amount,
        "after": wallet.available - amount,
        "key": key,
        "key_kept": request.method == "POST" or bool(kept_key(request)),
        "back": f"/wallet/transfer/?{urlencode(typed)}",
        "pin_error": sentences(refusal).what if refusal and wrong_pin else "",
        "why": str(refusal.fields.get("why", "")) if refusal else "",
        "limit": refusal if isinstance(refusal, LimitReached) else None,
        "step_up": _step_up(typed, key) if isinstance(refusal, StepUpNeeded) else "",
        "stopped": isinstance(refusal, PaymentStopped | PaymentOnHold | WalletIsFrozen),
        "refusal": sentences(refusal) if refusal and not wrong_pin else None,
    }
    return render(request, "customer_web/transfer_confirm.html", fields, status=refusal.status if refusal else 200)
