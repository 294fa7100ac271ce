"""A carrier tells by itself what became of a text: delivered or lost, with its word for why."""

from __future__ import annotations

import uuid

from walletdesk.foundation.clock.public import now
from walletdesk.service.notifications.errors import ReceiptNotSigned, ReceiptTooEarly
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.ports import the_sms
from walletdesk.service.notifications.rules.delivery import DELIVERED, LOST, SENDING, SENT


def note_receipt(signature: str, body: bytes) -> None:
    """Written down once: told again, or of a text that is not ours, it changes nothing. Refuses, in this order:
    ``ReceiptNotSigned``, ``ReceiptTooEarly`` (they tell us once more).
    """
    moment = now()
    told = the_sms().receipt(signature, body, moment)
    if told is None:
        raise ReceiptNotSigned()
    try:
        message_id = uuid.UUID(told.reference)
    except ValueError:
        return
    rows = Message.objects.filter(id=message_id, channel="sms")
    if rows.filter(state=SENDING).exists():
        raise ReceiptTooEarly()
    rows.filter(state=SENT).update(
        state=DELIVERED if told.state == "delivered" else LOST, changed_at=moment, last_answer=told.code
    )
