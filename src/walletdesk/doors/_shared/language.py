"""In which language a reader reads, decided for each request.

In this order: the language this browser chose (the cookie of ``/language/``), the language of the one who signed in
here (kept in the session at sign-in), the browser's own wish, Chinese.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

SESSION_FIELD = "language"
KNOWN = {code for code, _ in settings.LANGUAGES}
COOKIE_AGE = 365 * 24 * 3600


def language_of(request: HttpRequest) -> str:
    """One of ``settings.LANGUAGES``."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in KNOWN:
        return chosen
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        of_user = request.session.get(SESSION_FIELD)
        if of_user in KNOWN:
            return of_user
    return translation.get_language_from_request(request)


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the choice in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class ReaderLanguageMiddleware:
    """Activates the reader's language around the request and names it in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
