"""Take a file in."""

from __future__ import annotations

import hashlib
from typing import Protocol

from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.files.errors import FileEmpty, FileIsActive, FileTooBig, FileTypeRefused
from walletdesk.foundation.files.models import StoredFile
from walletdesk.foundation.files.queries import FileView, view_of
from walletdesk.foundation.files.rules.file_names import clean_name, name_promises_a_program
from walletdesk.foundation.files.rules.sniffing import is_harmful, kind_of, runs_somewhere
from walletdesk.foundation.files.store_in_database import store
from walletdesk.foundation.profiles.public import value

MEGABYTE = 1024 * 1024


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def take_in(upload: bytes | Readable, name: str, owner: str) -> FileView:
    """Keep an upload of ``owner`` (like ``customer:<uuid>``) under a cleaned name, as what it really is, with its hash.

    Refuses in this order: ``FileEmpty``; ``FileTooBig`` (over ``upload.max_bytes``, never read further);
    ``FileTypeRefused``; ``FileIsActive``. What may do harm is kept with the state ``quarantined`` and cannot be opened.
    """
    content = _read(upload, value("upload.max_bytes"))
    kind = kind_of(content)
    if kind is None:
        raise FileTypeRefused()
    if runs_somewhere(content, kind) or (kind == "text/plain" and name_promises_a_program(name)):
        raise FileIsActive()
    state = StoredFile.State.QUARANTINED if is_harmful(content, kind) else StoredFile.State.CLEAN
    with transaction.atomic():
        row = StoredFile.objects.create(
            id=uuid7(),
            name=clean_name(name, kind),
            media_type=kind,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            owner=owner,
            state=state,
            created_at=now(),
        )
        store().put(row.id, content)
    return view_of(row)


def _read(upload: bytes | Readable, most: int) -> bytes:
    content = upload[: most + 1] if isinstance(upload, bytes) else upload.read(most + 1)
    if not content:
        raise FileEmpty()
    if len(content) > most:
        raise FileTooBig(megabytes=most // MEGABYTE)
    return content
