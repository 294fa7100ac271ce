"""The room's place in Django, and its question to the books."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig

CHECK = Path(__file__).parent / "sql" / "checks" / "i12_two_people.sql"


class RefundsConfig(AppConfig):
    name = "walletdesk.money.refunds"
    label = "refunds"

    def ready(self) -> None:
        from walletdesk.foundation.i18n.words import Words
        from walletdesk.money.ledger.public import register_check

        words = Words("批准的退款都有两个不同的人", "Approved refunds have two different people")
        register_check("I12", words, CHECK.read_text())
