"""Light, dark or as the system says: the reader's choice in this browser."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "light"
CHOICES = ("light", "dark")


def theme_of(request: HttpRequest) -> str:
    """``light``, ``dark``, or nothing when the system decides."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in CHOICES else ""


def remember_theme(response: HttpResponse, theme: str) -> None:
    if theme in CHOICES:
        response.set_cookie(
            COOKIE, theme, max_age=365 * 24 * 3600, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
