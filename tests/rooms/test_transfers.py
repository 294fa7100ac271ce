"""Money from person to person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories.money import a_key, a_payer, books_are_true, has, proof_of, purse, yuan
from tests.factories.trust import a_customer
from walletdesk.foundation.amount.public import USD, Amount, AmountTooSmall
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.idempotency.models import IdempotencyKey
from walletdesk.foundation.idempotency.public import KeyBodyDiffers
from walletdesk.money.payments import errors
from walletdesk.money.payments.public import (
    TransferIntent,
    Transferred,
    TransferRefused,
    activity,
    transfer,
    transfer_many,
)
from walletdesk.money.wallets.public import WalletIsFrozen, WalletMissing, freeze_wallet
from walletdesk.trust.customers.public import CustomerView, PinProof

pytestmark = pytest.mark.django_db


def sent(from_: CustomerView, to: CustomerView, amount: str | int = 10, key: str = "", note: str = "") -> Transferred:
    return transfer(key or a_key(), from_.id, to.id, yuan(amount), note, proof_of(from_.id))


def test_both_see_it_from_their_side() -> None:
    anna, bert = a_payer(100, name="林小雨"), a_payer(name="陈波")
    made = sent(anna, bert, "12.50", note="  午饭 ")
    assert (has(anna), has(bert)) == ("87.50", "12.50")
    out, into = activity(anna.id).rows[0], activity(bert.id).rows[0]
    assert (out.kind, out.amount.plain, out.title.zh, out.note) == ("transfer_out", "-12.50", "陈波", "午饭")
    assert (into.kind, into.amount.plain, into.title.zh, into.counterparty_id) == (
        "transfer_in",
        "12.50",
        "林小雨",
        anna.id,
    )
    assert out.number == into.number == made.number
    assert made.number.startswith("T ")
    assert books_are_true()


def test_to_oneself_is_no_transfer() -> None:
    anna = a_payer(100)
    with pytest.raises(errors.TransferToSelf):
        sent(anna, anna)


def test_what_stands_in_the_way() -> None:
    anna, bert = a_payer(5), a_payer()
    with pytest.raises(AmountTooSmall):
        transfer(a_key(), anna.id, bert.id, Amount(0, yuan(1).asset), "", proof_of(anna.id))
    with pytest.raises(errors.NoteTooLong):
        sent(anna, bert, note="很" * 141)
    with pytest.raises(errors.PinProofStale):
        stale = PinProof(anna.id, now() - timedelta(hours=1))
        transfer(a_key(), anna.id, bert.id, yuan(1), "", stale)
    with pytest.raises(errors.PayeeNotFound):
        transfer(a_key(), anna.id, a_key_of_nobody(), yuan(1), "", proof_of(anna.id))
    with pytest.raises(WalletMissing):
        transfer(a_key(), anna.id, bert.id, Amount(100, USD), "", proof_of(anna.id))
    with pytest.raises(errors.PayeeCannotReceive):
        sent(anna, a_customer())
    with pytest.raises(errors.NotEnoughMoney) as short:
        sent(anna, bert, 8)
    assert short.value.fields["short_by"] == yuan(3)
    freeze_wallet(purse(bert).id, "full", "checked", "risk")
    with pytest.raises(errors.PayeeCannotReceive):
        sent(anna, bert, 1)
    freeze_wallet(purse(anna).id, "debit", "lost phone", "customer")
    with pytest.raises(WalletIsFrozen):
        sent(anna, bert, 1)
    assert has(anna) == "5.00"


def a_key_of_nobody():  # type: ignore[no-untyped-def]
    from walletdesk.foundation.clock.public import uuid7

    return uuid7()


def test_one_key_is_one_transfer_even_when_the_key_was_forgotten() -> None:
    anna, bert = a_payer(100), a_payer()
    first, again = sent(anna, bert, key="k"), sent(anna, bert, key="k")
    assert again.replayed
    assert again.body == first.body
    with pytest.raises(KeyBodyDiffers):
        sent(anna, bert, 11, key="k")
    IdempotencyKey.objects.all().delete()
    with pytest.raises(errors.ReferenceUsed):
        sent(anna, bert, key="k")
    assert has(anna) == "90.00"


def test_a_batch_answers_each() -> None:
    anna, bert, carl = a_payer(10), a_payer(10), a_payer()

    def wish(a: CustomerView, b: CustomerView, amount: int) -> TransferIntent:
        return TransferIntent(a_key(), a.id, b.id, yuan(amount), proof_of(a.id))

    results = transfer_many(
        [wish(anna, carl, 8), wish(anna, carl, 8), wish(bert, bert, 1), wish(carl, anna, 8), wish(anna, bert, 8)]
    )
    said = [r.refusal.code if isinstance(r, TransferRefused) else "sent" for r in results]
    assert said == ["sent", "not_enough_money", "transfer_to_self", "sent", "sent"]
    assert (has(anna), has(bert), has(carl)) == ("2.00", "18.00", "0.00")
    assert books_are_true()
