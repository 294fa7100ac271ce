"""A transfer as one of the two people reads it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from walletdesk.money.payments.public import TransferView
from walletdesk.service.webhooks.public import moment_shape, money_shape


def transfer_shape(transfer: TransferView, reader_customer_id: UUID) -> dict[str, Any]:
    """``direction`` is the reader's: sent or received."""
    moments = {name: getattr(transfer, name) for name in ("asked_at", "due_at", "made_at", "ended_at")}
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
        **{name: moment_shape(moment) if moment else None for name, moment in moments.items()},
    }
