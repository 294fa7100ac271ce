"""Ask the provider of text messages what became of those that it took."""

from __future__ import annotations

from datetime import timedelta

from walletdesk.foundation.clock.public import now
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.ports import SmsSent, the_sms
from walletdesk.service.notifications.rules.delivery import DELIVERED, LOST, SENT

GIVE_UP = timedelta(hours=24)
AT_ONCE = 50


def ask_whereabouts() -> int:
    """Ask for those whose time has come, each at growing distances for a day; how many were asked. Outside of a transaction."""
    moment = now()
    due = Message.objects.filter(
        channel="sms", state=SENT, due_at__lte=moment, changed_at__gt=moment - GIVE_UP
    ).order_by("due_at")[:AT_ONCE]
    asked = 0
    for message in due:
        asked += 1
        found = the_sms().whereabouts(
            SmsSent(str(message.id), message.provider_reference, message.address, message.changed_at)
        )
        rows = Message.objects.filter(id=message.id, state=SENT)
        if found == "on_its_way":
            rows.update(due_at=moment + max(timedelta(seconds=10), moment - message.changed_at))
        else:
            rows.update(state=DELIVERED if found == "delivered" else LOST, changed_at=moment)
    return asked
