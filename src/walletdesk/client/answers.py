"""What the API answers, as types, held against ``docs/reference/openapi.json`` field by field. What a newer API says besides is
passed over; an unknown state is still a text. Times are aware, in UTC; ids are texts; what is not there is ``None``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from walletdesk.client.money import Money


class Answer(Struct, frozen=True):
    """Frozen, compared by value."""


class Sentence(Answer, frozen=True):
    """The same sentence in Chinese and English."""

    zh: str
    en: str


class Balance(Answer, frozen=True):
    """available = posted - held."""

    posted: Money
    held: Money
    available: Money


class Wallet(Answer, frozen=True):
    """``freeze`` is none, debit, credit or full."""

    id: str
    asset: str
    freeze: str
    balance: Balance
    opened_at: datetime


class FreezeState(Answer, frozen=True):
    """``mode`` is none, debit, credit or full; ``ordered_by`` self, risk or staff."""

    frozen: bool
    mode: str
    ordered_by: str | None
    reason: Sentence | None
    since: datetime | None
    case_reference: str | None


class BalanceOf(Answer, frozen=True):
    """``of`` is wallet or merchant."""

    of: str
    id: str
    asset: str
    balance: Balance


class Merchant(Answer, frozen=True):
    """The shop whose key this is. ``fee_bps``: hundredths of a percent of each sale."""

    id: str
    name: Sentence
    category: str
    city: str
    phone: str
    verified: bool
    asset: str
    fee_bps: int
    since: datetime
    mode: str


class Order(Answer, frozen=True):
    """``state`` is waiting, authorised, paid, expired or cancelled; ``code`` is the text of its QR code."""

    id: str
    merchant_id: str
    reference: str
    state: str
    amount: Money
    note: str
    code: str
    payment_id: str | None
    receipt_number: str | None
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None


class PaymentMade(Answer, frozen=True):
    """What paying, capturing and voiding answer, also when asked again: the payment as it was made then. ``state`` is captured,
    authorised or voided. Get it for how it stands now.
    """

    id: str
    state: str
    order_id: str
    amount: Money
    merchant_id: str | None = None
    receipt_number: str | None = None
    order_reference: str | None = None
    instrument: str | None = None
    agreement_id: str | None = None
    fee: Money | None = None
    captured_at: datetime | None = None
    captured: Money | None = None
    authorised_at: datetime | None = None
    expires_at: datetime | None = None
    ended_at: datetime | None = None


class RefundLine(Answer, frozen=True):
    """A refund, as its payment lists it."""

    id: str
    number: str
    amount: Money
    made_at: datetime


class Payment(Answer, frozen=True):
    """``state`` is captured, partly_refunded or refunded. ``fee`` and ``fee_returned`` are told to the shop alone."""

    id: str
    receipt_number: str
    state: str
    order_id: str
    order_reference: str
    merchant_id: str
    payee: Sentence
    note: str
    amount: Money
    refunded: Money
    instrument: str
    captured_at: datetime
    refunds: list[RefundLine]
    fee: Money | None = None
    fee_returned: Money | None = None


class Hold(Answer, frozen=True):
    """``state`` is authorised, captured, voided or expired; ``id`` is the payment's, before the capture and after it."""

    id: str
    state: str
    order_id: str
    merchant_id: str
    amount: Money
    captured: Money | None
    authorised_at: datetime
    expires_at: datetime
    ended_at: datetime | None


class RefundMade(Answer, frozen=True):
    """What refunding answers, also when asked again."""

    id: str
    number: str
    payment_id: str
    amount: Money
    made_at: datetime | None = None


class Refund(Answer, frozen=True):
    """``fee_back``, what the shop got back of its fee, is told to the shop alone."""

    id: str
    number: str
    payment_id: str
    amount: Money
    reason: str
    made_at: datetime
    fee_back: Money | None = None


class Agreement(Answer, frozen=True):
    """``state`` is proposed, active, ended, lapsed or expired. Show ``accept_url`` to the customer who is to accept it."""

    id: str
    merchant_id: str | None
    title: str
    state: str
    max_single: Money
    max_day: Money
    used_today: Money
    proposed_at: datetime
    proposal_ends_at: datetime
    valid_until: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    accept_url: str | None = None


