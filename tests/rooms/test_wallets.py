"""Wallets: opened once, frozen at once, with a record of both."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.factories.money import a_payer, a_shop, an_order, books_are_true, pay, purse, to_pay, yuan
from tests.factories.trust import a_customer
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.ledger.public import balances
from walletdesk.money.wallets import errors
from walletdesk.money.wallets.handlers import on_customer_registered
from walletdesk.money.wallets.models import Wallet
from walletdesk.money.wallets.public import (
    WalletIsFrozen,
    freeze_wallet,
    freezes_of,
    open_wallet,
    open_wallets,
    unfreeze_wallet,
    wallet,
    wallet_places,
    wallets_of,
)
from walletdesk.trust.customers.public import CustomerRegistered

pytestmark = pytest.mark.django_db


def test_a_wallet_is_opened_once_per_asset() -> None:
    anna = a_customer()
    first, again, dollars = open_wallet(anna.id), open_wallet(anna.id), open_wallet(anna.id, "USD")
    assert first == again
    assert {view.asset.code for view in wallets_of(anna.id)} == {"CNY", "USD"}
    assert first.ledger_account != dollars.ledger_account
    assert first.available == yuan(0)


def test_many_are_opened_in_one_go_and_those_that_stand_are_left_alone() -> None:
    people = [a_customer().id for _ in range(5)]
    stood = open_wallet(people[2])
    opened = open_wallets([*people, people[0]])
    assert opened.keys() == set(people)
    assert opened[people[2]] == stood
    assert len(wallet_places(people)) == 5


def test_a_new_customer_gets_one_and_hearing_it_twice_makes_no_second() -> None:
    anna = a_customer()
    told = CustomerRegistered(anna.id, anna.user_id, anna.number, anna.name, anna.email, "en", anna.since)
    on_customer_registered([told, told])
    on_customer_registered([told])
    assert len(wallets_of(anna.id)) == 1


def test_the_news_of_a_customer_opens_the_wallet() -> None:
    anna = a_customer()
    deliver_all()
    assert [view.asset.code for view in wallets_of(anna.id)] == ["CNY"]


def test_a_frozen_wallet_reads_frozen_everywhere_and_the_books_know() -> None:
    anna = a_payer(100)
    frozen = freeze_wallet(purse(anna).id, "debit", "手机丢了", "customer")
    assert frozen.frozen
    assert purse(anna).freeze == wallets_of(anna.id)[0].freeze == "debit"
    assert balances([frozen.ledger_account])[frozen.ledger_account].freeze == "debit"
    with pytest.raises(WalletIsFrozen):
        pay(to_pay(anna, an_order(a_shop(), 1)))
    assert not unfreeze_wallet(frozen.id, "找到了", "customer").frozen
    pay(to_pay(anna, an_order(a_shop(), 1)))
    assert books_are_true()


def test_the_record_says_who_when_and_why() -> None:
    anna = a_payer()
    freeze_wallet(purse(anna).id, "debit", "lost phone", "customer")
    freeze_wallet(purse(anna).id, "full", "police asked", "employee:1024")
    unfreeze_wallet(purse(anna).id, "cleared", "employee:2001")
    last, first = freezes_of(purse(anna).id)
    assert (first.mode, first.actor, first.lifted_by) == ("debit", "customer", "employee:1024")
    assert (last.mode, last.reason, last.lifted_reason, last.lifted_by) == (
        "full",
        "police asked",
        "cleared",
        "employee:2001",
    )
    assert last.lifted_at is not None
    assert first.lifted_at is not None
    assert first.lifted_at <= last.frozen_at <= last.lifted_at


def test_what_cannot_be_frozen_or_lifted() -> None:
    anna = a_payer()
    its = purse(anna).id
    with pytest.raises(errors.FreezeModeUnknown):
        freeze_wallet(its, "none", "why", "me")
    with pytest.raises(errors.ReasonMissing):
        freeze_wallet(its, "debit", "  ", "me")
    with pytest.raises(errors.WalletMissing):
        freeze_wallet(uuid7(), "debit", "why", "me")
    with pytest.raises(errors.NotFrozen):
        unfreeze_wallet(its, "why", "me")
    freeze_wallet(its, "debit", "why", "me")
    with pytest.raises(errors.AlreadyFrozen):
        freeze_wallet(its, "debit", "why", "me")
    assert wallet(uuid7()) is None


def test_a_wallet_keeps_its_owner_and_its_account() -> None:
    anna, bert = a_payer(), a_payer()
    for change in ({"customer_id": bert.id}, {"ledger_account": 999_999}, {"asset_code": "USD"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Wallet.objects.filter(customer_id=anna.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Wallet.objects.filter(customer_id=anna.id).delete()
