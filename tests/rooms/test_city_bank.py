"""A demo city lives on money from its sandbox bank; without the bank it says so, instead of being kept poor."""

from __future__ import annotations

import pytest

from tests.factories.money import a_payer, bank_is, has
from tests.fakes.bank import FakeBank
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.public import BankAnswer
from walletdesk.project.city.arrivals import Residents
from walletdesk.project.city.build import NoBank, live_through
from walletdesk.project.city.life import Moment

pytestmark = pytest.mark.django_db


def test_a_city_without_its_bank_is_not_built() -> None:
    lin = a_payer(0)
    residents = Residents([lin.id], [], {})
    morning = Moment(now(), (), (), ((0, 500_00),))
    with bank_is(FakeBank(unreachable=True)), pytest.raises(NoBank, match="1 top-ups"):
        live_through(residents, morning)
    assert has(lin) == "0.00"


def test_one_whom_the_bank_refuses_does_not_stop_the_city() -> None:
    lin, zhou = a_payer(0), a_payer(0)
    residents = Residents([lin.id, zhou.id], [], {})

    class Choosy(FakeBank):
        def pull(self, reference: str, amount: Amount) -> BankAnswer:
            self.decline = "no_funds" if amount.minor == 1 else ""
            return super().pull(reference, amount)

    with bank_is(Choosy()):
        live_through(residents, Moment(now(), (), (), ((0, 500_00), (1, 1))))
    assert (has(lin), has(zhou)) == ("500.00", "0.00")
