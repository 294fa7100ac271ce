"""The standard store: the bytes in a table of their own, in the same transaction and the same back-up as all else."""

from __future__ import annotations

from uuid import UUID

from walletdesk.foundation.files.models import FileContent
from walletdesk.foundation.files.ports import FileStore


class StoreInDatabase:
    """``FileStore`` over ``files_content``."""

    def put(self, file_id: UUID, content: bytes) -> None:
        FileContent.objects.create(file_id=file_id, content=content)

    def get(self, file_id: UUID) -> bytes:
        kept = FileContent.objects.filter(file_id=file_id).values_list("content", flat=True).first()
        if kept is None:
            raise KeyError(file_id)
        return bytes(kept)

    def forget(self, file_id: UUID) -> None:
        FileContent.objects.filter(file_id=file_id).delete()


_store: FileStore = StoreInDatabase()


def use_store(store: FileStore) -> None:
    """Put another adapter behind the port (``project/ports.py``)."""
    global _store
    _store = store


def store() -> FileStore:
    """Where the bytes lie in this process."""
    return _store
