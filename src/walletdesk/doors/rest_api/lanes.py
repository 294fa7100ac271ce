"""The lanes of this process: payments and transfers of many callers go to the books together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from walletdesk.doors.rest_api.gathering import Gathering, Pool
from walletdesk.doors.rest_api.lane import Lane
from walletdesk.money.agreements.public import agreement_terms
from walletdesk.money.payments.public import pay_many, transfer_many


class Lanes:
    """``payers`` knows which shop and which payer stand behind an accepted agreement: neither ever changes."""

    def __init__(self, pool: Pool, lane: Callable[[Any], Any] = Lane) -> None:
        self.pay = lane(pay_many)
        self.transfer = lane(transfer_many)
        self.payers: Gathering[UUID, tuple[UUID, UUID]] = Gathering(pool, _payers)

    def stop(self) -> None:
        """What was accepted is done first."""
        self.pay.stop()
        self.transfer.stop()


def _payers(ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    return {
        terms.id: (terms.merchant_id, terms.customer_id)
        for terms in agreement_terms(ids).values()
        if terms.merchant_id is not None and terms.customer_id is not None
    }
