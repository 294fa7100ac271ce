"""The things that happenings are about, as their owner is shown them; a few statements for a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from walletdesk.money.agreements.public import agreements
from walletdesk.money.payments.public import holds, orders, payments, transfer_views
from walletdesk.money.refunds.public import refunds_of
from walletdesk.service.cases.public import CaseView, case, the_customer, the_merchant
from walletdesk.service.conversations.public import conversation
from walletdesk.service.webhooks.happenings import Happening
from walletdesk.service.webhooks.shapes import (
    MERCHANT,
    Shape,
    agreement_shape,
    case_shape,
    hold_shape,
    message_shape,
    order_shape,
    payment_shape,
    refund_shape,
    transfer_shape,
)
from walletdesk.trust.api_keys.public import KeyOwner

Shaped = dict[int, Shape]
"""By the happening's place in the batch; a thing that is no longer there is absent."""


def read_objects(batch: Sequence[Happening]) -> Shaped:
    """The shape of each happening's thing, as it stands now."""
    by_kind: dict[str, list[int]] = {}
    for place, one in enumerate(batch):
        by_kind.setdefault(one.object_kind, []).append(place)
    shaped: Shaped = {}
    for kind, places in by_kind.items():
        found = READERS[kind]([batch[place] for place in places])
        shaped |= {place: shape for place, shape in zip(places, found, strict=True) if shape is not None}
    return shaped


def _ids(batch: Sequence[Happening]) -> set[UUID]:
    return {one.object_id for one in batch}


def _orders(batch: Sequence[Happening]) -> list[Shape | None]:
    found = orders(_ids(batch))
    return [order_shape(found[one.object_id], one.owner.kind) if one.object_id in found else None for one in batch]


def _payments(batch: Sequence[Happening]) -> list[Shape | None]:
    found = payments(_ids(batch))
    return [payment_shape(found[one.object_id], one.owner.kind) if one.object_id in found else None for one in batch]


def _refunds(batch: Sequence[Happening]) -> list[Shape | None]:
    found = {view.id: view for view in refunds_of({one.matter_id for one in batch})}
    return [refund_shape(found[one.object_id], one.owner.kind) if one.object_id in found else None for one in batch]


def _holds(batch: Sequence[Happening]) -> list[Shape | None]:
    found = holds(_ids(batch))
    return [hold_shape(found[one.object_id], one.owner.kind) if one.object_id in found else None for one in batch]


def _transfers(batch: Sequence[Happening]) -> list[Shape | None]:
    found = transfer_views(_ids(batch))
    return [transfer_shape(found[one.object_id], one.owner.id) if one.object_id in found else None for one in batch]


def _agreements(batch: Sequence[Happening]) -> list[Shape | None]:
    found = agreements(_ids(batch))
    return [agreement_shape(found[one.object_id], one.owner.kind) if one.object_id in found else None for one in batch]


def _cases(batch: Sequence[Happening]) -> list[Shape | None]:
    found = {case_id: case(case_id) for case_id in _ids(batch)}
    return [case_shape(found[one.object_id], one.owner.kind) for one in batch]


def _messages(batch: Sequence[Happening]) -> list[Shape | None]:
    found = {case_id: case(case_id) for case_id in {one.matter_id for one in batch}}
    return [_message(found[one.matter_id], one.owner, one.object_id) for one in batch]


def _message(about: CaseView, owner: KeyOwner, message_id: UUID) -> Shape | None:
    """Read as its owner reads the thread: a message of another thread is not there."""
    reader = the_merchant(owner.id) if owner.kind == MERCHANT else the_customer(owner.id)
    said = {one.id: one for one in conversation(about.id, reader)}
    return message_shape(said[message_id], about) if message_id in said else None


READERS: dict[str, Callable[[Sequence[Happening]], list[Shape | None]]] = {
    "order": _orders,
    "payment": _payments,
    "hold": _holds,
    "refund": _refunds,
    "transfer": _transfers,
    "agreement": _agreements,
    "case": _cases,
    "message": _messages,
}
