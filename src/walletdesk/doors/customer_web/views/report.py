"""“This looks like a scam”: a payer says so of whoever asks for money, before paying or afterwards.

The payee is named by what the payer has seen of them, never by an id: ``to`` (an address that a transfer goes to), ``order``
(a code that was shown), ``bill`` (one of the payer's own). Shown as neutral: the page says that we look into it, and
accuses nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import merchant
from walletdesk.money.payments.public import activity_row, order
from walletdesk.service.cases.public import device_block, open_case, the_customer
from walletdesk.service.conversations.public import say
from walletdesk.trust.customers.public import customer_by_address, customers
from walletdesk.trust.risk.public import SCAM_KINDS, open_report, report_payee

TITLE = Words("您举报了{name}", "You reported {name}")
FIRST_WORDS = Words("举报：{kind}。{words}", "Report: {kind}. {words}")
DONE = Words("谢谢，我们在查；答复在案件 {reference} 里", "Thank you. We look into it and answer in case {reference}")
NAMED_BY = ("to", "order", "bill")


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a report is about, as the payer may read them; ``by`` is how the page named them, to be sent back."""

    id: UUID
    about: str
    name: Words | str
    by: str
    value: str
    payment_id: UUID | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def report(request: CustomerRequest) -> HttpResponse:
    """GET: who it is, and what happened; without anybody named, the question who. POST: the report with its case."""
    if request.method != "POST" and not any(request.GET.get(one) for one in NAMED_BY):
        return render(request, "customer_web/report.html", {"named": None})
    named = _named(request)
    if request.method != "POST":
        return _form(request, named)
    kind, words = request.POST.get("kind", ""), request.POST.get("words", "").strip()
    try:
        reference = _report(request, named, kind, words)
    except Refusal as refusal:
        return _form(request, named, kind, words, sentences(refusal))
    messages.success(request, DONE.say(reference=reference))
    return redirect("wallet_case", reference)


def _report(request: CustomerRequest, named: Named, kind: str, words: str) -> str:
    """Case, first words and report are one; the payer reads the case's number at once."""
    payer, kind_words = request.customer.id, SCAM_KINDS.get(kind)
    with transaction.atomic():
        device = device_block(request.headers.get("User-Agent", ""))
        name = named.name if isinstance(named.name, Words) else Words(named.name, named.name)
        paid = [named.payment_id] if named.payment_id else []
        case = open_case("scam_report", payer, paid, title=TITLE.both(name=name), device=device)
        report_payee(payer, named.id, named.about, kind, words, case.reference)
        say(case.id, the_customer(payer), FIRST_WORDS.say(kind=kind_words, words=words).strip())
    return case.reference


def _form(
    request: CustomerRequest, named: Named, kind: str = "", words: str = "", refusal: Sentences | None = None
) -> HttpResponse:
    fields = {
        "named": named,
        "kinds": SCAM_KINDS.items(),
        "kind": kind,
        "words": words,
        "refusal": refusal,
        "standing": open_report(request.customer.id, named.id),
    }
    return render(request, "customer_web/report.html", fields, status=refusal.status if refusal else 200)


def _named(request: CustomerRequest) -> Named:
    """Whoever the payer may know of; anybody else is not there."""
    asked = request.POST if request.method == "POST" else request.GET
    by = next((one for one in NAMED_BY if asked.get(one)), "")
    value = asked.get(by, "")
    found = _by_address(value) if by == "to" else _by_id(request.customer.id, by, value)
    if found is None:
        raise Http404
    return found


def _by_address(value: str) -> Named | None:
    person = customer_by_address(value)
    return Named(person.id, "person", person.masked_name, "to", value) if person else None


def _by_id(customer_id: UUID, by: str, value: str) -> Named | None:
    try:
        thing = UUID(value)
    except ValueError:
        return None
    if by == "order":
        asked = order(thing)
        return _shop(asked.merchant_id, by, value) if asked else None
    row = activity_row(customer_id, thing)
    if row is None or row.counterparty_id is None:
        return None
    if row.kind == "payment":
        return _shop(row.counterparty_id, by, value, row.id if row.state != "failed" else None)
    person = customers([row.counterparty_id]).get(row.counterparty_id)
    return Named(person.id, "person", person.masked_name, by, value) if person else None


def _shop(shop_id: UUID, by: str, value: str, payment_id: UUID | None = None) -> Named | None:
    shop = merchant(shop_id)
    return Named(shop_id, "shop", shop.name, by, value, payment_id) if shop else None
