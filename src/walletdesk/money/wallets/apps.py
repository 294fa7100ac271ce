"""The room's place in Django, and its question to the books."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig

CHECK = Path(__file__).parent / "sql" / "checks" / "i10_frozen.sql"


class WalletsConfig(AppConfig):
    name = "walletdesk.money.wallets"
    label = "wallets"

    def ready(self) -> None:
        from walletdesk.foundation.i18n.words import Words
        from walletdesk.money.ledger.public import register_check

        words = Words("冻结之后没有钱出去", "Nothing left a wallet after it was frozen")
        register_check("I10", words, CHECK.read_text())
