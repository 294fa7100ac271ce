"""Addresses: each door's own list."""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

DOORS = {
    "wallet/": "walletdesk.doors.customer_web.urls",
    "till/": "walletdesk.doors.merchant_web.urls",
    "desk/": "walletdesk.doors.agent_console.urls",
    "": "walletdesk.doors.public_web.urls",
}
urlpatterns: list[URLPattern | URLResolver] = [path(prefix, include(import_module(urls))) for prefix, urls in DOORS.items()]
