"""Calls as pages read them: those that are live, one of them, a customer's, and what the app says about the present one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.errors import CallNotFound
from walletdesk.service.hotline.models import Call, CallApproval, CallBack, CallLeg, Engagement
from walletdesk.service.hotline.models.line import OPEN_CALL_BACKS
from walletdesk.trust.staff.public import EmployeeView, employees

WITH_PERSON = ("talking", "consulting", "together")


@dataclass(frozen=True, slots=True)
class CallView:
    """A call. ``customer_id`` is somebody only when known; show private things only when ``verified``.

    ``held``, ``muted`` words and legs are the soft-phone's; ``agents`` those who are with the caller now.
    """

    id: UUID
    kind: str
    number_shown: str
    customer_id: UUID | None
    verified: bool
    proof: str
    short_code: str
    case_id: UUID | None
    case_reference: str
    language: str
    topic: str
    place: str
    held: bool
    secret: bool
    recording: bool
    arrived_at: datetime
    queued_at: datetime | None
    agent_at: datetime | None
    ended_at: datetime | None
    outcome: str
    agents: tuple[EmployeeView, ...]


@dataclass(frozen=True, slots=True)
class LegView:
    """How one line sounded."""

    id: str
    role: str
    kind: str
    began_at: datetime
    ended_at: datetime | None
    reason: str
    received: int
    lost: int
    jitter_ms: float
    delay_ms: float | None

    @property
    def loss_percent(self) -> float:
        total = self.received + self.lost
        return 100 * self.lost / total if total else 0.0


@dataclass(frozen=True, slots=True)
class SpeakingNow:
    """What the app says live. ``who``: talking, waiting, in_menu, calling_you, will_call, nobody."""

    who: str
    agent: Words | None = None
    agent_number: str = ""
    case_reference: str = ""
    short_code: str = ""
    since: datetime | None = None
    call_id: UUID | None = None

    @property
    def nobody(self) -> bool:
        """ "Nobody of us is calling you": whoever says otherwise is not one of us."""
        return self.who in ("nobody", "will_call")


def views(rows: Iterable[Call]) -> list[CallView]:
    """The views of calls, in two statements more, however many."""
    calls = list(rows)
    engaged = list(Engagement.objects.filter(call__in=calls, ended_at=None).order_by("kind", "began_at"))
    people = employees({one.employee_id for one in engaged})
    with_call: dict[UUID, list[EmployeeView]] = {}
    for one in engaged:
        with_call.setdefault(one.call_id, []).append(people[one.employee_id])
    return [_view(row, tuple(with_call.get(row.id, ()))) for row in calls]


def _view(row: Call, agents: tuple[EmployeeView, ...]) -> CallView:
    flow = row.flow
    return CallView(
        row.id,
        row.kind,
        row.number_shown,
        row.customer_id,
        row.verified_at is not None,
        row.proof,
        row.short_code,
        row.case_id,
        row.case.reference if row.case_id and row.case else "",
        row.language,
        row.topic,
        row.place,
        bool(flow.get("held")),
        bool(flow.get("secret")),
        bool(flow.get("recording")),
        row.arrived_at,
        row.queued_at,
        row.agent_at,
        row.ended_at,
        row.outcome,
        agents,
    )


def live_calls() -> list[CallView]:
    """Every call that is open, the longest first."""
    return views(Call.objects.filter(ended_at=None).select_related("case").order_by("arrived_at"))


def call_view(call_id: UUID) -> CallView:
    """Refuses: ``CallNotFound``."""
    found = views(Call.objects.filter(pk=call_id).select_related("case"))
    if not found:
        raise CallNotFound()
    return found[0]


def calls_of_customer(customer_id: UUID, limit: int = 20) -> list[CallView]:
    """The customer's own calls that were proven to be theirs, the latest first."""
    rows = Call.objects.filter(customer_id=customer_id, verified_at__isnull=False).select_related("case")
    return views(rows.order_by("-arrived_at")[:limit])


def calls_of_case(case_id: UUID) -> list[CallView]:
    return views(Call.objects.filter(case_id=case_id).select_related("case").order_by("arrived_at"))


def legs_of_call(call_id: UUID) -> Sequence[LegView]:
    """How the lines of a call sounded."""
    return [
        LegView(
            row.id,
            row.role,
            row.kind,
            row.began_at,
            row.ended_at,
            row.reason,
            row.received,
            row.lost,
            row.jitter_ms,
            row.delay_ms,
        )
        for row in CallLeg.objects.filter(call_id=call_id).order_by("began_at")
    ]


def speaking_now(customer_id: UUID) -> SpeakingNow:
    """ "You are speaking with agent 1024, case …", "we are calling you", or "nobody of us is calling you"."""
    live = Call.objects.filter(customer_id=customer_id, ended_at=None).select_related("case").order_by("-arrived_at")
    for one in views(live):
        if one.place in WITH_PERSON and one.agents:
            return _speaking("talking", one)
        if one.kind == "call_back":  # until somebody speaks with them: "nobody is calling you" would be a lie
            return _speaking("calling_you", one)
        if one.verified:
            return _speaking("waiting" if one.place in ("waiting", "connecting") else "in_menu", one)
    if CallBack.objects.filter(customer_id=customer_id, state__in=OPEN_CALL_BACKS).exists():
        return SpeakingNow("will_call")
    return SpeakingNow("nobody")


def _speaking(who: str, call: CallView) -> SpeakingNow:
    agent = call.agents[0] if call.agents else None
    return SpeakingNow(
        who,
        agent.name if agent else None,
        agent.employee_number if agent else "",
        call.case_reference,
        call.short_code,
        call.agent_at or call.arrived_at,
        call.id,
    )


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """The app's question: is it you who calls us now?"""

    id: UUID
    short_code: str
    asked_at: datetime
    expires_at: datetime


def open_approval(customer_id: UUID) -> ApprovalView | None:
    """The question that waits on this customer's phone now."""
    rows = CallApproval.objects.filter(customer_id=customer_id, state="open", expires_at__gt=now(), call__ended_at=None)
    row = rows.select_related("call").first()
    return ApprovalView(row.id, row.call.short_code, row.asked_at, row.expires_at) if row else None
