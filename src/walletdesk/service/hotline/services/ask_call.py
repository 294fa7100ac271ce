"""What an agent, or a supervisor, wishes of a call: hold, mute, consult, transfer, hang up, listen."""

from __future__ import annotations

from typing import get_args
from uuid import UUID

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.profiles.public import value
from walletdesk.service.hotline.errors import CallNotFound, LineUnknown, NotYourCall
from walletdesk.service.hotline.models import Call, Engagement
from walletdesk.service.hotline.rules import dial_plan
from walletdesk.service.hotline.rules.room_words import DeskAsked, DeskWish
from walletdesk.service.hotline.rules.said import TOPICS
from walletdesk.service.hotline.services.answer_offer import tell_call
from walletdesk.trust.staff.public import employees, insist

LISTENING = ("listen", "whisper", "stop_listening")


def ask_call(employee_id: UUID, call_id: UUID, wish: DeskWish, *, to: str = "", seat: str = "") -> None:
    """Lay the wish before the call. ``to``: an employee (consult), a topic, or a line by its name in the dial plan.

    Refuses, in this order: a wish nobody knows (``ValueError``: a mistake in a page); no such live call
    (``CallNotFound``); somebody who is not in this call (``NotYourCall``), or may not listen (``ActNotAllowed``); a topic
    or line that is not there (``LineUnknown``). A number is never taken.
    """
    if wish not in get_args(DeskWish):
        raise ValueError(wish)
    if not Call.objects.filter(pk=call_id, ended_at=None).exists():
        raise CallNotFound()
    if wish in LISTENING:
        insist(employees([employee_id]).get(employee_id), "listen_to_calls")
        record_act(f"employee:{employee_id}", f"hotline_{wish}", f"call:{call_id}")
    elif not Engagement.objects.filter(call_id=call_id, employee_id=employee_id, ended_at=None).exists():
        raise NotYourCall()
    if wish == "transfer_line" and dial_plan.line(to, value("hotline.transfer_lines")) is None:
        raise LineUnknown(line=to)
    if wish == "transfer_topic" and to not in TOPICS:
        raise LineUnknown(line=to)
    tell_call(call_id, DeskAsked(wish, str(employee_id), to, seat))
