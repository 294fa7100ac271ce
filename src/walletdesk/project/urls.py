"""Addresses: each door's own list."""

from __future__ import annotations

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

DOORS = {
    "wallet/": "walletdesk.doors.customer_web.urls",
    "till/": "walletdesk.doors.merchant_web.urls",
    "desk/": "walletdesk.doors.agent_console.urls",
    "wall/": "walletdesk.doors.supervisor_wall.urls",
    "": "walletdesk.doors.public_web.urls",
}
urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(import_module(urls))) for prefix, urls in DOORS.items()
]

_PAGES = "walletdesk.doors._shared.refusal_pages"
handler400, handler403 = f"{_PAGES}.bad_request", f"{_PAGES}.forbidden"
handler404, handler500 = f"{_PAGES}.not_found", f"{_PAGES}.server_error"
handler429 = f"{_PAGES}.too_many"  # allauth asks for it by this name
