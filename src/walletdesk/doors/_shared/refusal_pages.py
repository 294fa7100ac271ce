"""How a refusal or an error looks at any door: words first, where the money is, the one next step, the code small.

A verb's ``Refusal`` that a view lets through arrives here and becomes a page with the refusal's own status; a part
asked for by htmx gets the short form. Nothing of an unknown error is shown but a number to quote.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from walletdesk.foundation.errors import NotFound, Refusal, TryLater
from walletdesk.foundation.i18n.words import Words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sentences:
    """A refusal as a page says it."""

    code: str
    status: int
    what: str
    money: str
    next: str


def sentences(refusal: Refusal) -> Sentences:
    """The refusal in the reader's language, its fields filled in."""
    return Sentences(
        refusal.code, refusal.status, refusal.sentence("what"), refusal.sentence("money"), refusal.sentence("next")
    )


_PAGES = {
    400: (
        Words("这个请求看不懂", "This request could not be read"),
        Words("钱没有动。请从上一页再来一次。", "No money moved. Go back one page and try again."),
    ),
    403: (
        Words("这里不对您开放", "This page is not open to you"),
        Words("钱没有动。如果您觉得不对，请联系客服。", "No money moved. If that seems wrong, ask us."),
    ),
    404: (
        Words("没有这一页", "There is no such page"),
        Words("地址可能写错了，或者它不属于您。", "The address may be mistyped, or it is not yours."),
    ),
    413: (
        Words("这份内容太大了", "This is too large to send"),
        Words("请换小一点的文件。别的都没有改变。", "Choose a smaller file. Nothing else has changed."),
    ),
    429: (
        Words("来得太快了", "That was too fast"),
        Words("请过一分钟再试。钱没有动。", "Wait a minute and try again. No money moved."),
    ),
    500: (
        Words("这一页没有打开", "This page did not open"),
        Words("是我们的问题，钱没有动。请再试一次。", "Our fault. No money moved. Please try again."),
    ),
}
_NOT_KNOWN = (
    Words("不知道做成了没有", "We do not know whether it was done"),
    Words(
        "是我们的问题。再做一次之前，先看看账单或案件里有没有它；拿不准就问我们。",
        "Our fault. Before you do it again, look whether it stands in your payments or your case; if in doubt, ask us.",
    ),
)
"""Of an act: it may have been committed before something broke, so nobody says that it was not."""
_CSRF = (
    Words("这一页放得太久了", "This page has been open too long"),
    Words(
        "为了您的安全，请刷新后再做一次。什么都没有改变。",
        "For your safety, reload it and do that once more. Nothing has changed.",
    ),
)


def error_page(
    request: HttpRequest | None, status: int, words: tuple[Words, Words] | None = None, code: str = ""
) -> HttpResponse:
    """One of our own error pages; needs neither database nor session, so that it can be drawn in any trouble."""
    title, sentence = words or _PAGES[status]
    fields = {"title": title, "sentence": sentence, "code": code or f"E-{status}", "bare": status >= 500}
    try:
        page = render_to_string("error.html", fields, request if status < 500 else None)
    except Exception:
        log.exception("the error page itself failed")
        page = render_to_string("error.html", fields | {"bare": True})
    response = HttpResponse(page, status=status)
    add_never_cache_headers(response)
    return response


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page, or for htmx the part, of a refusal that no view caught."""
    said = sentences(refusal)
    if isinstance(refusal, NotFound) and not request.headers.get("HX-Request"):
        response = error_page(request, 404, code=refusal.code)
    else:
        template = "refusal_part.html" if request.headers.get("HX-Request") else "refusal.html"
        response = HttpResponse(render_to_string(template, {"refusal": said}, request), status=said.status)
    if isinstance(refusal, TryLater):
        response.headers["Retry-After"] = str(refusal.retry_after)
    add_never_cache_headers(response)
    return response


class RefusalMiddleware:
    """Turns a ``Refusal`` that left a view into its page.

    What holds a NUL is answered here: no text of a person has one, and the database takes none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        if "\0" in request.path:
            return error_page(request, 404)
        if any("\0" in word for asked in (request.GET, request.POST) for _, words in asked.lists() for word in words):
            return error_page(request, 400)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refusal_page(request, exception)
        return None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return error_page(request, 413 if too_much else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """What allauth answers when one place signs in or up too often."""
    response = error_page(request, 429)
    response.headers["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """The number stands in the log beside the trace, and nowhere is the trace shown."""
    number = secrets.token_hex(2).upper()
    log.error("shown as E-500 %s: %s %s", number, request.method, request.path)
    words = None if request.method in ("GET", "HEAD", "OPTIONS") else _NOT_KNOWN
    return error_page(request, 500, words, code=f"E-500 {number}")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, _CSRF, code="E-403 csrf")
