"""The answers, one type a thing. What is only for one side (a shop's fee, a payer's rating) is absent for the other."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from walletdesk.doors.rest_api.shapes.parts import Moment, Money, Said

Thing = msgspec.Struct
Text = str | None
Later = Moment | None


class Balance(Thing, frozen=True):
    """What is in the books now: available = posted - held."""

    posted: Money
    held: Money
    available: Money


class Wallet(Thing, frozen=True):
    """A customer's wallet in one asset. `freeze` is none, debit, credit or full."""

    id: UUID
    asset: str
    freeze: Literal["none", "debit", "credit", "full"]
    balance: Balance
    opened_at: Moment


class FreezeState(Thing, frozen=True):
    """Whether the account stands still. `ordered_by` is self, risk or staff; `case_reference` is the case that deals with it."""

    frozen: bool
    mode: Literal["none", "debit", "credit", "full"]
    ordered_by: Literal["self", "risk", "staff"] | None
    reason: Said | None
    since: Moment | None
    case_reference: str | None


class BalanceOf(Thing, frozen=True):
    """A balance of the key's owner: of a wallet, or of the shop."""

    of: Literal["wallet", "merchant"]
    id: UUID
    asset: str
    balance: Balance


class Merchant(Thing, frozen=True):
    """The shop whose key this is. `fee_bps`: hundredths of a percent of each sale."""

    id: UUID
    name: Said
    category: str
    city: str
    phone: str
    verified: bool
    asset: str
    fee_bps: int
    since: Moment
    mode: Literal["live", "test"]


class Order(Thing, frozen=True):
    """`state`: waiting, authorised, paid, expired or cancelled. `code` is the text of its QR."""

    id: UUID
    merchant_id: UUID
    reference: str
    state: str
    amount: Money
    note: str
    code: str
    payment_id: UUID | None
    receipt_number: Text
    created_at: Moment
    expires_at: Moment
    ended_at: Later


class Agreement(Thing, frozen=True):
    """`state`: proposed, active, ended, lapsed or expired. The payer accepts at `accept_url`, signed in, with the PIN."""

    id: UUID
    merchant_id: UUID | None
    title: str
    state: str
    max_single: Money
    max_day: Money
    used_today: Money
    proposed_at: Moment
    proposal_ends_at: Moment
    valid_until: Moment
    accepted_at: Later
    ended_at: Later
    ended_by: Text
    accept_url: str | UnsetType = UNSET


class PaymentMade(Thing, frozen=True):
    """What the POST answers, also when it is sent again: the payment as it was made. GET it for how it stands now."""

    id: UUID
    state: Literal["captured", "authorised", "voided"]
    order_id: UUID
    amount: Money
    merchant_id: UUID | UnsetType = UNSET
    receipt_number: str | UnsetType = UNSET
    order_reference: str | UnsetType = UNSET
    instrument: str | UnsetType = UNSET
    agreement_id: UUID | UnsetType | None = UNSET
    fee: Money | UnsetType = UNSET
    captured_at: Moment | UnsetType = UNSET
    captured: Money | UnsetType | None = UNSET
    authorised_at: Moment | UnsetType = UNSET
    expires_at: Moment | UnsetType = UNSET
    ended_at: Later | UnsetType = UNSET


class RefundLine(Thing, frozen=True):
    """A refund, as its payment lists it."""

    id: UUID
    number: str
    amount: Money
    made_at: Moment


class Payment(Thing, frozen=True):
    """`state`: captured, partly_refunded or refunded."""

    id: UUID
    receipt_number: str
    state: Literal["captured", "partly_refunded", "refunded"]
    order_id: UUID
    order_reference: str
    merchant_id: UUID
    payee: Said
    note: str
    amount: Money
    refunded: Money
    instrument: str
    captured_at: Moment
    refunds: list[RefundLine]
    fee: Money | UnsetType = UNSET
    fee_returned: Money | UnsetType = UNSET


class Hold(Thing, frozen=True):
    """An authorised payment and what became of it: authorised, captured, voided or expired. Its id is the payment's."""

    id: UUID
    state: Literal["authorised", "captured", "voided", "expired"]
    order_id: UUID
    merchant_id: UUID
    amount: Money
    captured: Money | None
    authorised_at: Moment
    expires_at: Moment
    ended_at: Later


class RefundMade(Thing, frozen=True):
    """What the POST answers, also when it is sent again."""

    id: UUID
    number: str
    payment_id: UUID
    amount: Money
    made_at: Moment | UnsetType = UNSET


class Refund(Thing, frozen=True):
    """Money back to the wallet that paid."""

    id: UUID
    number: str
    payment_id: UUID
    amount: Money
    reason: str
    made_at: Moment
    fee_back: Money | UnsetType = UNSET


