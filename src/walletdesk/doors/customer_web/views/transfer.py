"""Money to a person: who is checked first, by masked name; then the PIN."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from walletdesk.doors._shared.device import origin_of
from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.reader_time import local, moment_words
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.customer_web.first_lesson import first_lesson, lesson_shown
from walletdesk.doors.customer_web.forms import SentTransferForm, TransferForm
from walletdesk.doors.customer_web.key import fresh_key, kept_key
from walletdesk.doors.customer_web.payee_warning import SURE, is_sure, warned_first
from walletdesk.doors.customer_web.views.home import main_wallet
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Conflict, NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import (
    NOBODY,
    CancelTransferIntent,
    ScheduleIntent,
    activity,
    cancel_transfer,
    refusal_of_code,
    schedule,
    scheduled_of,
    transfer,
)
from walletdesk.money.wallets.public import LimitReached, WalletIsFrozen
from walletdesk.trust.customers.public import (
    CustomerView,
    PinProof,
    PinWrong,
    customer_by_address,
    customers,
    prove_pin,
)
from walletdesk.trust.risk.public import PaymentOnHold, PaymentStopped, StepUpNeeded

RECENT = 5
_SENT = Words("已转出 {amount} 给 {name}", "{amount} sent to {name}")
_PLANNED = Words("{at} 转 {amount} 给 {name}", "{amount} goes to {name}: {at}")
_DELAYED = Words(
    "为了您的安全，{amount} 先等到 {at} 再转；想停就停",
    "To keep you safe, {amount} waits until {at}; stop it whenever you like",
)
_CANCELLED = Words("已取消，钱没有动", "Cancelled; no money has moved")


@require_safe
@customer_only
def transfer_page(request: CustomerRequest) -> HttpResponse:
    wish = {name: request.GET.get(name, "") for name in ("to", "amount", "note", "when")}
    return _page(request, TransferForm(initial=wish))


def _page(
    request: CustomerRequest, form: TransferForm, refusal: Sentences | None = None, status: int = 200
) -> HttpResponse:
    fields = {
        "form": form,
        "refusal": refusal,
        "wallet": main_wallet(request.customer.id),
        "recent": _recent(request.customer.id),
        "planned": sum(one.state == "waiting" for one in scheduled_of(request.customer.id)),
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
    """GET shows who it is (masked) and the sum; POST proves the PIN and sends. What was sent before is not asked anew who it
    goes to, or when: its key answers.
    """
    posted = request.method == "POST"
    form = SentTransferForm(request.POST) if posted else TransferForm(request.GET)
    if not form.is_valid():
        return _page(request, form, status=422)
    amount, payee = form.cleaned_data["amount"], customer_by_address(form.cleaned_data["to"])
    key = request.POST.get("key", "") if posted else kept_key(request) or fresh_key()
    try:
        if not posted:
            sheet = _warned(request, form, payee) or _sheet(request, form, _payee(request, payee), amount, key)
            return lesson_shown(request, sheet)
        proof = prove_pin(request.customer.id, request.POST.get("pin", ""))
        sent = _send(request, form, payee, key, proof)
    except Refusal as refusal:
        if payee is None or payee.id == request.customer.id:
            return _page(request, form, sentences(refusal), refusal.status)
        return _sheet(request, form, payee, amount, key, refusal)
    return redirect(f"/wallet/bills/{sent}/")


def _warned(request: CustomerRequest, form: TransferForm, payee: CustomerView | None) -> HttpResponse | None:
    """What stands on this payee is read before the PIN is asked for."""
    person, named = _payee(request, payee), form.cleaned_data["to"]
    back = f"/wallet/transfer/?{urlencode({'to': named, 'amount': form.cleaned_data['amount'].plain})}"
    return warned_first(request, person.id, person.masked_name, back, {"to": named})


def _send(request: CustomerRequest, form: TransferForm, payee: CustomerView | None, key: str, proof: PinProof) -> UUID:
    """Now, or at the moment that was chosen; the id of the transfer."""
    said, origin = form.cleaned_data, origin_of(request)
    amount, due_at, named = said["amount"], said["when"], said["to"]
    to, name = (payee.id, payee.masked_name) if payee else (NOBODY, named)
    if due_at is None:
        sent = transfer(key, request.customer.id, to, amount, said["note"], proof, origin, named)
        if sent.due_at is None:
            messages.success(request, _SENT.say(amount=amount, name=name))
        else:
            messages.warning(request, _DELAYED.say(amount=amount, at=moment_words(sent.due_at, "long")))
        return sent.transfer_id
    wish = ScheduleIntent(key, request.customer.id, to, amount, proof, due_at, said["note"], origin, named)
    planned = schedule(wish)
    messages.success(request, _PLANNED.say(at=moment_words(due_at, "long"), amount=amount, name=name))
    return planned.transfer_id


@require_safe
@customer_only
def later(request: CustomerRequest) -> HttpResponse:
    """What waits for its moment, and what came to nothing lately."""
    found = scheduled_of(request.customer.id)
    payees = customers(one.to_customer for one in found)
    rows = [(one, payees[one.to_customer]) for one in found]
    fields = {
        "waiting": [row for row in rows if row[0].state == "waiting"],
        "over": [row for row in rows if row[0].state != "waiting"],
    }
    return render(request, "customer_web/later.html", fields)


@require_POST
@customer_only
def cancel(request: CustomerRequest, transfer_id: UUID) -> HttpResponse:
    """No proof is asked: the money stays where it is."""
    wish = CancelTransferIntent(request.POST.get("key", ""), transfer_id, request.customer.id)
    try:
        cancel_transfer(wish)
        messages.success(request, str(_CANCELLED))
    except Conflict as refusal:
        messages.error(request, sentences(refusal).what)
    return redirect(f"/wallet/bills/{transfer_id}/")


def _payee(request: CustomerRequest, payee: CustomerView | None) -> CustomerView:
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
    due_at = form.cleaned_data["when"]
    if due_at is not None:
        typed["when"] = f"{local(due_at):%Y-%m-%dT%H:%M}"
    wrong_pin, sure = isinstance(refusal, PinWrong), is_sure(request)
    fields = {
        **typed,
        "sure": sure,
        "lesson": first_lesson(request) and payee.id not in {one.id for one in _recent(request.customer.id)},
        "due_at": due_at,
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
        "step_up": _step_up(typed | ({SURE: "1"} if sure else {}), key) if isinstance(refusal, StepUpNeeded) else "",
        "stopped": isinstance(refusal, PaymentStopped | PaymentOnHold | WalletIsFrozen),
        "refusal": sentences(refusal) if refusal and not wrong_pin else None,
    }
    return render(request, "customer_web/transfer_confirm.html", fields, status=refusal.status if refusal else 200)
