"""Several senders at the same moment."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.databases import FreshDatabase
from tests.factories.trust import a_customer
from walletdesk.foundation.clock.public import now
from walletdesk.service.notifications import handlers
from walletdesk.service.notifications.public import mail_log, send_due_mails
from walletdesk.service.notifications.services import send_mails
from walletdesk.trust.customers.public import CustomerRegistered


def test_four_workers_send_each_mail_once(fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [a_customer() for _ in range(8)]
    facts = [
        CustomerRegistered(one.id, one.user_id, one.number, one.name, one.email, one.language, now()) for one in people
    ]
    handlers.on_customer_registered(facts)
    handed_over: list[str] = []

    def hand_over(message: Any) -> None:
        handed_over.extend(message.to)

    monkeypatch.setattr(send_mails, "_hand_over", hand_over)
    fresh_database.at_once(send_due_mails, times=4)
    assert set(Counter(handed_over).values()) == {1}
    assert len(handed_over) == 8
    assert {line.state for line in mail_log()} == {"sent"}
