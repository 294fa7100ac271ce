"""The customer's side of a case: the promise and its clock, what happened, what was said; confirm, rate, reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from walletdesk.doors._shared.guards import CustomerRequest, customer_only
from walletdesk.doors._shared.recorded_sound import spoken_length
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors._shared.stored_words import told
from walletdesk.doors.customer_web.key import fresh_key
from walletdesk.doors.customer_web.views.home import main_wallet
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import PaymentView, RefundNote, payments
from walletdesk.service.cases.public import (
    CaseView,
    PromiseView,
    TimelineView,
    case_of_customer,
    cases_of_customer,
    confirm_solved,
    not_solved,
    rate,
    reopen,
    the_customer,
    timeline,
)
from walletdesk.service.conversations.public import (
    AttachmentView,
    attachment_for,
    attachment_link,
    conversation,
    say,
)
from walletdesk.service.hotline.public import calls_of_case, recordings_of_call
from walletdesk.trust.staff.public import EmployeeView, employees
from walletdesk.trust.verification.public import open_prompt

_THANKS = Words("谢谢您的评价", "Thank you for rating")
_REOPENED = Words("已重新打开，我们继续处理", "Reopened; we go on")
_CONFIRMED = Words("好，已结案。随时可以重开", "Good; the case is closed. You can reopen it at any time")
_WAITING = {
    "resolved": Words("等您确认", "Waiting for your confirmation"),
    "waiting_customer": Words("等您答复", "Waiting for your answer"),
    "waiting_other": Words("等商户或银行", "Waiting for the shop or the bank"),
    "open": Words("正在处理", "In hand"),
}
_SHAPES = {"agent_disowned": ("tri", "bad"), "promise_broken": ("tri", "bad"), "proposal_rejected": ("x", "bad")}


@dataclass(frozen=True, slots=True)
class EventRow:
    """A line of the timeline in the form that ``c-timeline`` draws."""

    at: datetime | None
    words: dict[str, str] | str
    under: str = ""
    shape: str = "done"
    tone: str = "go"
    next: bool = False


@dataclass(frozen=True, slots=True)
class PromiseRow:
    due_at: datetime
    made_at: datetime
    kept_at: datetime | None
    is_broken: bool
    early_words: str


@dataclass(frozen=True, slots=True)
class FileRow:
    id: UUID
    name: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    sent_at: datetime
    mine: bool
    name: dict[str, str] | str
    number: str
    text: str
    files: list[FileRow]


@dataclass(frozen=True, slots=True)
class HeardRow:
    """A recording of a call of this case that the customer may hear."""

    id: str
    began_at: datetime
    length: str


@dataclass(frozen=True, slots=True)
class PaidRow:
    id: UUID
    payee: str
    captured_at: datetime
    refunded: Amount
    minus: Amount


@require_safe
@customer_only
def cases_page(request: CustomerRequest) -> HttpResponse:
    return render(request, "customer_web/cases.html", {"cases": cases_of_customer(request.customer.id)})


@require_safe
@customer_only
def case_page(request: CustomerRequest, reference: str) -> HttpResponse:
    return _page(request, case_of_customer(request.customer.id, reference))


def _page(
    request: CustomerRequest, case: CaseView, refusal: Sentences | None = None, text: str = "", status: int = 200
) -> HttpResponse:
    customer_id = request.customer.id
    request.live_topics.append(f"case:{case.id}")
    request.page_address = "" if request.method == "GET" else f"/wallet/cases/{case.reference}/"
    paid = list(payments(case.payment_ids).values())
    agent = employees([case.assigned_id]).get(case.assigned_id) if case.assigned_id else None
    prompt = open_prompt(customer_id)
    said = _said(case.id, customer_id)
    fields: dict[str, Any] = {
        "case": case,
        "promises": [promise_row(promise) for promise in case.promises],
        "agent": agent,
        "payments": [_paid_row(one) for one in paid],
        "refund": _last_refund(paid),
        "wallet": main_wallet(customer_id),
        "prompt": prompt if prompt and prompt.case_id == case.id else None,
        "events": events_of(case, timeline(case.id), agent),
        "messages_said": said,
        "files": [file for message in said for file in message.files],
        "recordings": _recordings(case.id, customer_id),
        "refusal": refusal,
        "text": text,
        "once": fresh_key(),
    }
    return render(request, "customer_web/case.html", fields, status=status)


def events_of(case: CaseView, happened: list[TimelineView], agent: EmployeeView | None) -> list[EventRow]:
    """Newest first, under what is waited for now."""
    rows = [
        EventRow(one.at, one.words, _who(one), *_SHAPES.get(one.kind, ("done", "go"))) for one in reversed(happened)
    ]
    if case.is_open:
        waits = _WAITING.get(case.state, _WAITING["open"])
        under = Words("工号 {n} 负责", "with agent {n}").say(n=agent.employee_number) if agent else ""
        rows.insert(0, EventRow(None, str(waits), under, "half", "wait", next=True))
    return rows


def _who(event: TimelineView) -> str:
    """The agent's number, where the sentence does not name it already."""
    if not event.actor_number or event.actor_number in told(event.words):
        return ""
    return Words("工号 {n}", "Agent {n}").say(n=event.actor_number)


