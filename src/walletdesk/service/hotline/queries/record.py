"""What stays: contacts as they are counted, recordings with their plays, survey, the menu's versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count

from walletdesk.service.hotline.errors import MenuNotFound
from walletdesk.service.hotline.models import (
    Call,
    Contact,
    Engagement,
    MenuVersion,
    QueuePlace,
    Recording,
    RecordingPermit,
    RecordingPlay,
    Survey,
)
from walletdesk.service.hotline.rules.menu import Menu, read_menu


@dataclass(frozen=True, slots=True)
class QueuedCall:
    """A call that reached the queue. ``outcome``: answered, abandoned, called_back, waiting; times in seconds."""

    call_id: UUID
    came_at: datetime
    topic: str
    language: str
    waited: float
    outcome: str
    talked: float
    wrapped: float


@dataclass(frozen=True, slots=True)
class RecordingView:
    id: str
    call_id: UUID
    began_at: datetime
    milliseconds: int
    sha256: str
    state: str
    keep_until: datetime | None
    plays: int


@dataclass(frozen=True, slots=True)
class PlayView:
    listener: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PermitView:
    id: UUID
    recording: str
    call_id: UUID
    asked_by_id: UUID
    reason: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class MenuView:
    number: int
    state: str
    tree: dict[str, Any]
    made_by: str
    made_at: datetime
    published_by: str
    published_at: datetime | None
    reason: str

    @property
    def menu(self) -> Menu:
        return read_menu(self.tree)


@dataclass(frozen=True, slots=True)
class SurveyCount:
    answers: int
    mean: float | None


def queued_calls(since: datetime, until: datetime, now: datetime) -> list[QueuedCall]:
    """Every call that reached the queue in ``since`` ≤ moment < ``until``, as it is counted. Three statements."""
    calls = list(Call.objects.filter(queued_at__gte=since, queued_at__lt=until).exclude(kind="call_back"))
    ids = [call.id for call in calls]
    backs = set(QueuePlace.objects.filter(call_back__isnull=False, call_id__in=ids).values_list("call_id", flat=True))
    wraps: dict[UUID, float] = {}
    for one in Engagement.objects.filter(call_id__in=ids, wrapped_at__isnull=False, ended_at__isnull=False):
        seconds = (one.wrapped_at - one.ended_at).total_seconds()  # type: ignore[operator]
        wraps[one.call_id] = wraps.get(one.call_id, 0.0) + max(0.0, seconds)
    return [_queued(call, call.id in backs, wraps.get(call.id, 0.0), now) for call in calls]


def _queued(call: Call, kept: bool, wrapped: float, now: datetime) -> QueuedCall:
    came = call.queued_at or call.arrived_at
    left = call.agent_at or call.ended_at or now
    if call.agent_at:
        outcome = "answered"
    elif call.ended_at is None:
        outcome = "waiting"
    else:
        outcome = "called_back" if kept or call.outcome == "call_back_kept" else "abandoned"
    talked = ((call.ended_at or now) - call.agent_at).total_seconds() if call.agent_at else 0.0
    waited = (left - came).total_seconds()
    return QueuedCall(call.id, came, call.topic, call.language, waited, outcome, talked, wrapped)


def recordings_of_call(call_id: UUID) -> list[RecordingView]:
    rows = Recording.objects.filter(call_id=call_id).annotate(count=Count("plays")).order_by("began_at")
    return [
        RecordingView(
            row.id, row.call_id, row.began_at, row.milliseconds, row.sha256, row.state, row.keep_until, row.count
        )
        for row in rows
    ]


def plays_of(recording: str) -> list[PlayView]:
    """Who heard it, when and why, the latest first."""
    rows = RecordingPlay.objects.filter(recording_id=recording).order_by("-at")
    return [PlayView(row.listener, row.reason, row.at) for row in rows]


def open_permits() -> list[PermitView]:
    """What waits for a second person's yes."""
    rows = RecordingPermit.objects.filter(decided_at=None).select_related("recording").order_by("asked_at")
    return [
        PermitView(row.id, row.recording_id, row.recording.call_id, row.asked_by_id, row.reason, row.asked_at)
        for row in rows
    ]


def contact_number(call_id: UUID) -> str:
    """ "HL-261122-0001"; empty while the call is open."""
    return Contact.objects.filter(call_id=call_id).values_list("number", flat=True).first() or ""


def survey_count(since: datetime, until: datetime) -> SurveyCount:
    sums = Survey.objects.filter(at__gte=since, at__lt=until).aggregate(answers=Count("call"), mean=Avg("stars"))
    return SurveyCount(sums["answers"], sums["mean"])


def menu_versions(limit: int = 50) -> list[MenuView]:
    """The latest first."""
    return [_menu(row) for row in MenuVersion.objects.order_by("-number")[:limit]]


def menu_version(number: int) -> MenuView:
    """Refuses: ``MenuNotFound``."""
    row = MenuVersion.objects.filter(number=number).first()
    if row is None:
        raise MenuNotFound()
    return _menu(row)


def live_menu() -> MenuView:
    """The version that new calls hear."""
    row = MenuVersion.objects.filter(state="live").first()
    if row is None:
        raise MenuNotFound()
    return _menu(row)


def _menu(row: MenuVersion) -> MenuView:
    return MenuView(
        row.number, row.state, row.tree, row.made_by, row.made_at, row.published_by, row.published_at, row.reason
    )
