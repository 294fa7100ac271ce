"""Where the bytes lie. In the database for now; another place can stand behind the same two verbs."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class FileStore(Protocol):
    """An adapter must not answer ``put`` before the bytes are safe, must not change or shorten them, must not keep bytes
    of a transaction that was rolled back reachable by anybody, and must not be reachable from outside by an address.
    """

    def put(self, file_id: UUID, content: bytes) -> None:
        """Keep the bytes under a new id."""
        ...

    def forget(self, file_id: UUID) -> None:
        """Let go of the bytes for good, copies and previews with them; of none there is nothing to do."""
        ...

    def get(self, file_id: UUID) -> bytes:
        """The same bytes; KeyError when there are none."""
        ...
