"""A call as the record keeps it: who spoke, how the line sounded, what was recorded, and who has heard that since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from walletdesk.doors._shared.recorded_sound import spoken_length
from walletdesk.doors.agent_console.showing import status
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.public import (
    CallView,
    PermitView,
    RecordingView,
    calls_of_case,
    contact_number,
    legs_of_call,
    open_permits,
    plays_of,
    recordings_of_call,
)
from walletdesk.trust.staff.public import EmployeeView, employees, may

ROLES = {
    "caller": Words("来电的一方", "Caller"),
    "agent": Words("座席", "Agent"),
    "colleague": Words("请教的同事", "Colleague asked"),
    "listener": Words("旁听", "Listener"),
}
KINDS = {"telephone": Words("电话网", "Telephone network"), "browser": Words("浏览器", "Browser")}
STATES = {
    "open": status.Status(Words("正在录", "Recording"), "wait", "half"),
    "sealed": status.Status(Words("已封存", "Sealed"), "go", "done"),
    "erased": status.Status(Words("已到期销毁", "Erased when its time was up"), "plain", "flat"),
    "lost": status.Status(Words("没有保住", "Lost"), "bad", "tri"),
}
FROM_THE_PAGE = Words("从页面打来", "From the page")
CUSTOMER = Words("客户本人", "The customer")


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in the list of a case."""

    id: UUID
    number: str
    began_at: datetime
    length: str
    recordings: int


@dataclass(frozen=True, slots=True)
class LegLine:
    role: Words
    kind: Words
    length: str
    loss: str
    jitter: str
    delay: str


@dataclass(frozen=True, slots=True)
class PlayLine:
    who: Words
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordingLine:
    id: str
    began_at: datetime
    length: str
    sha256: str
    status: status.Status
    playable: bool
    keep_until: datetime | None
    plays: list[PlayLine]


@dataclass(frozen=True, slots=True)
class WishLine:
    """Somebody asks to hear what was not their own call."""

    permit: UUID
    asked_by: Words
    reason: str
    asked_at: datetime
    call_id: UUID
    own: bool


def of_case(case_id: UUID) -> list[CallLine]:
    return [
        CallLine(
            one.id,
            contact_number(one.id) or one.number_shown or str(FROM_THE_PAGE),
            one.arrived_at,
            spoken_length(one.ended_at - one.arrived_at) if one.ended_at else "",
            len(recordings_of_call(one.id)),
        )
        for one in calls_of_case(case_id)
    ]


def legs(call: CallView) -> list[LegLine]:
    return [
        LegLine(
            ROLES.get(leg.role, Words(leg.role, leg.role)),
            KINDS.get(leg.kind, Words(leg.kind, leg.kind)),
            spoken_length(leg.ended_at - leg.began_at) if leg.ended_at else "",
            f"{leg.loss_percent:.1f} %",
            f"{leg.jitter_ms:.0f} ms",
            "" if leg.delay_ms is None else f"{leg.delay_ms:.0f} ms",
        )
        for leg in legs_of_call(call.id)
    ]


def recordings(call: CallView) -> list[RecordingLine]:
    return [_recording(one) for one in recordings_of_call(call.id)]


def _recording(one: RecordingView) -> RecordingLine:
    plays = plays_of(one.id)
    people = employees({UUID(play.listener[9:]) for play in plays if play.listener.startswith("employee:")})
    return RecordingLine(
        one.id,
        one.began_at,
        spoken_length(timedelta(milliseconds=one.milliseconds)),
        one.sha256,
        STATES[one.state],
        one.state == "sealed",
        one.keep_until,
        [PlayLine(_listener(play.listener, people), play.reason, play.at) for play in plays],
    )


def _listener(name: str, people: dict[UUID, EmployeeView]) -> Words:
    return people[UUID(name[9:])].label if name.startswith("employee:") else CUSTOMER


def wishes(employee: EmployeeView, of_call: UUID | None = None) -> list[WishLine]:
    """The wishes that wait for a second person: all of them for who may decide, else only one's own."""
    waiting: Sequence[PermitView] = open_permits()
    if not may(employee, "reassign"):
        waiting = [one for one in waiting if one.asked_by_id == employee.id]
    if of_call is not None:
        waiting = [one for one in waiting if one.call_id == of_call]
    people = employees({one.asked_by_id for one in waiting})
    return [
        WishLine(
            one.id, people[one.asked_by_id].label, one.reason, one.asked_at, one.call_id, one.asked_by_id == employee.id
        )
        for one in waiting
    ]
