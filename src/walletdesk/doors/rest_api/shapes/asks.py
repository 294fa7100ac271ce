"""The bodies and parameters that are asked for."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from walletdesk.doors.rest_api.shapes.parts import Id, Listing, Moment, Note, Sum

Strict = msgspec.Struct


class OrderAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """An order to be paid: what the shop asks for."""

    amount: Sum
    reference: Annotated[
        str, Meta(max_length=25, pattern=r"^[0-9A-Za-z_./#-]*$", description="The shop's own number")
    ] = ""
    note: Note = ""


class AgreementAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """An agreement for a payer to accept with the PIN, at `accept_url`."""

    title: Annotated[str, Meta(min_length=1, max_length=60, description="What it is for, in the payer's eyes")]
    max_single: Sum
    max_day: Sum
    valid_until: Moment


class PaymentAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """A shop's key names the agreement of the payer; a customer's own key pays from the customer's own wallet."""

    order_id: Id
    agreement_id: Id | None = None
    capture: Annotated[bool, Meta(description="false: authorise only, capture or void later")] = True


class HoldAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """The same as a payment with `capture` false."""

    order_id: Id
    agreement_id: Id | None = None


class CaptureAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """Without an amount: all of it. One capture ends the hold; what was not captured is free again."""

    amount: Sum | None = None
    final: bool = True


class RefundAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """Straight from the shop's balance to the wallet that paid."""

    amount: Sum
    reason: Annotated[str, Meta(max_length=200)] = ""


class TransferAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """To the one customer with this number, e-mail address or telephone number. `when`: later, at this moment.
    `accept_warnings`: codes of what whoever pays has read of the payee (`payee_warned`) and pays all the same.
    """

    to: Annotated[str, Meta(min_length=3, max_length=254)]
    amount: Sum
    note: Note = ""
    when: Moment | None = None
    accept_warnings: Annotated[list[Annotated[str, Meta(max_length=20)]], Meta(max_length=10)] = []


class CaseAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """A matter for the desk. A shop's case is about a payment of its own."""

    kind: Literal["duplicate_charge", "payment_problem", "not_mine", "refund_request", "record_wrong", "question"]
    text: Annotated[str, Meta(min_length=1, max_length=4000)]
    payment_ids: Annotated[list[UUID], Meta(max_length=20)] = []


class MessageAsk(Strict, frozen=True, forbid_unknown_fields=True):
    text: Annotated[str, Meta(min_length=1, max_length=4000)]


class EndpointAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """`types` empty: every event."""

    url: Annotated[str, Meta(min_length=1, max_length=500)]
    types: Annotated[list[str], Meta(max_length=50)] = []
    name: Annotated[str, Meta(max_length=60)] = ""


class EndpointChange(Strict, frozen=True, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    url: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    types: Annotated[list[str], Meta(max_length=50)] | None = None
    name: Annotated[str, Meta(max_length=60)] | None = None
    enabled: bool | None = None


class NothingAsked(Strict, frozen=True, forbid_unknown_fields=True):
    """An empty object."""


class EventListing(Listing, frozen=True, forbid_unknown_fields=True):
    """`type`: only these, with a comma between."""

    type: Annotated[str, Meta(max_length=300)] | None = None


class StatementAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """From `from` to before `to`, at most 100 days."""

    from_: Moment = msgspec.field(name="from")
    to: Moment
    limit: Annotated[int, Meta(ge=1, le=5000)] = 1000


class FileName(Strict, frozen=True, forbid_unknown_fields=True):
    file_name: Annotated[str, Meta(min_length=1, max_length=200)] = "file"


class OutcomeAsk(Strict, frozen=True, forbid_unknown_fields=True):
    """`operation` (like `payments.create`): where one key was used for several; else the latest."""

    operation: Annotated[str, Meta(min_length=1, max_length=60)] | None = None
