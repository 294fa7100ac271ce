"""Once a day the books are read whole; who keeps them hears of the first wrong record, and nothing is changed by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import a_payment
from tests.factories.service import a_desk, everybody_hears
from tests.factories.trust import an_employee
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.jobs.public import declare_all, run_due_timers, run_waiting_tasks
from walletdesk.foundation.outbox.models import Event
from walletdesk.money.ledger.models import JournalLine
from walletdesk.service.notifications.public import notices


def on_day(number: int) -> None:
    with at(now() + timedelta(hours=25 * number)):
        run_due_timers()
        run_waiting_tasks()
    everybody_hears()


@pytest.mark.serial
def test_a_byte_changed_behind_our_back_is_told_to_who_keeps_the_books(fresh_database: FreshDatabase) -> None:
    declare_all()
    a_payment()
    finance, agent = an_employee("finance_officer", "money"), a_desk().zhou
    on_day(1)
    assert not Event.objects.filter(fact="books_found_wrong").exists()
    fresh_database.as_owner(
        "ALTER TABLE journal_line DISABLE TRIGGER ALL; UPDATE journal_line SET amount = amount + 1 WHERE id = 1;"
        "ALTER TABLE journal_line ENABLE TRIGGER ALL"
    )
    on_day(2)
    (told,) = notices("employee", finance.id)
    assert (told.kind, told.link) == ("books_wrong", "/desk/books/")
    entry = JournalLine.objects.get(id=1).entry_id
    assert f"journal_entry {entry}" in told.more["en"], "its seal is broken first of all"
    assert notices("employee", agent.id) == []