class Transfer(Thing, frozen=True):
    """`state`: made, waiting, cancelled or failed (then `code` says why). `direction` is the reader's: sent or received."""

    id: UUID
    number: str
    state: Literal["made", "waiting", "cancelled", "failed"]
    direction: Literal["sent", "received"]
    from_name: str
    to_name: str
    amount: Money
    note: str
    code: Text
    asked_at: Moment
    due_at: Later
    made_at: Later
    ended_at: Later


class TransferMade(Thing, frozen=True):
    """What the POST answers, also when it is sent again. `state`: made, waiting (for `due_at`) or cancelled."""

    id: UUID
    number: Text
    state: Literal["made", "waiting", "cancelled"]
    amount: Money
    made_at: Moment | UnsetType = UNSET
    due_at: Moment | UnsetType = UNSET
    ended_at: Later | UnsetType = UNSET


class Promise(Thing, frozen=True):
    """What was promised, by when, and how it stands: running, at_risk, kept or broken."""

    kind: str
    words: Said
    due_at: Moment
    standing: str


class Case(Thing, frozen=True):
    """The one record of a matter, with its reference and its promise."""

    id: UUID
    reference: str
    kind: str
    title: Said
    state: str
    state_words: Said
    payment_ids: list[UUID]
    promise: Promise | None
    created_at: Moment
    changed_at: Moment
    closed_at: Later
    merchant_id: UUID | UnsetType | None = UNSET
    confirm_by: Later | UnsetType = UNSET
    rated: int | UnsetType | None = UNSET


class Attachment(Thing, frozen=True):
    """A file of a message; its SHA-256 stands in the open for both sides."""

    id: UUID
    name: str
    media_type: str
    bytes: int
    sha256: str


class Author(Thing, frozen=True):
    """Who wrote; `number` is an agent's."""

    kind: str
    number: str
    name: Said


class Message(Thing, frozen=True):
    """`text` is plain: escape it where it is shown."""

    id: UUID
    case_id: UUID
    case_reference: str
    author: Author
    text: str
    attachments: list[Attachment]
    sent_at: Moment


class CaseWithMessages(Case, frozen=True, kw_only=True):
    """A case with what was said in it, oldest first."""

    messages: list[Message]


class Event(Thing, frozen=True):
    """The same body as a webhook carries; `object` is what a GET of the thing answered at that moment."""

    id: UUID
    type: str
    occurred_at: Moment
    mode: Literal["live", "test"]
    object: dict[str, Any]


class StatementLine(Thing, frozen=True):
    """What moved money, signed, and for customers the balance after it."""

    id: UUID
    kind: str
    at: Moment
    number: str
    title: Said
    amount: Money
    order_reference: str
    note: str
    balance: Money | UnsetType = UNSET
    fee: Money | UnsetType = UNSET


class Webhook(Thing, frozen=True):
    """Where events are sent. `types` empty: all of them. `secret` is there once: when it is made or rotated."""

    id: UUID
    name: str
    url: str
    types: list[str]
    mode: Literal["live", "test"]
    state: Literal["enabled", "disabled"]
    disabled_because: Text
    old_secret_until: Later
    created_at: Moment
    changed_at: Moment
    secret: str | UnsetType = UNSET


class Try(Thing, frozen=True):
    """One try of a delivery. `ended`: answered (then with a status), timed_out, not_reached, not_allowed or broken."""

    number: int
    at: Moment
    ended: str
    status: int | None
    took_ms: int
    answer: str


class Delivery(Thing, frozen=True):
    """`state`: waiting, sending, delivered or given_up."""

    id: UUID
    event_id: UUID
    webhook_id: UUID
    type: str
    state: str
    tries: int
    next_try_at: Later
    created_at: Moment
    ended_at: Later
    replay_of: UUID | None
    attempts: list[Try]


class Outcome(Thing, frozen=True):
    """What became of an idempotency key: `done` with the first answer; `in_flight`: being decided, ask again; or `none`: nothing
    was done under it. `route` is the operation, `money` says where the money was then.
    """

    state: Literal["done", "in_flight", "none"]
    idempotency_key: str
    route: Text
    status: int | None
    answer: dict[str, Any] | None
    money: Said


class TestCustomer(Thing, frozen=True):
    """Somebody who exists for your tests: with play money, and an agreement accepted for your test shop."""

    __test__ = False

    id: UUID
    number: str
    name: str
    agreement_id: UUID
    available: Money


class Health(Thing, frozen=True):
    """That the door answers, and whether the database does."""

    state: Literal["well", "unwell"]
    time: Moment


class Contacts(Thing, frozen=True):
    """The official directory with its Ed25519 signature: check it offline with the script under /contact/."""

    directory: dict[str, Any]
    signature: str
    key_id: str
    algorithm: str
