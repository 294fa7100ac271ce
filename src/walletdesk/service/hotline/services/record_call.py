"""A recording: begun in the index before the first sound, sealed when its file is whole, kept for its time."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.service.cases.public import Entry, note_events
from walletdesk.service.hotline.models import Recording
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import RecordingReady
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.retention import keep_until
from walletdesk.service.hotline.sealed_file import seal_file
from walletdesk.service.hotline.sealing_key import wrap_key
from walletdesk.service.hotline.services.run import Run

log = logging.getLogger(__name__)
SEALED = Words("录音已封存，{minutes} 分钟", "Recording sealed, {minutes} min")


def recordings_folder() -> Path:
    folder = Path(settings.DATA_FOLDER) / "recordings"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def recording_path(recording: str) -> Path:
    """Where this recording is written while it grows. Its name holds nothing but letters, digits and dashes."""
    return recordings_folder() / f"{_file_name(recording)}.wav"


def sealed_path(recording: str) -> Path:
    return recordings_folder() / f"{_file_name(recording)}.sealed"


def _file_name(recording: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in recording)


def begin_recording(run: Run, command: ask.BeginRecording) -> list[FlowEvent]:
    Recording.objects.get_or_create(
        id=command.recording,
        defaults={"call": run.call, "employee_id": run.flow.employee or None, "began_at": run.at},
    )
    return []


def recording_ready(run: Run, event: RecordingReady) -> None:
    """Seal the file with a key of its own; the plain one is removed only after the sealed one is on the disk."""
    row = Recording.objects.select_for_update().filter(id=event.recording, call=run.call).first()
    if row is None or row.state != "open":
        return
    seal_row(row, Path(event.path), event.milliseconds)
    if run.call.case_id:
        words = SEALED.both(minutes=-(-event.milliseconds // 60_000))
        detail = {"recording": row.id, "sha256": row.sha256, "milliseconds": row.milliseconds}
        note_events(
            [Entry(run.call.case_id, "call_recorded", words, detail=detail, audience="staff", once=f"rec:{row.id}")]
        )


def seal_row(row: Recording, plain: Path, milliseconds: int) -> None:
    """The row says sealed with the transaction; a plain file that outlives it goes with ``remove_sealed_plains``."""
    if not plain.exists():
        row.state = "lost"
        row.save(update_fields=["state"])
        log.error("recording %s: its file is not there", row.id)
        return
    target = sealed_path(row.id)
    key = os.urandom(32)
    digest = seal_file(plain, target, key, row.id)
    row.state, row.sha256, row.milliseconds = "sealed", digest, milliseconds
    row.sealed_path, row.wrapped_key = target.name, wrap_key(key)
    row.keep_until = keep_until(row.began_at, value("hotline.recording_days"))
    row.save()
    transaction.on_commit(lambda: plain.unlink(missing_ok=True))


def remove_sealed_plains() -> int:
    """Whoever is killed between the commit and the removal leaves sound that anybody could hear; how many files went."""
    plains = {f"{path.stem}.sealed": path for path in recordings_folder().glob("*.wav")}
    whole = Recording.objects.filter(state__in=("sealed", "erased"), sealed_path__in=plains)
    names = list(whole.values_list("sealed_path", flat=True))
    for name in names:
        plains[name].unlink(missing_ok=True)
    return len(names)
