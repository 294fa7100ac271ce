"""The lesson that is offered once, at the moment when it matters: before the first transfer to somebody new.

A cookie of this browser remembers that it was offered; no list is kept of who was.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE, AGE = "lesson_offered", 400 * 24 * 3600


def first_lesson(request: HttpRequest) -> bool:
    """Whether this page may offer it still."""
    return request.method == "GET" and COOKIE not in request.COOKIES


def lesson_shown(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Not again after this page, if it offered the lesson."""
    if b"/lessons/first-payee/" in page.content:
        page.set_cookie(COOKIE, "1", max_age=AGE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return page
