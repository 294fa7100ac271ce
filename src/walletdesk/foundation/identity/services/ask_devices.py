"""Push approval: a browser asks the user's other devices "is it you?" and waits."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.approval_views import ApprovalView, as_approval
from walletdesk.foundation.identity.errors import ApprovalClosed, AskedTooOften, NoOtherDevice
from walletdesk.foundation.identity.events import SignInAnswered, SignInAsked, SignInDenied
from walletdesk.foundation.identity.models import Approval, Device, Session, User
from walletdesk.foundation.identity.rules.push import LIFETIME, answer_to, may_ask
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value


def asker_mark(session_key: str) -> str:
    """The asking session as a row names it: useless as a session key."""
    return hashlib.sha256(b"approval:" + session_key.encode()).hexdigest()


def can_be_asked(user_id: UUID, but_device: UUID | None = None) -> bool:
    """Whether another device of this user, past its limits, is signed in at this moment."""
    moment = now()
    signed_in = Session.objects.filter(user_id=user_id, expire_date__gt=moment, device__isnull=False)
    signed_in = signed_in.filter(device__ended_at=None)
    if but_device is not None:
        signed_in = signed_in.exclude(device_id=but_device)
    return signed_in.filter(Q(device__limits_until=None) | Q(device__limits_until__lte=moment)).exists()


def ask_devices(
    user_id: UUID, session_key: str, purpose: str, device_name: str, place: str, but_device: UUID | None = None
) -> ApprovalView:
    """Refuses, in this order: ``NoOtherDevice``, ``AskedTooOften``. ``purpose``: sign_in or step_up. The question that this
    session asked before is closed by it. Publishes ``SignInAsked``.
    """
    if not can_be_asked(user_id, but_device):
        raise NoOtherDevice()
    moment = now()
    most, window = value("push.most", moment), value("push.window_seconds", moment)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user_id)  # fifty at once are counted one by one
        rows = Approval.objects.filter(user_id=user_id, asked_at__gt=moment - timedelta(seconds=window))
        asked = list(rows.order_by("asked_at").values_list("asked_at", flat=True))
        if not may_ask(asked, moment, most=most, window_seconds=window):
            wait = asked[-most] + timedelta(seconds=window) - moment
            raise AskedTooOften(retry_after=max(1, int(wait.total_seconds())), most=most)
        mark = asker_mark(session_key)
        Approval.objects.filter(asker=mark, answer="", expires_at__gt=moment).update(expires_at=moment)
        row = Approval.objects.create(
            user_id=user_id,
            asker=mark,
            purpose=purpose,
            device_name=device_name[:60],
            place=place[:64],
            number=10 + secrets.randbelow(90),
            asked_at=moment,
            expires_at=moment + LIFETIME,
        )
        publish(SignInAsked(user_id, row.id, row.device_name, row.place, row.expires_at, moment))
    return as_approval(row)


def answer_approval(user_id: UUID, device_id: UUID, approval_id: UUID, typed: str) -> str:
    """``approved`` or ``denied``; an empty ``typed`` says "not me". A wrong number denies: there is no second try.

    Refuses: ``ApprovalClosed`` (answered, too old, another's, or asked of a device that is itself still limited).
    Publishes ``SignInAnswered``, and ``SignInDenied`` for a no.
    """
    moment = now()
    with transaction.atomic():
        row = Approval.objects.select_for_update().filter(pk=approval_id, user_id=user_id).first()
        if row is None or row.answer or row.expires_at <= moment or not _may_answer(user_id, device_id, moment):
            raise ApprovalClosed()
        row.answer = answer_to(row.number, typed) if typed.strip() else "denied"
        row.answered_at, row.answered_by_id = moment, device_id
        row.save(update_fields=["answer", "answered_at", "answered_by"])
        publish(SignInAnswered(user_id, row.id, moment))
        if row.answer == "denied":
            publish(SignInDenied(user_id, row.id, row.device_name, row.place, moment, said=not typed.strip()))
    return row.answer


def _may_answer(user_id: UUID, device_id: UUID, moment: datetime) -> bool:
    row = Device.objects.filter(pk=device_id, user_id=user_id, ended_at=None).first()
    return row is not None and (row.limits_until is None or row.limits_until <= moment)


def use_approval(user_id: UUID, session_key: str, purpose: str) -> bool:
    """Whether this session's last question was answered with yes within its time; it can be used once."""
    moment = now()
    with transaction.atomic():
        rows = Approval.objects.select_for_update().filter(
            user_id=user_id, asker=asker_mark(session_key), purpose=purpose
        )
        row = rows.order_by("-asked_at").first()
        if row is None or row.answer != "approved" or row.used_at or row.expires_at <= moment:
            return False
        row.used_at = moment
        row.save(update_fields=["used_at"])
    return True
