"""A locked account says why, and what opens it. Shown after the right password only: a stranger learns nothing here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from walletdesk.trust.verification.public import LOCK_REASONS, LockView, time_to_restore


def account_locked(request: HttpRequest, lock: LockView) -> HttpResponse:
    """403, with the reason in plain words, since when, when it opens by itself if it does, and the way back."""
    fields = {"lock": lock, "reason": LOCK_REASONS[lock.reason], "restored": time_to_restore()}
    page = render(request, "public_web/account_locked.html", fields, status=403)
    add_never_cache_headers(page)
    return page
