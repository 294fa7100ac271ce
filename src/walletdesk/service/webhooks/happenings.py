"""Which facts are events, of which type, about which thing, and for whom; pure.

A fact tells each owner whom it concerns: the shop, the customer, or both sides of a transfer. What only the desk reads is
nobody's event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from walletdesk.money.agreements.public import AgreementAccepted, AgreementEnded
from walletdesk.money.payments.public import (
    OrderCancelled,
    OrderCreated,
    PaymentAuthorised,
    PaymentCaptured,
    PaymentVoided,
    TransferCancelled,
    TransferMade,
)
from walletdesk.money.refunds.public import RefundPosted
from walletdesk.service.cases.public import CaseClosed, CaseOpened
from walletdesk.service.conversations.public import MessageSaid
from walletdesk.service.webhooks.shapes import CUSTOMER, MERCHANT
from walletdesk.trust.api_keys.public import KeyOwner


@dataclass(frozen=True, slots=True)
class Happening:
    """``about`` names it for ever: told twice, it is written once. Events of one ``matter_id`` are delivered in their order:
    an order, a payment with its refunds, a transfer, an agreement, a case with its messages.
    """

    owner: KeyOwner
    type: str
    object_kind: str
    object_id: UUID
    matter_id: UUID
    about: str
    occurred_at: datetime


def happenings_of(fact: Any) -> list[Happening]:
    """The events of one fact, one for each owner; none for a fact that is nobody's event."""
    match fact:
        case OrderCreated():
            return _told(_shop(fact), "order.created", "order", fact.order_id, fact.at)
        case OrderCancelled():
            return _told(_shop(fact), "order.cancelled", "order", fact.order_id, fact.at)
        case PaymentAuthorised():
            return _told(_both(fact), "payment.authorised", "hold", fact.payment_id, fact.at)
        case PaymentVoided():
            return _told(_both(fact), "payment.voided", "hold", fact.payment_id, fact.at)
        case PaymentCaptured():
            return _told(_both(fact), "payment.captured", "payment", fact.payment_id, fact.at)
        case RefundPosted():
            return _told(_both(fact), "refund.posted", "refund", fact.refund_id, fact.at, matter_id=fact.payment_id)
        case TransferMade():
            sides = [KeyOwner(CUSTOMER, fact.from_customer_id), KeyOwner(CUSTOMER, fact.to_customer_id)]
            return _told(sides, "transfer.made", "transfer", fact.transfer_id, fact.at)
        case TransferCancelled():  # what somebody planned to send is not the other's to know
            sender = [KeyOwner(CUSTOMER, fact.from_customer_id)]
            return _told(sender, "transfer.cancelled", "transfer", fact.transfer_id, fact.at)
        case AgreementAccepted():
            return _told(_both(fact), "agreement.accepted", "agreement", fact.agreement_id, fact.at)
        case AgreementEnded():
            return _told(_both(fact), "agreement.ended", "agreement", fact.agreement_id, fact.at)
        case CaseOpened():
            return _told(_both(fact), "case.opened", "case", fact.case_id, fact.at)
        case CaseClosed():  # a case that was reopened closes again
            about = f"{fact.case_id}:{fact.at.isoformat()}"
            return _told(_both(fact), "case.closed", "case", fact.case_id, fact.at, about=about)
        case MessageSaid():  # each side reads its own thread with the desk, and nobody the desk's notes
            readers = [owner for owner in _both(fact) if owner.kind == fact.audience]
            return _told(readers, "case.message", "message", fact.message_id, fact.at, matter_id=fact.case_id)
    return []


def _told(
    owners: list[KeyOwner],
    type_: str,
    kind: str,
    object_id: UUID,
    at: datetime,
    *,
    matter_id: UUID | None = None,
    about: str = "",
) -> list[Happening]:
    return [
        Happening(owner, type_, kind, object_id, matter_id or object_id, about or str(object_id), at)
        for owner in owners
    ]


def _shop(fact: Any) -> list[KeyOwner]:
    return [KeyOwner(MERCHANT, fact.merchant_id)] if fact.merchant_id else []


def _both(fact: Any) -> list[KeyOwner]:
    return [*_shop(fact), *([KeyOwner(CUSTOMER, fact.customer_id)] if fact.customer_id else [])]
