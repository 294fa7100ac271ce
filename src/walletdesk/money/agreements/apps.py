"""The room's place in Django."""

from __future__ import annotations

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "walletdesk.money.agreements"
    label = "agreements"
