"""Reads of ways back: where one stands, what was proven, how long they take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from walletdesk.foundation.clock.public import now
from walletdesk.trust.customers.public import customer_of_user
from walletdesk.trust.verification.models import AccountLock, Recovery, ResetOrder, SupportQuestions
from walletdesk.trust.verification.models.recoveries import FINISHED, OPEN
from walletdesk.trust.verification.rules.proofs import enough, finishes, is_weak
from walletdesk.trust.verification.rules.restoring import Restoring, restoring

MEASURED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """One attempt. ``customer_id`` is None when the name that was typed is nobody's. ``kinds``: the proofs given, in order."""

    id: UUID
    customer_id: UUID | None
    case_id: UUID | None
    channel: str
    language: str
    state: str
    kinds: tuple[str, ...]
    started_at: datetime
    expires_at: datetime
    finished_at: datetime | None
    hold_until: datetime | None
    sessions_ended: int
    seconds: int
    reset_started: bool

    @property
    def is_open(self) -> bool:
        return self.state == OPEN and self.expires_at > now()

    @property
    def is_enough(self) -> bool:
        return enough(self.kinds)

    @property
    def may_finish(self) -> bool:
        return finishes(self.kinds, reset_started=self.reset_started)

    @property
    def is_weak(self) -> bool:
        return is_weak(self.kinds)


@dataclass(frozen=True, slots=True)
class ResetView:
    employee_id: UUID
    channel: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class SheetView:
    """Questions that were asked in a case. ``right`` is None until they are answered."""

    id: UUID
    employee_id: UUID
    questions: list[dict]
    asked_at: datetime
    right: int | None


@dataclass(frozen=True, slots=True)
class LockView:
    """A lock that holds now. ``until`` None: it does not open by itself."""

    reason: str
    since: datetime
    until: datetime | None
    note: str


def as_view(row: Recovery) -> RecoveryView:
    return RecoveryView(
        id=row.id,
        customer_id=row.customer_id,
        case_id=row.case_id,
        channel=row.channel,
        language=row.language,
        state=row.state,
        kinds=tuple(proof.kind for proof in sorted(row.proofs.all(), key=lambda proof: proof.pk)),
        started_at=row.started_at,
        expires_at=row.expires_at,
        finished_at=row.finished_at,
        hold_until=row.hold_until,
        sessions_ended=row.sessions_ended or 0,
        seconds=row.seconds or 0,
        reset_started=bool(row.resets.all()),
    )


def _rows() -> QuerySet[Recovery]:
    return Recovery.objects.prefetch_related("proofs", "resets")


def recovery(recovery_id: UUID) -> RecoveryView | None:
    row = _rows().filter(id=recovery_id).first()
    return as_view(row) if row else None


def recovery_of_case(case_id: UUID) -> RecoveryView | None:
    """The way back that a case goes by: the one that is furthest among those still open, else the last that ended well."""
    found = [as_view(row) for row in _rows().filter(case_id=case_id).order_by("started_at")]
    running = [one for one in found if one.is_open]
    if running:
        return max(running, key=lambda one: (one.is_enough, len(one.kinds), one.started_at))
    finished = [one for one in found if one.state == FINISHED]
    return finished[-1] if finished else None


def resets_of_case(case_id: UUID) -> list[ResetView]:
    """What agents let go out, the latest first."""
    rows = ResetOrder.objects.filter(case_id=case_id).order_by("-made_at")
    return [ResetView(row.employee_id, row.channel, row.made_at) for row in rows]


def sheet_of_case(case_id: UUID) -> SheetView | None:
    """The last questions that were asked in a case."""
    row = SupportQuestions.objects.filter(case_id=case_id).order_by("-asked_at").first()
    return SheetView(row.id, row.employee_id, row.questions, row.asked_at, row.right) if row else None


def locks_of(customer_id: UUID) -> list[LockView]:
    """The locks that hold now, the oldest first. One whose time is over holds no more."""
    moment = now()
    return [
        LockView(row.reason, row.since, row.until, row.note)
        for row in AccountLock.objects.filter(customer_id=customer_id, lifted_at=None).order_by("since")
        if row.until is None or row.until > moment
    ]


def sign_in_lock(user_id: UUID) -> LockView | None:
    """The lock that closes signing in for this user, asked after the password was right. Wrong passwords are counted, and
    answered, by the sign-in page itself."""
    customer = customer_of_user(user_id)
    locks = locks_of(customer.id) if customer else []
    return next((lock for lock in locks if lock.reason != "wrong_password"), None)


def time_to_restore(channels: Iterable[str] = ("page", "desk", "telephone")) -> Restoring:
    """How long ways back of the last ninety days took, from the lock to the new password; for the public page."""
    rows = Recovery.objects.filter(
        state=FINISHED, finished_at__gt=now() - MEASURED, channel__in=list(channels), seconds__isnull=False
    )
    return restoring([seconds for seconds in rows.values_list("seconds", flat=True) if seconds is not None])
