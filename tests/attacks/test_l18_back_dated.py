"""L18: nothing is posted into a day that is over, whatever moment is claimed; what is put right is put right today."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from tests.databases import FreshDatabase
from tests.factories.money import a_payer, a_payment, a_shop
from walletdesk.foundation.clock.public import at, now

YESTERDAY = timedelta(days=1)


def test_l18_a_payment_of_yesterday_is_booked_today(fresh_database: FreshDatabase) -> None:
    shop, lin = a_shop(), a_payer(1_000)
    fresh_database.as_owner("UPDATE clock_simulation SET allowed = false")
    before = now()
    with at(before - YESTERDAY):
        a_payment(lin, shop, "38.00")
    posted = fresh_database.as_owner("SELECT posted_at FROM journal_entry WHERE kind = 'payment'")
    assert [moment >= before for (moment,) in posted] == [True]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET posted_at = posted_at - interval '1 day'",
        "INSERT INTO journal_entry (id, kind, reference, posted_at) "
        "VALUES (gen_random_uuid(), 'payment', 'late', now() - interval '1 day')",
    ],
)
def test_l18_the_application_cannot_say_when_an_entry_was_made(fresh_database: FreshDatabase, statement: str) -> None:
    a_payment(a_payer(1_000), a_shop(), "38.00")
    with psycopg.connect(fresh_database.url) as application, pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement.encode())