def promise_row(promise: PromiseView) -> PromiseRow:
    early = ""
    if promise.kept_at and promise.minutes_early > 0:
        early = early_words(promise.minutes_early)
    return PromiseRow(promise.due_at, promise.made_at, promise.kept_at, promise.standing == "broken", early)


def early_words(minutes: int) -> str:
    """``22 分钟``; from two hours on in hours."""
    if minutes < 120:
        return Words("{n} 分钟", "{n} min").say(n=minutes)
    return Words("{n} 小时", "{n} hours").say(n=minutes // 60)


def _recordings(case_id: UUID, customer_id: UUID) -> list[HeardRow]:
    """Of this customer's own, proven calls; a call of whoever only said to be them is not theirs to hear."""
    mine = [call for call in calls_of_case(case_id) if call.customer_id == customer_id and call.verified]
    kept = [one for call in mine for one in recordings_of_call(call.id) if one.state == "sealed"]
    return [HeardRow(one.id, one.began_at, spoken_length(timedelta(milliseconds=one.milliseconds))) for one in kept]


def _paid_row(one: PaymentView) -> PaidRow:
    return PaidRow(one.id, str(one.payee), one.captured_at, one.refunded, -one.amount)


def _last_refund(paid: list[PaymentView]) -> RefundNote | None:
    notes = [note for one in paid for note in one.refunds]
    return max(notes, key=lambda note: note.made_at, default=None)


def _said(case_id: UUID, customer_id: UUID) -> list[SaidRow]:
    desk = Words("客服", "The desk").both()
    rows = []
    for message in conversation(case_id, the_customer(customer_id)):
        files = [FileRow(file.id, file.name, size_words(file), file.sha256) for file in message.attachments]
        mine = message.author_kind == "customer"
        name = message.author_name or desk
        rows.append(SaidRow(message.sent_at, mine, name, message.author_number, message.text, files))
    return rows


def size_words(file: AttachmentView) -> str:
    return f"{file.bytes / 1_048_576:.1f} MB" if file.bytes >= 1_048_576 else f"{max(1, file.bytes // 1024)} kB"


@require_POST
@customer_only
def say_something(request: CustomerRequest, reference: str) -> HttpResponse:
    case = case_of_customer(request.customer.id, reference)
    text = request.POST.get("text", "")
    files = [(file.name or "", file) for file in request.FILES.getlist("files")]
    try:
        say(case.id, the_customer(request.customer.id), text, files, once=request.POST.get("once", "")[:64] or None)
    except Refusal as refusal:
        return _page(request, case, sentences(refusal), text, refusal.status)
    return redirect(f"/wallet/cases/{case.reference}/#talk")


def _act(request: CustomerRequest, reference: str, act: Callable[[CaseView], Any], done: Words) -> HttpResponse:
    """Do something with the customer's own case; what the case refuses stands on its page."""
    case = case_of_customer(request.customer.id, reference)
    try:
        act(case)
    except Refusal as refusal:
        return _page(request, case, sentences(refusal), status=refusal.status)
    messages.success(request, str(done))
    return redirect(f"/wallet/cases/{case.reference}/")


@require_POST
@customer_only
def confirm(request: CustomerRequest, reference: str) -> HttpResponse:
    return _act(request, reference, lambda case: confirm_solved(request.customer.id, case.id), _CONFIRMED)


@require_POST
@customer_only
def not_yet(request: CustomerRequest, reference: str) -> HttpResponse:
    return _act(request, reference, lambda case: not_solved(request.customer.id, case.id), _REOPENED)


@require_POST
@customer_only
def reopen_case(request: CustomerRequest, reference: str) -> HttpResponse:
    return _act(request, reference, lambda case: reopen(case.id, customer_id=request.customer.id), _REOPENED)


@require_POST
@customer_only
def rate_case(request: CustomerRequest, reference: str) -> HttpResponse:
    stars = request.POST.get("stars", "")
    given = int(stars) if stars in {"1", "2", "3", "4", "5"} else 0
    words = request.POST.get("words", "")
    return _act(request, reference, lambda case: rate(request.customer.id, case.id, given, words), _THANKS)


@require_safe
@customer_only
def attachment(request: CustomerRequest, attachment_id: UUID) -> HttpResponse:
    """To a link that lives five minutes and works in this session only."""
    token = attachment_link(the_customer(request.customer.id), attachment_id, request.session.session_key or "")
    return redirect(f"/wallet/files/{attachment_id}/{token}/")


@require_safe
@customer_only
def attachment_content(request: CustomerRequest, attachment_id: UUID, token: str) -> HttpResponse:
    """The file itself, as a download that no browser runs. Whatever is wrong with the link: not found."""
    opened = attachment_for(the_customer(request.customer.id), attachment_id, token, request.session.session_key or "")
    return HttpResponse(opened.content, headers=opened.headers)
