"""What happened to orders, payments, top-ups and transfers. Sums are in minor units of ``asset``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("order_created")
@dataclass(frozen=True)
class OrderCreated(Fact):
    order_id: UUID
    merchant_id: UUID
    amount_minor: int
    asset: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"merchant:{self.merchant_id}"]


@fact("order_cancelled")
@dataclass(frozen=True)
class OrderCancelled(Fact):
    order_id: UUID
    merchant_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return [f"merchant:{self.merchant_id}", f"order:{self.order_id}"]


@fact("payment_captured")
@dataclass(frozen=True)
class PaymentCaptured(Fact):
    payment_id: UUID
    customer_id: UUID
    merchant_id: UUID
    order_id: UUID
    order_reference: str
    receipt_number: str
    amount_minor: int
    asset: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"merchant:{self.merchant_id}", f"order:{self.order_id}"]


@fact("payment_authorised")
@dataclass(frozen=True)
class PaymentAuthorised(Fact):
    """Money is set aside for an order until ``expires_at``; none has moved. ``payment_id`` stays the same when captured."""

    payment_id: UUID
    customer_id: UUID
    merchant_id: UUID
    order_id: UUID
    amount_minor: int
    asset: str
    expires_at: datetime
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"merchant:{self.merchant_id}", f"order:{self.order_id}"]


@fact("payment_voided")
@dataclass(frozen=True)
class PaymentVoided(Fact):
    """What was set aside is the payer's again. ``why`` is ``voided`` (by the shop) or ``expired``."""

    payment_id: UUID
    customer_id: UUID
    merchant_id: UUID
    order_id: UUID
    amount_minor: int
    asset: str
    why: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"merchant:{self.merchant_id}", f"order:{self.order_id}"]


@fact("duplicate_suspected")
@dataclass(frozen=True)
class DuplicateSuspected(Fact):
    """The second payment looks like the first one over again. Told once per pair."""

    first_payment_id: UUID
    second_payment_id: UUID
    customer_id: UUID
    merchant_id: UUID
    amount_minor: int
    asset: str
    reason: str
    confidence: int
    seconds_apart: int
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"merchant:{self.merchant_id}", "desk"]


@fact("top_up_settled")
@dataclass(frozen=True)
class TopUpSettled(Fact):
    """``state`` is ``done`` or ``declined``; ``was_unknown`` says that somebody has been waiting for this."""

    top_up_id: UUID
    customer_id: UUID
    state: str
    code: str
    amount_minor: int
    asset: str
    was_unknown: bool
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("transfer_made")
@dataclass(frozen=True)
class TransferMade(Fact):
    transfer_id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    amount_minor: int
    asset: str
    note: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.from_customer_id}", f"customer:{self.to_customer_id}"]


@fact("transfer_scheduled")
@dataclass(frozen=True)
class TransferScheduled(Fact):
    """Set aside at once, to be made at ``due_at``. Only its sender hears of it before."""

    transfer_id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    amount_minor: int
    asset: str
    note: str
    due_at: datetime
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.from_customer_id}"]


@fact("transfer_delayed")
@dataclass(frozen=True)
class TransferDelayed(Fact):
    """Risk wants it to wait: set aside, made at ``due_at`` unless its payer stops it. ``reason`` is the rule's code."""

    transfer_id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    amount_minor: int
    asset: str
    reason: str
    due_at: datetime
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.from_customer_id}", "desk"]


@fact("transfer_cancelled")
@dataclass(frozen=True)
class TransferCancelled(Fact):
    """It was not made; the money is its sender's again. ``why`` is ``cancelled``, or the code of what stood in the way; ``by``
    is who stopped one that risk had delayed, where it was not its sender in the app: ``link`` or an employee.
    """

    transfer_id: UUID
    from_customer_id: UUID
    to_customer_id: UUID
    amount_minor: int
    asset: str
    why: str
    at: datetime
    by: str = ""

    def topics(self) -> list[str]:
        return [f"customer:{self.from_customer_id}"]
