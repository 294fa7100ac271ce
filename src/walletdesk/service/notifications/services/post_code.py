"""Send a one-time code."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.profiles.public import value
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.rules.code_words import CODE
from walletdesk.service.notifications.rules.delivery import REFUSED
from walletdesk.service.notifications.services.post_messages import MessageDraft, post_messages

HELD_BACK = "held back: too many codes to this address"
KIND = "code:"


def post_code(channel: str, address: str, purpose: str, code: str, language: str, minutes: int) -> uuid.UUID:
    """Log the code, sealed, in the caller's transaction; the worker sends it at once after the commit and wipes it.

    ``channel`` is ``sms`` (``address`` in E.164) or ``email``; ``code`` four to 24 letters and digits. Refuses nothing that
    an attacker could ask about: more than ``notifications.codes_per_hour`` codes to one address are not sent, and only the
    log says so. Programming mistakes are ``ValueError``. Answers the id of the line in the log.
    """
    if channel not in ("sms", "email") or not CODE.fullmatch(code):
        raise ValueError("a code goes by sms or email, and is letters and digits")
    moment = now()
    if _too_many(channel, address, moment):
        return _held_back(channel, address, purpose, language, moment)
    draft = MessageDraft(
        channel=channel,
        address=address,
        kind=f"{KIND}{purpose}"[:40],
        about=str(uuid7()),
        language=language,
        expires_at=moment + timedelta(minutes=minutes),
        words={"form": "code", "purpose": purpose, "code": code, "minutes": minutes},
        urgent=True,
    )
    return post_messages([draft])[0]


def _too_many(channel: str, address: str, moment: datetime) -> bool:
    """Somebody's phone is not to be made ringing, at our cost, by whoever knows its number."""
    sent = Message.objects.filter(
        address=address, channel=channel, kind__startswith=KIND, created_at__gt=moment - timedelta(hours=1)
    ).exclude(state=REFUSED)
    return sent.count() >= int(value("notifications.codes_per_hour"))


def _held_back(channel: str, address: str, purpose: str, language: str, moment: datetime) -> uuid.UUID:
    line = Message.objects.create(
        channel=channel,
        address=address,
        kind=f"{KIND}{purpose}"[:40],
        about=str(uuid7()),
        language=language,
        state=REFUSED,
        last_answer=HELD_BACK,
        expires_at=moment,
        created_at=moment,
        changed_at=moment,
    )
    return line.id
