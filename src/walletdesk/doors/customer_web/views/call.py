"""Call us: what to have ready, the call itself, and afterwards. Without a script, the number and the six digits."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from walletdesk.doors._shared import live
from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.recorded_sound import sound
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.customer_web import calling
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words, reading_chinese
from walletdesk.service.cases.public import device_block, open_case, open_cases_of_payments, the_customer
from walletdesk.service.conversations.public import say
from walletdesk.service.hotline.public import answer_approval, hear_own_recording, make_token

NOW = "/wallet/call/now/"
TOKEN = "call_token"  # noqa: S105  (the name of a session's field)
NOTE_AT_MOST = 200
_PROVEN = Words("已告诉热线：来电的是您本人", "The hotline knows that it is you who calls")
_DISOWNED = Words(
    "已告诉热线：来电的不是您。您的钱没有动", "The hotline knows that it is not you. Your money has not moved"
)


@require_http_methods(["GET", "HEAD", "POST"])
@customer_only
def call_us(request: CustomerRequest) -> HttpResponse:
    """Hours, expected wait, what the agent should know; then one token for one call."""
    if request.method != "POST":
        return _before(request)
    customer_id = request.customer.id
    try:
        with transaction.atomic():
            case_id = _case_for(request, request.POST.get("note", "").strip()[:NOTE_AT_MOST])
            ticket = make_token(customer_id, "zh-hans" if reading_chinese() else "en", case_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return _before(request, sentences(refusal), refusal.status)
    request.session[TOKEN] = (ticket.token, now().timestamp())
    return redirect(NOW)


def _case_for(request: CustomerRequest, note: str) -> UUID | None:
    """The case that the agent will see: of that payment when it has one, else a new one; none when nothing was said."""
    payment_id, customer_id = _id(request.POST.get("payment", "")), request.customer.id
    if payment_id is None and not note:
        return None
    standing = open_cases_of_payments([payment_id]).get(payment_id, []) if payment_id else []
    mine = next((case for case in standing if case.customer_id == customer_id), None)
    if mine is None:
        device = device_block(request.headers.get("User-Agent", ""))
        kind = "payment_problem" if payment_id else "question"
        mine = open_case(kind, customer_id, [payment_id] if payment_id else [], device=device)
    if note:
        say(mine.id, the_customer(customer_id), note)
    return mine.id


def _before(request: CustomerRequest, refusal: Sentences | None = None, status: int = 200) -> HttpResponse:
    topics, waiting = calling.topics(), calling.waiting_now()
    fields = {
        "topics": topics,
        "answered_now": any(topic.open for topic in topics),
        "wait_minutes": calling.wait_now(waiting),
        "waiting_now": waiting,
        "payments": calling.latest_payments(request.customer.id),
        "device_words": calling.device_words(request.headers.get("User-Agent", "")),
        "fields": {
            "payment": request.POST.get("payment", "") or request.GET.get("payment", ""),
            "note": request.POST.get("note", ""),
        },
        "code": calling.code_of(request.customer.id),
        "calling": calling.calling(request.customer.id),
        "refusal": refusal,
    }
    return render(request, "customer_web/call.html", fields, status=status)


@require_safe
@customer_only
def call_now(request: CustomerRequest) -> HttpResponse:
    """The call: the page's script carries the sound, this says where the customer stands.

    The token and the moment it was made lie in the session: what is older than it is another call's.
    """
    token, made_at = request.session.get(TOKEN, ("", 0.0))
    if not token:
        return redirect("/wallet/call/")
    call = calling.call_shown(request.customer.id, since=datetime.fromtimestamp(made_at, UTC))
    over = call is not None and call.state == "ended"
    fields = {
        "call": call,
        "seat_ticket": "" if over else live.ticket(request, [f"seat:caller:{token}"]),
        "code": calling.code_of(request.customer.id),
        "may_call_back": bool(request.customer.phone),
    }
    return render(request, "customer_web/call_now.html", fields)


@require_POST
@customer_only
def approve_call(request: CustomerRequest) -> HttpResponse:
    """Is it you who calls us now? Yes proves the call; no ends the attempt, and the desk is told."""
    answer = request.POST.get("answer", "")
    approval_id = _id(request.POST.get("approval", ""))
    if answer not in ("yes", "no") or approval_id is None:
        return redirect("/wallet/help/")
    try:
        answer_approval(request.customer.id, approval_id, answer == "yes")
    except Refusal as refusal:
        messages.warning(request, sentences(refusal).what)
    else:
        messages.success(request, str(_PROVEN if answer == "yes" else _DISOWNED))
    return redirect("/wallet/help/")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_POST
@customer_only
def hear_my_call(request: CustomerRequest, recording: str) -> HttpResponseBase:
    """One's own call, as it was recorded. Another's is not found."""
    return sound(hear_own_recording(request.customer.id, recording))
