"""A commit answers success with a WARNING, as it does when the wait for a synchronous standby is cut short: done here, perhaps
nowhere else. Nobody is told that it is done; the key says later what stands. The warning is raised by a deferred trigger,
which PostgreSQL runs at the same moment.
"""

from __future__ import annotations

import pytest

from tests.databases import FreshDatabase
from tests.factories.money import a_payer, a_shop, an_order, books_are_true, has, pay, to_pay
from walletdesk.money.payments.public import OutcomeUnknown

WARNS = """
CREATE FUNCTION warn_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE WARNING 'canceling wait for synchronous replication due to user request'; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER warn_at_commit AFTER INSERT ON payments_payment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn_at_commit();
"""


def test_a_payment_that_was_warned_of_is_unknown_and_its_key_decides(fresh_database: FreshDatabase) -> None:
    anna = a_payer(100)
    wish = to_pay(anna, an_order(a_shop()), key="one")
    fresh_database.as_owner(WARNS)
    with pytest.raises(OutcomeUnknown):
        pay(wish)
    fresh_database.as_owner("DROP TRIGGER warn_at_commit ON payments_payment")
    assert pay(wish).replayed, "it was done here; had the primary been lost, it would be done now"
    assert has(anna) == "62.00"
    assert books_are_true()
