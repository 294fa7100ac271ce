"""The reader's own choices in this browser: the language, the light."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from walletdesk.doors._shared.appearance import remember_theme
from walletdesk.doors._shared.language import KNOWN, SESSION_FIELD, remember_language


def safe_next(request: HttpRequest, asked: str, otherwise: str = "/") -> str:
    """``asked`` when it is an address of ours, else the first page or what is named."""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith("/") else otherwise


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language and go back; an unknown language changes nothing. A signed-in user keeps it everywhere."""
    asked = request.POST if request.method == "POST" else request.GET
    response = redirect(safe_next(request, asked.get("next", "/")))
    chosen = asked.get("to", "")
    if chosen in KNOWN:
        remember_language(response, chosen)
        if request.user.is_authenticated:
            request.session[SESSION_FIELD] = chosen
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response


@require_POST
def light(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the system says."""
    response = redirect(safe_next(request, request.POST.get("next", "/")))
    remember_theme(response, request.POST.get("to", ""))
    return response
