"""L19: a batch with an inner duplicate or one bad leg: of that entry nothing is posted.

The unit that stands or falls is the entry: one bad line takes its whole entry with it, and never a neighbour.
"""

from __future__ import annotations

import pytest

from tests.factories.ledger import told
from walletdesk.money.ledger.models import JournalEntry, JournalLine
from walletdesk.money.ledger.public import balances

pytestmark = pytest.mark.django_db

BAD_LEGS = {
    "shop > nobody 1.00": "account_unknown",
    "shop > shop 1.00": "same_account shop",
    "shop > yuki 1.00": "asset_differs shop",
    "shop > ben 0": "amount_not_positive shop",
    "shop > ben -1.00": "amount_not_positive shop",
    "shop > ben 99.00": "insufficient_available shop",
    "cold > ben 1.00": "account_frozen cold",
    "shop > deaf 1.00": "account_frozen_credit deaf",
}


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("leg", BAD_LEGS)
def test_l19_one_bad_leg_takes_its_entry_with_it(leg: str, place: int) -> None:
    books = told("""
        account  anna  customer_wallet      CNY  50.00
        account  ben   customer_wallet      CNY
        account  cold  customer_wallet      CNY  50.00
        account  deaf  customer_wallet      CNY
        account  yuki  customer_wallet      JPY
        account  shop  merchant_settlement  CNY
        freeze   cold  debit
        freeze   deaf  credit
    """)
    before = JournalEntry.objects.count(), JournalLine.objects.count()
    legs = ["anna > shop 10.00", "anna > ben 5.00"]
    legs.insert(place, leg)
    told(f"payment  1  {' + '.join(legs)}   | {BAD_LEGS[leg]}", books)
    assert (JournalEntry.objects.count(), JournalLine.objects.count()) == before
    assert balances([books.accounts["anna"]])[books.accounts["anna"]].available == 5000


def test_l19_an_inner_duplicate_is_posted_once_or_not_at_all() -> None:
    told("""
        account  anna  customer_wallet      CNY  50.00
        account  shop  merchant_settlement  CNY
        batch
            payment  1  anna > shop 40.00                        | posted
            payment  1  anna > shop 40.00                        | replayed
            payment  2  anna > shop 40.00                        | insufficient_available anna
            payment  2  anna > shop 40.00                        | insufficient_available anna
            payment  1  anna > shop 4.00                         | reference_used
        balance  shop  40.00
    """)
