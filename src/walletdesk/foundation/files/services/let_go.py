"""Let go of the bytes of files whose time is over. That they came in, when, by whom and their hash stays."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from walletdesk.foundation.files.models import StoredFile
from walletdesk.foundation.files.store_in_database import store


def let_go(file_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The hashes of those that were let go of now, by id; in the caller's transaction. Safe to repeat. Refuses nothing."""
    rows = StoredFile.objects.select_for_update().filter(id__in=set(file_ids)).exclude(state=StoredFile.State.LET_GO)
    found = {row.id: row.sha256 for row in rows.order_by("id")}
    for file_id in found:
        store().forget(file_id)
    StoredFile.objects.filter(id__in=found).update(state=StoredFile.State.LET_GO)
    return found
