"""“My details may have leaked”: who and what can reach this account, on one page; and one report that tells all who need to
know.

The report signs out every other device, freezes if that was ticked, and opens a case that carries what the page showed, so
that nobody is asked for it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.device import device_id_of, sign_out_elsewhere
from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import (
    DeviceView,
    FactorView,
    VerifiedAddress,
    devices_of,
    factors_of,
    verified_addresses,
)
from walletdesk.money.agreements.public import AgreementView, OwnKeyView, agreements_of_customer, own_keys_of
from walletdesk.service.agent_actions.public import SeenAct, acts_seen_by_customer
from walletdesk.service.cases.public import device_block, open_case, the_customer
from walletdesk.service.conversations.public import say
from walletdesk.service.freezes.public import freeze_own

LATELY = timedelta(days=90)
MOST_LOOKS = 5
TITLE = Words("信息可能泄露", "Details may have leaked")
DONE = Words(
    "别处都已退出，案件 {reference} 立好了，我们来看", "Signed out everywhere else; we look into it in case {reference}"
)
SAID = Words(
    "我的信息可能泄露了。{words} 当时：设备 {devices} 台，API 密钥 {keys} 个，免密协议 {agreements} 份，"
    "90 天内工作人员看过 {looks} 次。{frozen}",
    "My details may have leaked. {words} At that time: {devices} devices, {keys} API keys, {agreements} agreements, "
    "{looks} looks by staff in 90 days. {frozen}",
)
FROZEN = Words("账户已冻结。", "I froze the account.")


@dataclass(frozen=True, slots=True)
class Exposure:
    """Everything that reaches this account at this moment."""

    devices: list[DeviceView]
    factors: list[FactorView]
    addresses: tuple[VerifiedAddress, ...]
    keys: list[OwnKeyView]
    agreements: list[AgreementView]
    looks: list[SeenAct]


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def exposure(request: CustomerRequest) -> HttpResponse:
    """GET: the page. POST: the one report."""
    found = _found(request)
    if request.method != "POST":
        return _page(request, found)
    try:
        reference = _report(request, found)
    except Refusal as refusal:
        return _page(request, found, sentences(refusal))
    messages.success(request, DONE.say(reference=reference))
    return redirect("wallet_case", reference)


def _found(request: CustomerRequest) -> Exposure:
    customer, since = request.customer, now() - LATELY
    return Exposure(
        devices_of(customer.user_id, device_id_of(request)),
        factors_of(customer.user_id),
        verified_addresses(customer.user_id),
        [one for one in own_keys_of(customer.id) if one.key.standing == "live"],
        [one for one in agreements_of_customer(customer.id) if one.state == "active" and one.merchant_id],
        [one for one in acts_seen_by_customer(customer.id) if one.at > since],
    )


def _report(request: CustomerRequest, found: Exposure) -> str:
    """Sign out, freeze if wished, case and first words are one. The case's reference."""
    customer, freeze = request.customer, request.POST.get("freeze") == "yes"
    with transaction.atomic():
        device = device_block(request.headers.get("User-Agent", ""))
        case = open_case("question", customer.id, title=TITLE.both(), device=device)
        counted = {
            "words": request.POST.get("words", "").strip()[:500],
            "devices": len(found.devices),
            "keys": len(found.keys),
            "agreements": len(found.agreements),
            "looks": len(found.looks),
            "frozen": FROZEN if freeze else "",
        }
        say(case.id, the_customer(customer.id), SAID.say(**counted))
        if freeze:
            freeze_own(customer.id, "page")
        sign_out_elsewhere(request, customer.user_id)
    return case.reference


def _page(request: CustomerRequest, found: Exposure, refusal: Sentences | None = None) -> HttpResponse:
    fields = {
        "found": found,
        "latest": found.looks[:MOST_LOOKS],
        "since": moment_words(now() - LATELY, "day"),
        "refusal": refusal,
        "words": request.POST.get("words", ""),
    }
    return render(request, "customer_web/exposure.html", fields, status=refusal.status if refusal else 200)
