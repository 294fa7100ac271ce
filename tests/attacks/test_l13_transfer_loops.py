"""L13: a transfer to oneself is refused; A to B to A, a thousand times, is flagged by risk."""

from __future__ import annotations

import pytest

from tests.factories.money import a_key, a_payer, books_are_true, has, proof_of, yuan
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.errors import TransferToSelf
from walletdesk.money.payments.public import TransferIntent, Transferred, transfer, transfer_many
from walletdesk.trust.risk.models import RiskFlag

pytestmark = pytest.mark.django_db


def test_l13_to_oneself_is_refused() -> None:
    anna = a_payer(100)
    with pytest.raises(TransferToSelf) as refused:
        transfer(a_key(), anna.id, anna.id, yuan(1), "", proof_of(anna.id))
    assert refused.value.status == 422


def test_l13_a_loop_of_a_thousand_moves_no_money_in_the_end_and_is_flagged() -> None:
    anna, bert = a_payer(100), a_payer()
    there, back = (anna, bert), (bert, anna)
    wishes = [
        TransferIntent(a_key(), a.id, b.id, yuan(100), proof_of(a.id)) for _ in range(500) for a, b in (there, back)
    ]
    results = transfer_many(wishes)
    assert all(isinstance(result, Transferred) for result in results)
    assert (has(anna), has(bert)) == ("100.00", "0.00")
    deliver_all()
    assert RiskFlag.objects.exists()
    assert books_are_true()
