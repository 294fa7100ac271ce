"""A recording is heard: one's own call, or another's with a second person's yes; with a reason, and never unnoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import value
from walletdesk.foundation.sealing.public import SealBroken
from walletdesk.service.hotline.errors import (
    HearingReasonMissing,
    RecordingDamaged,
    RecordingErased,
    RecordingNotFound,
    SecondPersonNeeded,
)
from walletdesk.service.hotline.models import Engagement, Recording, RecordingPermit, RecordingPlay
from walletdesk.service.hotline.rules.retention import hearing_refusal
from walletdesk.service.hotline.sealed_file import Damaged, open_file
from walletdesk.service.hotline.sealing_key import unwrap_key
from walletdesk.service.hotline.services.record_call import recordings_folder
from walletdesk.trust.staff.public import employees, insist

REFUSALS = {
    "reason_missing": HearingReasonMissing,
    "erased": RecordingErased,
    "second_person": SecondPersonNeeded,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """The sound, piece by piece, and what it must hash to."""

    recording: str
    sha256: str
    milliseconds: int
    pieces: Iterator[bytes]


def hear_recording(employee_id: UUID, recording: str, reason: str) -> Opened:
    """Open it for this agent. The play is written down before the first sound.

    Refuses, in this order: ``ActNotAllowed``; ``RecordingNotFound``; ``HearingReasonMissing``; ``RecordingErased``;
    ``SecondPersonNeeded``; ``RecordingDamaged``.
    """
    insist(employees([employee_id]).get(employee_id), "see_cases")
    row = Recording.objects.filter(pk=recording).first()
    if row is None or row.state in ("open", "lost"):
        raise RecordingNotFound()
    own = Engagement.objects.filter(call_id=row.call_id, employee_id=employee_id).exists()
    permit = _permit(employee_id, row)
    refusal = hearing_refusal(own_call=own, permitted=permit is not None, reason=reason, erased=row.state == "erased")
    if refusal:
        raise REFUSALS[refusal]()
    return _open(row, f"employee:{employee_id}", reason.strip(), None if own else permit)


def hear_own_recording(customer_id: UUID, recording: str) -> Opened:
    """The customer hears their own call. Refuses ``RecordingNotFound`` (another's too), ``RecordingErased``."""
    row = Recording.objects.filter(pk=recording, call__customer_id=customer_id, call__verified_at__isnull=False).first()
    if row is None or row.state in ("open", "lost"):
        raise RecordingNotFound()
    if row.state == "erased":
        raise RecordingErased()
    return _open(row, f"customer:{customer_id}", "自己的通话 / own call", None)


def _permit(employee_id: UUID, row: Recording) -> RecordingPermit | None:
    since = now() - timedelta(seconds=value("hotline.permit_seconds"))
    return RecordingPermit.objects.filter(
        recording=row, asked_by_id=employee_id, allowed=True, decided_at__gt=since
    ).first()


def _open(row: Recording, listener: str, reason: str, permit: RecordingPermit | None) -> Opened:
    path = recordings_folder() / row.sealed_path
    try:
        key = unwrap_key(bytes(row.wrapped_key or b""))
        pieces = open_file(path, key, row.id)
        first = next(pieces)
    except (SealBroken, Damaged, OSError) as wrong:
        raise RecordingDamaged() from wrong
    with transaction.atomic():
        RecordingPlay.objects.create(recording=row, listener=listener, reason=reason[:300], permit=permit, at=now())
        record_act(
            listener,
            "hear_recording",
            f"recording:{row.id}",
            reason=reason[:300],
            case_id=row.call.case_id,
            customer_id=row.call.customer_id,  # who reads on “Who looked” that their call was heard, and why
        )
    return Opened(row.id, row.sha256, row.milliseconds, _all(first, pieces))


def _all(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def ask_to_hear(employee_id: UUID, recording: str, reason: str) -> UUID:
    """Ask a second person; the same question twice is one. Refuses ``ActNotAllowed``, ``RecordingNotFound``,
    ``HearingReasonMissing``."""
    insist(employees([employee_id]).get(employee_id), "see_cases")
    if not Recording.objects.filter(pk=recording, state="sealed").exists():
        raise RecordingNotFound()
    if hearing_refusal(own_call=True, permitted=False, reason=reason, erased=False):
        raise HearingReasonMissing()
    try:
        with transaction.atomic():
            made = RecordingPermit.objects.create(
                recording_id=recording, asked_by_id=employee_id, reason=reason.strip()[:300], asked_at=now()
            )
            return made.id
    except IntegrityError:
        return RecordingPermit.objects.get(recording_id=recording, asked_by_id=employee_id, decided_at=None).id


def decide_hearing(employee_id: UUID, permit_id: UUID, allowed: bool) -> None:
    """A second person, who may, says yes or no. Refuses ``ActNotAllowed``, ``RecordingNotFound``, ``SecondPersonNeeded``."""
    insist(employees([employee_id]).get(employee_id), "reassign")
    with transaction.atomic():
        row = RecordingPermit.objects.select_for_update().filter(pk=permit_id, decided_at=None).first()
        if row is None:
            raise RecordingNotFound()
        if row.asked_by_id == employee_id:
            raise SecondPersonNeeded()
        row.decided_by_id, row.allowed, row.decided_at = employee_id, allowed, now()
        row.save()
        verb = "allow_hearing" if allowed else "refuse_hearing"
        record_act(f"employee:{employee_id}", verb, f"recording:{row.recording_id}", reason=row.reason)


def erase_due_recordings(limit: int = 200) -> int:
    """Throw away the keys, then the files, of what was kept for its time; how many."""
    count = 0
    for row in Recording.objects.filter(state="sealed", keep_until__lte=now())[:limit]:
        with transaction.atomic():
            done = Recording.objects.filter(pk=row.pk, state="sealed").update(
                state="erased", wrapped_key=None, settled_at=now()
            )
        if done:
            (recordings_folder() / row.sealed_path).unlink(missing_ok=True)
            count += 1
    return count
