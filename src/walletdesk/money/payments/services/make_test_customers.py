"""Customers to test with: nobody, with play money, who have agreed to pay the shop's test twin without a PIN.

Their money is a top-up from the house's own play money, so that their bills add up and the books stay true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.amount.public import XTS, Amount
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.money.agreements.public import AgreementView, agree_for_testers, agreements_of_merchant
from walletdesk.money.ledger import public as ledger
from walletdesk.money.merchants.public import test_twin
from walletdesk.money.payments.models import TopUp
from walletdesk.money.payments.rules.receipt_numbers import TOP_UP
from walletdesk.money.payments.rules.top_ups import DONE
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.wallets.public import WalletView, open_wallets, wallets_for
from walletdesk.trust.customers.public import CustomerView, customers, make_testers

NAMES = ("Tester A", "Tester B", "Tester C")
EACH_HAS = Amount(1_000_000, XTS)
EACH_MAY = Amount(1_000_000, XTS)
FROM = "play_money"


@dataclass(frozen=True, slots=True)
class TestCustomer:
    """``agreement_id`` is accepted: pay with it."""

    customer_id: UUID
    number: str
    name: str
    agreement_id: UUID
    available: Amount


def test_customers(merchant_id: UUID) -> list[TestCustomer]:
    """The testers of a shop's twin (named by the shop or by the twin), made when first asked for. Refuses
    ``MerchantNotFound``.
    """
    with transaction.atomic():
        twin = test_twin(merchant_id)  # locks the shop: two who ask at once make one set
        agreed = _agreed(twin.id)
        if not agreed:
            made = make_testers(NAMES)
            _give_money([one.id for one in made])
            agree_for_testers(twin.id, [one.id for one in made], EACH_MAY)
            agreed = _agreed(twin.id)
    people = customers(agreed)
    wallets = wallets_for(agreed, XTS.code)
    return [_view(people[one], agreed[one], wallets[one]) for one in sorted(agreed, key=lambda one: people[one].name)]


def _agreed(twin_id: UUID) -> dict[UUID, AgreementView]:
    """The twin's agreement with each tester, the first one that it ever had."""
    views = {one.customer_id: one for one in agreements_of_merchant(twin_id, limit=200) if one.customer_id}
    testers = {one.id for one in customers(views).values() if one.is_tester}
    return {customer_id: view for customer_id, view in views.items() if customer_id and customer_id in testers}


def _view(person: CustomerView, agreed: AgreementView, wallet: WalletView) -> TestCustomer:
    return TestCustomer(person.id, person.number, person.name, agreed.id, wallet.available)


def _give_money(ids: list[UUID]) -> None:
    wallets = open_wallets(ids, XTS.code)
    house, moment = ledger.system_account(FROM, XTS.code), now()
    rows = [
        _top_up(wallets[one], number, moment)
        for one, number in zip(ids, number_receipts(TOP_UP, moment, len(ids)), strict=True)
    ]
    entries = [
        ledger.Entry(
            id=row.entry_id or uuid7(),
            kind="top_up",
            reference=str(row.id),
            lines=(ledger.Line(house, wallets[row.customer_id].ledger_account, row.amount_minor),),
            memo="play money",
        )
        for row in rows
    ]
    for answer in ledger.post_many(entries):
        if isinstance(answer, ledger.Declined):
            raise ledger.refusal_of(answer)
    TopUp.objects.bulk_create(rows)


def _top_up(wallet: WalletView, number: str, moment: datetime) -> TopUp:
    return TopUp(
        id=uuid7(),
        number=number,
        customer_id=wallet.customer_id,
        wallet_id=wallet.id,
        amount_minor=EACH_HAS.minor,
        asset_code=XTS.code,
        state=DONE,
        bank_reference="play money",
        started_at=moment,
        due_at=moment,
        ask_after=moment,
        settled_at=moment,
        entry_id=uuid7(),
    )