class TransferMade(Answer, frozen=True):
    """What sending and cancelling answer, also when asked again. ``state`` is made, waiting (for ``due_at``) or cancelled."""

    id: str
    number: str | None
    state: str
    amount: Money
    made_at: datetime | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None


class Transfer(Answer, frozen=True):
    """``state`` is made, waiting, cancelled or failed (then ``code`` says why); ``direction`` is sent or received."""

    id: str
    number: str
    state: str
    direction: str
    from_name: str
    to_name: str
    amount: Money
    note: str
    code: str | None
    asked_at: datetime
    due_at: datetime | None
    made_at: datetime | None
    ended_at: datetime | None


class Promise(Answer, frozen=True):
    """What, by when, and whether it stands, was kept or was broken."""

    kind: str
    words: Sentence
    due_at: datetime
    standing: str


class Case(Answer, frozen=True):
    id: str
    reference: str
    kind: str
    title: Sentence
    state: str
    state_words: Sentence
    payment_ids: list[str]
    promise: Promise | None
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    merchant_id: str | None = None
    confirm_by: datetime | None = None
    rated: int | None = None


class Author(Answer, frozen=True):
    """``number`` is an agent's, and can be looked up among the official contacts."""

    kind: str
    number: str
    name: Sentence


class Attachment(Answer, frozen=True):
    id: str
    name: str
    media_type: str
    bytes: int
    sha256: str


class Message(Answer, frozen=True):
    """``text`` is plain: escape it where it is shown."""

    id: str
    case_id: str
    case_reference: str
    author: Author
    text: str
    attachments: list[Attachment]
    sent_at: datetime


class Webhook(Answer, frozen=True):
    """Where events are sent to. ``types`` empty: all. ``state`` is enabled or disabled, ``disabled_because`` owner or gone (it
    answered 410). ``secret`` is there once: when it is made or rotated.
    """

    id: str
    name: str
    url: str
    types: list[str]
    mode: str
    state: str
    disabled_because: str | None
    old_secret_until: datetime | None
    created_at: datetime
    changed_at: datetime
    secret: str | None = None


class Try(Answer, frozen=True):
    """``ended`` is answered (then with a status), timed_out, not_reached, not_allowed or broken."""

    number: int
    at: datetime
    ended: str
    status: int | None
    took_ms: int
    answer: str


class Delivery(Answer, frozen=True):
    """``state`` is waiting, sending, delivered or given_up."""

    id: str
    event_id: str
    webhook_id: str
    type: str
    state: str
    tries: int
    next_try_at: datetime | None
    created_at: datetime
    ended_at: datetime | None
    replay_of: str | None
    attempts: list[Try]


class CaseWithMessages(Case, frozen=True, kw_only=True):
    """A case with what was said in it, oldest first."""

    messages: list[Message]


class Event(Answer, frozen=True):
    """What happened; the body of a webhook is the same. ``object`` is what a GET of that thing answered at that time."""

    id: str
    type: str
    occurred_at: datetime
    mode: str
    object: dict[str, Any]


class StatementLine(Answer, frozen=True):
    """What moved money, signed; with the balance after it for customers, with the fee for shops."""

    id: str
    kind: str
    at: datetime
    number: str
    title: Sentence
    amount: Money
    order_reference: str
    note: str
    balance: Money | None = None
    fee: Money | None = None


class Outcome(Answer, frozen=True):
    """What became of an idempotency key: ``done`` with the first answer; ``in_flight``: being decided, ask again; or ``none``:
    nothing was done under it. ``route`` is the operation, ``money`` says where the money was then.
    """

    state: str
    idempotency_key: str
    route: str | None
    status: int | None
    answer: dict[str, Any] | None
    money: Sentence


class TestCustomer(Answer, frozen=True):
    """Somebody who exists for your tests: with play money, and an agreement accepted for your test shop."""

    __test__ = False

    id: str
    number: str
    name: str
    agreement_id: str
    available: Money


class Contacts(Answer, frozen=True):
    """The official directory, signed with Ed25519: verify it offline with the script under ``/contact/``."""

    directory: dict[str, Any]
    signature: str
    key_id: str
    algorithm: str


class Health(Answer, frozen=True):
    """``state`` is well or unwell."""

    state: str
    time: datetime
