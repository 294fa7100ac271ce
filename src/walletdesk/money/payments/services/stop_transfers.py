"""A transfer that risk delayed is stopped: by the link that its payer was sent, by the desk, or because the wallet is frozen.

The payer's own stop in the app is a cancel like that of any later transfer.

The link carries the transfer's id under our signature. It does one thing, which only makes things safer, and does it once; it
is over when the transfer is. It says nothing of whose money it is.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.sealing.public import house_keys
from walletdesk.money.payments.errors import StopLinkOver, TransferEnded, TransferNotFound
from walletdesk.money.payments.models import ScheduledTransfer
from walletdesk.money.payments.rules.holding import CANCELLED, WAITING
from walletdesk.money.payments.services.cancel_transfers import end_transfers, lock_waiting
from walletdesk.money.wallets.public import WalletIsFrozen

BY_LINK = "link"
SIGNED_BYTES = 16


def stop_transfer(transfer_id: UUID, by: str, reason: str = "", case_id: UUID | None = None) -> None:
    """``by`` is an actor as audit knows them. Stopped once more it stays so. Refuses, in this order: ``TransferNotFound`` (also
    one that risk did not delay), ``TransferEnded``.
    """
    with transaction.atomic():
        row = lock_waiting([transfer_id]).get(transfer_id)
        if row is None or not row.delay_reason:
            raise TransferNotFound()
        if row.state == CANCELLED:
            return
        if row.state != WAITING:
            raise TransferEnded(state=row.state)
        end_transfers([row], {}, by)
        record_act(by, "stop_transfer", f"transfer:{row.id}", reason, case_id, row.from_customer_id)


def stop_token(transfer_id: UUID) -> str:
    """What the link carries: 43 signs."""
    return urlsafe_b64encode(transfer_id.bytes + _signature(transfer_id, house_keys()[0])).decode().rstrip("=")


def stoppable(token: str) -> UUID:
    """The transfer that this link still stops. Refuses: ``StopLinkOver``, whatever the reason."""
    transfer_id = _read(token)
    if transfer_id is None or not _delayed().filter(id=transfer_id).exists():
        raise StopLinkOver()
    return transfer_id


def stop_by_link(token: str) -> None:
    """Refuses: ``StopLinkOver``."""
    with transaction.atomic():
        row = lock_waiting([stoppable(token)]).popitem()[1]
        if row.state != WAITING:
            raise StopLinkOver()
        stop_transfer(row.id, BY_LINK)


def stop_for_freeze(customers: Iterable[UUID]) -> None:
    """Whoever is frozen sends nothing: what risk delayed of theirs is not kept waiting for a no."""
    found = _delayed().filter(from_customer__in=set(customers))
    rows = [row for row in lock_waiting(found.values_list("id", flat=True)).values() if row.state == WAITING]
    end_transfers(rows, {row.id: WalletIsFrozen.code for row in rows})


def _delayed() -> QuerySet[ScheduledTransfer]:
    return ScheduledTransfer.objects.filter(state=WAITING).exclude(delay_reason="")


def _read(token: str) -> UUID | None:
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        transfer_id, signed = UUID(bytes=raw[:16]), raw[16:]
    except ValueError:
        return None
    right = [constant_time_compare(signed, _signature(transfer_id, key)) for key in house_keys()]
    return transfer_id if any(right) else None


def _signature(transfer_id: UUID, key: bytes) -> bytes:
    made = salted_hmac("walletdesk.payments.stop", transfer_id.hex, secret=key, algorithm="sha256")
    return bytes(made.digest()[:SIGNED_BYTES])
