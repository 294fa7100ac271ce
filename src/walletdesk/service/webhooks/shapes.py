"""How a thing is shown to other software: pure functions from a room's view to what JSON says. Events carry exactly what a
GET of the same thing answers, because both are made here.

Money is ``{"minor": 3800, "asset": "CNY"}``, a moment RFC 3339 in UTC, an id the text of a UUID; what is not there is null. A
shop never reads who paid or whose money it is, and a payer never reads the shop's fee: ``reader`` is ``merchant`` or ``customer``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import AgreementView
from walletdesk.money.payments.public import HoldView, OrderView, PaymentView, RefundNote, TransferView
from walletdesk.money.refunds.public import RefundView
from walletdesk.service.cases.public import CaseView
from walletdesk.service.conversations.public import MessageView

MERCHANT, CUSTOMER = "merchant", "customer"
Shape = dict[str, Any]


def money_shape(amount: Amount) -> Shape:
    return {"minor": amount.minor, "asset": amount.asset.code}


def moment_shape(moment: datetime) -> str:
    """``2026-11-22T16:10:00.123456Z``; no fraction when there is none."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def order_shape(order: OrderView, reader: str = MERCHANT) -> Shape:
    """``code`` is the text of its QR; ``payment_id`` only where it was paid."""
    return {
        "id": str(order.id),
        "merchant_id": str(order.merchant_id),
        "reference": order.order_reference,
        "state": order.state,
        "amount": money_shape(order.amount),
        "note": order.note,
        "code": order.code,
        "payment_id": _id(order.payment_id),
        "receipt_number": order.receipt_number or None,
        "created_at": moment_shape(order.created_at),
        "expires_at": moment_shape(order.expires_at),
        "ended_at": _moment(order.ended_at),
    }


def payment_shape(payment: PaymentView, reader: str) -> Shape:
    """A captured payment with what went back of it. ``fee`` and ``fee_returned`` are the shop's alone."""
    shape: Shape = {
        "id": str(payment.id),
        "receipt_number": payment.receipt_number,
        "state": payment.state,
        "order_id": str(payment.order_id),
        "order_reference": payment.order_reference,
        "merchant_id": str(payment.merchant_id),
        "payee": _words(payment.payee),
        "note": payment.note,
        "amount": money_shape(payment.amount),
        "refunded": money_shape(payment.refunded),
        "instrument": payment.instrument,
        "authorised_at": _moment(payment.authorised_at),
        "captured_at": moment_shape(payment.captured_at),
        "refunds": [_refund_line(note) for note in payment.refunds],
    }
    if reader == MERCHANT:
        shape |= {"fee": money_shape(payment.fee), "fee_returned": money_shape(payment.fee_returned)}
    return shape


def hold_shape(hold: HoldView, reader: str) -> Shape:
    """An authorised payment. Its id is the payment's, before the capture and after it; ``captured`` is zero before."""
    return {
        "id": str(hold.id),
        "state": hold.state,
        "order_id": str(hold.order_id),
        "merchant_id": str(hold.merchant_id),
        "payee": _words(hold.payee),
        "amount": money_shape(hold.amount),
        "captured": money_shape(hold.captured),
        "authorised_at": moment_shape(hold.authorised_at),
        "expires_at": moment_shape(hold.expires_at),
        "ended_at": _moment(hold.ended_at),
    }


def refund_shape(refund: RefundView, reader: str) -> Shape:
    """``fee_back``, what the shop got back of its fee, is the shop's alone."""
    shape = {
        "id": str(refund.id),
        "number": refund.number,
        "payment_id": str(refund.payment_id),
        "amount": money_shape(refund.amount),
        "reason": refund.reason,
        "made_at": moment_shape(refund.made_at),
    }
    return shape | {"fee_back": money_shape(refund.fee_back)} if reader == MERCHANT else shape


def transfer_shape(transfer: TransferView, reader_customer_id: UUID) -> Shape:
    """``direction`` as its reader sees it; ``code`` says why one that waited was not made."""
    return {
        "id": str(transfer.id),
        "number": transfer.number,
        "state": transfer.state,
        "direction": "sent" if transfer.from_customer == reader_customer_id else "received",
        "from_name": transfer.from_name,
        "to_name": transfer.to_name,
        "amount": money_shape(transfer.amount),
        "note": transfer.note,
        "code": transfer.code or None,
        "asked_at": moment_shape(transfer.asked_at),
        "due_at": _moment(transfer.due_at),
        "made_at": _moment(transfer.made_at),
        "ended_at": _moment(transfer.ended_at),
    }


def agreement_shape(agreement: AgreementView, reader: str) -> Shape:
    """A payer's consent for one shop. The shop does not learn from it who the payer is."""
    return {
        "id": str(agreement.id),
        "merchant_id": _id(agreement.merchant_id),
        "title": agreement.title,
        "state": agreement.state,
        "max_single": money_shape(agreement.max_single),
        "max_day": money_shape(agreement.max_day),
        "used_today": money_shape(agreement.used_today),
        "proposed_at": moment_shape(agreement.proposed_at),
        "proposal_ends_at": moment_shape(agreement.proposal_ends_at),
        "valid_until": moment_shape(agreement.valid_until),
        "accepted_at": _moment(agreement.accepted_at),
        "ended_at": _moment(agreement.ended_at),
        "ended_by": agreement.ended_by or None,
    }


def case_shape(case: CaseView, reader: str) -> Shape:
    """A case as its customer or the shop that it concerns reads it. Rating and device are the customer's own."""
    promise = case.promise
    shape: Shape = {
        "id": str(case.id),
        "reference": case.reference,
        "kind": case.kind,
        "title": _said(case.title),
        "state": case.state,
        "state_words": _said(case.state_words),
        "payment_ids": [str(one) for one in case.payment_ids],
        "promise": None
        if promise is None
        else {
            "kind": promise.kind,
            "words": _said(promise.words),
            "due_at": moment_shape(promise.due_at),
            "standing": promise.standing,
        },
        "created_at": moment_shape(case.created_at),
        "changed_at": moment_shape(case.changed_at),
        "closed_at": _moment(case.closed_at),
    }
    if reader == CUSTOMER:
        shape |= {"merchant_id": _id(case.merchant_id), "confirm_by": _moment(case.confirm_by), "rated": case.rated}
    return shape


def message_shape(message: MessageView, case: CaseView) -> Shape:
    """One message of the reader's own thread of a case; ``text`` is plain, escape it where it is shown."""
    return {
        "id": str(message.id),
        "case_id": str(case.id),
        "case_reference": case.reference,
        "author": {"kind": message.author_kind, "number": message.author_number, "name": _said(message.author_name)},
        "text": message.text,
        "attachments": [
            {
                "id": str(one.id),
                "name": one.name,
                "media_type": one.media_type,
                "bytes": one.bytes,
                "sha256": one.sha256,
            }
            for one in message.attachments
        ],
        "sent_at": moment_shape(message.sent_at),
    }


def _refund_line(note: RefundNote) -> Shape:
    return {
        "id": str(note.refund_id),
        "number": note.number,
        "amount": money_shape(note.amount),
        "made_at": moment_shape(note.made_at),
    }


def _id(given: UUID | None) -> str | None:
    return str(given) if given else None


def _moment(given: datetime | None) -> str | None:
    return moment_shape(given) if given else None


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _said(stored: dict[str, str]) -> dict[str, str]:
    """A sentence that a row keeps, under the names that other software knows: ``zh`` and ``en``."""
    return {"zh": stored.get("zh-hans", ""), "en": stored.get("en", "")}
