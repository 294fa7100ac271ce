"""Handing files out, and what is known of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.files.errors import FileDamaged, FileNotFound, FileQuarantined
from walletdesk.foundation.files.models import StoredFile
from walletdesk.foundation.files.rules.file_names import download_headers
from walletdesk.foundation.files.store_in_database import store


@dataclass(frozen=True, slots=True)
class FileView:
    """``bytes`` is the size; ``owner`` is like ``customer:<uuid>``; ``state`` is ``clean`` or ``quarantined``."""

    id: UUID
    name: str
    media_type: str
    bytes: int
    sha256: str
    owner: str
    state: str
    created_at: datetime

    @property
    def quarantined(self) -> bool:
        return self.state == StoredFile.State.QUARANTINED


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """``headers`` are to be sent with the content, all of them."""

    file: FileView
    content: bytes
    headers: dict[str, str]


def view_of(row: StoredFile) -> FileView:
    """A row as others may see it."""
    return FileView(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        bytes=row.size,
        sha256=row.sha256,
        owner=row.owner,
        state=row.state,
        created_at=row.created_at,
    )


def stored_files(ids: Iterable[UUID]) -> dict[UUID, FileView]:
    """What is known of these files; unknown ids are absent."""
    return {row.id: view_of(row) for row in StoredFile.objects.filter(id__in=list(ids))}


def open_file(file_id: UUID) -> OpenedFile:
    """The bytes with the headers that hand them out. Who may read is the caller's to know.

    Refuses in this order: ``FileNotFound`` (also what was let go of),
    ``FileQuarantined``, ``FileDamaged`` (the hash is no longer that of intake).
    """
    row = StoredFile.objects.filter(id=file_id).first()
    if row is None or row.state == StoredFile.State.LET_GO:
        raise FileNotFound()
    if row.state == StoredFile.State.QUARANTINED:
        raise FileQuarantined(name=row.name)
    try:
        content = store().get(row.id)
    except KeyError as missing:
        raise FileDamaged(name=row.name) from missing
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise FileDamaged(name=row.name)
    return OpenedFile(view_of(row), content, download_headers(row.name, row.media_type))
