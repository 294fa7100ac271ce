"""The lanes of this process: payments and transfers of many callers go to the books together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from walletdesk.doors.rest_api.lane import Lane
from walletdesk.money.agreements.public import AgreementNotFound, AgreementUse, agreement_parties
from walletdesk.money.payments.public import Paid, PayIntent, Refused, pay_many, transfer_many
from walletdesk.trust.risk.public import Origin

BY_API = Origin(channel="api")
REMEMBERED = 200_000


class ShopWish(NamedTuple):
    """A shop's software wants an order paid by whoever agreed to that: who it is stands in the agreement."""

    key: str
    order_id: UUID
    agreement_id: UUID
    merchant_id: UUID


class Payers:
    """Shop and payer behind accepted agreements: neither ever changes, so each is read once, many in one statement."""

    def __init__(self) -> None:
        self._known: dict[UUID, tuple[UUID, UUID]] = {}

    def of(self, agreements: Iterable[UUID]) -> Mapping[UUID, tuple[UUID, UUID]]:
        """Those that there are, perhaps others too. What is not there is asked again each time."""
        known = self._known
        new = [one for one in set(agreements) if one not in known]
        if new:
            if len(known) > REMEMBERED:
                known = self._known = {}
            known |= _read_again_if_lost(new)
        return known

    def payer(self, agreement_id: UUID | None, merchant_id: UUID) -> UUID:
        """Who pays by this agreement of this shop. Refuses another's, and none (``AgreementNotFound``)."""
        shop, payer = self.of([agreement_id]).get(agreement_id, (None, None)) if agreement_id else (None, None)
        if payer is None or shop != merchant_id:
            raise AgreementNotFound()
        return payer


def in_a_lane(act: Callable[[Sequence[Any]], Sequence[Any]]) -> Lane[Any, Any]:
    return Lane(act, connect=_connected)


def _connected() -> None:
    connection.ensure_connection()  # of the thread that asks


class Lanes:
    """``lane`` makes one of a set-based verb."""

    def __init__(self, lane: Callable[[Any], Any]) -> None:
        self.payers = Payers()
        self.pay = lane(self._pay)
        self.transfer = lane(transfer_many)

    def stop(self) -> None:
        """What was accepted is done first."""
        self.pay.stop()
        self.transfer.stop()

    def _pay(self, wishes: Sequence[PayIntent | ShopWish]) -> list[Paid | Refused]:
        """One result per wish, in their order; a shop's wish by an agreement that it has not is refused alone."""
        parties = self.payers.of(wish.agreement_id for wish in wishes if isinstance(wish, ShopWish))
        intents = [wish if isinstance(wish, PayIntent) else _intent(wish, parties) for wish in wishes]
        decided = iter(pay_many([intent for intent in intents if intent is not None]))
        return [Refused(AgreementNotFound()) if intent is None else next(decided) for intent in intents]


def _intent(wish: ShopWish, parties: Mapping[UUID, tuple[UUID, UUID]]) -> PayIntent | None:
    """None: the agreement is not this shop's."""
    shop, payer = parties.get(wish.agreement_id, (None, None))
    if payer is None or shop != wish.merchant_id:
        return None
    return PayIntent(wish.key, payer, wish.order_id, AgreementUse(wish.agreement_id, wish.merchant_id), origin=BY_API)


def _read_again_if_lost(ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    """A connection that broke while nobody used it is found out here; a read may be done twice."""
    try:
        return agreement_parties(ids)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return agreement_parties(ids)
