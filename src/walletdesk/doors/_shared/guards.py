"""Who may stand at a door.

    @signed_in_only                     anybody who is signed in; topic user:<id>, as with all that follow
    @customer_only                      request.customer (CustomerView); topic customer:<id>
    @member_only("owner")               request.member (MemberView) of that role, without one any; topic merchant:<id>
    @employee_only("decide_refund")     request.employee (EmployeeView) who may do this act, without one any;
                                        topics desk, employee:<id>
    @enrolling_employee                 request.employee, also one whose way to the desk is not finished

Asked in this order: signed in (else the sign-in page, and back here afterwards); of this kind (else 404: a door that is
not yours does not exist); an employee's way in is whole, which is a passkey or an authenticator shown in this very
session and an administrator's pass used once (else the page of enrolment); may do the act (else 403). The role is read
from the database on each request, so a role taken away is gone at the next one. The page is drawn in the time zone of
its user.

A thing named in the address that is not found, because it never was or because it is another's, is answered the same
way and leaves one line in the log: ``foreign_object`` with ids, never with a name, an address or a token.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from walletdesk.doors._shared.device import note_seen
from walletdesk.doors._shared.step_up import strong_proof_at
from walletdesk.foundation.errors import NotAllowed, NotFound
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import MemberView, member_of_user
from walletdesk.trust.customers.public import CustomerView, customer_of_user
from walletdesk.trust.staff.public import EmployeeView, employee_of_user, may

View = Callable[..., HttpResponseBase]
ENROLMENT = "/desk/enrol/"
AT_THE_DESK = frozenset({"passkey", "totp"})
"""What lets staff in: neither a message nor another device's yes."""
log = logging.getLogger(__name__)


class CustomerRequest(HttpRequest):
    """A request that :func:`customer_only` let through; for type checkers, nobody makes one."""

    customer: CustomerView
    live_topics: list[str]
    page_address: str


class MemberRequest(HttpRequest):
    """A request that :func:`member_only` let through."""

    member: MemberView
    live_topics: list[str]


class EmployeeRequest(HttpRequest):
    """A request that :func:`employee_only` let through."""

    employee: EmployeeView
    live_topics: list[str]


class NotYourAct(NotAllowed):
    """Protects: each act on money or on a person belongs to a role."""

    code = "role_may_not"
    what = Words("您的岗位不能做这件事", "Your role does not allow this")
    money = Words("什么都没有改变", "Nothing has changed")
    next = Words("请找可以做的同事", "Ask a colleague whose role allows it")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(settings.TIME_ZONE)


def user_id_of(request: HttpRequest) -> UUID:
    """The id of the signed-in user; only asked where somebody is."""
    if request.user.pk is None:
        raise Http404
    return request.user.pk


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = settings.LOGIN_URL
        return answer
    return redirect_to_login(request.get_full_path() if request.method == "GET" else settings.LOGIN_REDIRECT_URL)


def _wrong_door(request: HttpRequest) -> HttpResponse:
    """Somebody who belongs to another door: a visit is led there, an act does not exist."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return redirect(settings.LOGIN_REDIRECT_URL)
    raise Http404


def _guard(view: View, admit: Callable[[HttpRequest], HttpResponse | None]) -> View:
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return _to_sign_in(request)
        with timezone.override(_zone(user.time_zone)):
            refused = admit(request)
            if refused is not None:
                return refused
            note_seen(request)
            request.live_topics = [*getattr(request, "live_topics", ()), f"user:{user.pk}"]  # type: ignore[attr-defined]
            try:
                return view(request, *args, **kwargs)
            except (Http404, NotFound):
                _note_foreign_object(request, kwargs)
                raise

    return guarded


def _note_foreign_object(request: HttpRequest, named: dict[str, Any]) -> None:
    """Many of these from one user are somebody who tries ids. What was typed is cut and quoted: it may hold anything."""
    things = {name: str(value)[:40] for name, value in named.items() if name != "token"}
    if things:
        match = request.resolver_match
        log.warning("foreign_object user=%s route=%s named=%r", request.user.pk, match.route if match else "", things)


def signed_in_only(view: View) -> View:
    """Anybody who is signed in, whatever they are to us."""

    def admit(request: HttpRequest) -> HttpResponse | None:
        request.live_topics = []  # type: ignore[attr-defined]
        return None

    return _guard(view, admit)


def customer_only(view: View) -> View:
    """Only a customer; ``request.customer`` says which."""

    def admit(request: HttpRequest) -> HttpResponse | None:
        customer = customer_of_user(user_id_of(request))
        if customer is None:
            return _wrong_door(request)
        request.customer = customer  # type: ignore[attr-defined]
        request.live_topics = [f"customer:{customer.id}"]  # type: ignore[attr-defined]
        return None

    return _guard(view, admit)


def member_only(role: str | View | None = None) -> Any:
    """Only a member of a merchant, of ``role`` when one is named; ``request.member`` says which."""
    if callable(role):
        return member_only(None)(role)

    def admit(request: HttpRequest) -> HttpResponse | None:
        member = member_of_user(user_id_of(request))
        if member is None:
            raise Http404
        if role is not None and member.role != role:
            raise NotYourAct()
        request.member = member  # type: ignore[attr-defined]
        request.live_topics = [f"merchant:{member.merchant_id}"]  # type: ignore[attr-defined]
        return None

    return lambda view: _guard(view, admit)


def shown_factor(request: HttpRequest) -> bool:
    """Whether this session has seen one of the two proofs that count at the desk."""
    return strong_proof_at(request, AT_THE_DESK) is not None


def _active_employee(request: HttpRequest) -> EmployeeView:
    employee = employee_of_user(user_id_of(request))
    if employee is None or not employee.active:
        raise Http404
    return employee


def _to_enrolment(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = ENROLMENT
        return answer
    return redirect(ENROLMENT)


def enrolling_employee(view: View) -> View:
    """An active employee, however far their way to the desk is: for the page that finishes it."""

    def admit(request: HttpRequest) -> HttpResponse | None:
        request.employee = _active_employee(request)  # type: ignore[attr-defined]
        return None

    return _guard(view, admit)


def employee_only(act: str | View | None = None) -> Any:
    """Only an employee who is active, whose way in is whole, and who may do ``act`` when one is named;
    ``request.employee`` says which.
    """
    if callable(act):
        return employee_only(None)(act)

    def admit(request: HttpRequest) -> HttpResponse | None:
        employee = _active_employee(request)
        if not employee.enrolled or not shown_factor(request):
            return _to_enrolment(request)
        if act is not None and not may(employee, act):
            raise NotYourAct()
        request.employee = employee  # type: ignore[attr-defined]
        request.live_topics = ["desk", f"employee:{employee.id}"]  # type: ignore[attr-defined]
        return None

    return lambda view: _guard(view, admit)
