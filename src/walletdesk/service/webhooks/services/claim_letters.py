"""Take the next deliveries and make signed letters of them, in a transaction of its own that nobody outside waits for.

Whoever dies with a letter in hand leaves its claim behind: after two minutes it is due again. A receiver may therefore hear
twice, with the same ``webhook-id``; it never misses one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.sealing.public import SealBroken
from walletdesk.service.webhooks.models import Delivery
from walletdesk.service.webhooks.ports import Letter
from walletdesk.service.webhooks.rules.patience import SENDING, WAITING
from walletdesk.service.webhooks.rules.signing import signed_headers
from walletdesk.service.webhooks.sealing import unseal

CLAIM = (Path(__file__).parent.parent / "sql" / "claim.sql").read_text()
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('webhooks:claim', 0))"
EACH = 8
"""Letters under way to one endpoint at a time; one to an endpoint that fails."""
EACH_OWNER = 32
"""Letters of one owner under way at a time, an eighth of all: who has twenty endpoints that hang holds up their own."""
LEASE = timedelta(minutes=2)
USER_AGENT = "Walletdesk-Webhooks/1"


def claim_letters(most: int) -> list[Letter]:
    """At most ``most`` letters, in the order of what they tell; each is "sending" from here on."""
    moment = now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(CLAIM, {"now": moment, "each": EACH, "owner": EACH_OWNER, "most": most})
        rows = cursor.fetchall()
    return [_letter(moment, *row) for row in rows]


def take_back_lost() -> int:
    """Claims of senders that died are due again; how many."""
    moment = now()
    lost = Delivery.objects.filter(state=SENDING, claimed_at__lt=moment - LEASE)
    return lost.update(state=WAITING, due_at=moment)


def _letter(
    moment: datetime,
    delivery_id: UUID,
    endpoint_id: UUID,
    number: int,
    address: str,
    sealed: str,
    sealed_old: str | None,
    event_id: UUID,
    text: str,
) -> Letter:
    body = text.encode()
    try:
        secrets = [unseal(one, endpoint_id) for one in (sealed, sealed_old) if one]
    except SealBroken:  # another installation's database: nothing may leave unsigned
        return Letter(delivery_id, endpoint_id, number, "", {}, b"")
    headers = {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        **signed_headers(secrets, str(event_id), int(moment.timestamp()), body),
    }
    return Letter(delivery_id, endpoint_id, number, address, headers, body)
