"""When the room opens, the books learn to ask whether the acts behind each refund were written down before it."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig

from walletdesk.foundation.i18n.words import Words

ACTS_BEFORE_EFFECT = Path(__file__).parent / "sql" / "i12_acts_before_effect.sql"


class AgentActionsConfig(AppConfig):
    name = "walletdesk.service.agent_actions"

    def ready(self) -> None:
        from walletdesk.money.ledger.public import register_check  # a model cannot be imported before this moment

        words = Words(
            "客服退款之前，两个人的操作都已记下", "Both acts behind a refund by the desk were written down before it"
        )
        register_check("I12-acts", words, ACTS_BEFORE_EFFECT.read_text())
