"""The room's place in Django, and its questions to the books."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig

CHECKS = Path(__file__).parent / "sql" / "checks"


class PaymentsConfig(AppConfig):
    name = "walletdesk.money.payments"
    label = "payments"

    def ready(self) -> None:
        from walletdesk.foundation.i18n.words import Words
        from walletdesk.money.ledger.public import register_check

        for name, check_id, words in (
            (
                "i6_rows_and_entries",
                "I6",
                Words("每一笔答应过的都在账本里", "All that was acknowledged is in the books"),
            ),
            ("i7_refunds", "I7", Words("退款合计不超过原付款", "Refunds never exceed their payment")),
            (
                "i7_set_aside",
                "I7",
                Words("预留的钱和账本一致", "What is set aside is what the books hold"),
            ),
            ("j12_totals", "J12", Words("账单合计等于账本余额", "A customer's activity adds up to the balance")),
        ):
            register_check(check_id, words, (CHECKS / f"{name}.sql").read_text())
