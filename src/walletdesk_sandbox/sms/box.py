"""What came, in SQLite: texts and mails, durable before they are acknowledged; the oldest go when there are too many."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

MOST = 2_000
_TABLE = """
CREATE TABLE IF NOT EXISTS items (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    id         TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('text', 'mail')),
    receiver   TEXT NOT NULL,
    sender     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    words      TEXT NOT NULL,
    reference  TEXT NOT NULL,
    state      TEXT NOT NULL,
    came_at    TEXT NOT NULL
)
"""
_BY_REFERENCE = "CREATE UNIQUE INDEX IF NOT EXISTS by_reference ON items (reference) WHERE reference <> ''"


@dataclass(frozen=True, slots=True)
class Item:
    """One text or mail. ``state`` is queued, delivered or lost; ``came_at`` in UTC, ISO 8601."""

    id: str
    kind: str
    receiver: str
    sender: str
    subject: str
    words: str
    reference: str
    state: str
    came_at: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


_COLUMNS = ", ".join(Item.__slots__)


class Box:
    """Everything that came. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute(_TABLE)
        self._database.execute(_BY_REFERENCE)

    def put(
        self,
        kind: str,
        receiver: str,
        words: str,
        *,
        sender: str = "",
        subject: str = "",
        reference: str = "",
        state: str = "delivered",
    ) -> tuple[Item, bool]:
        """Keep it; the item and whether it is new. A reference that is known brings back the first item."""
        item = Item(
            secrets.token_hex(16),
            kind,
            receiver,
            sender,
            subject,
            words,
            reference,
            state,
            datetime.now(UTC).isoformat(),
        )
        with self._lock:
            if reference and (known := self._one("reference = ?", reference)):
                return known, False
            self._database.execute(
                f"INSERT INTO items ({_COLUMNS}) VALUES ({', '.join('?' * len(Item.__slots__))})",  # noqa: S608
                tuple(asdict(item).values()),
            )
            self._database.execute("DELETE FROM items WHERE number <= (SELECT max(number) FROM items) - ?", (MOST,))
        return item, True

    def find(self, item_id: str) -> Item | None:
        with self._lock:
            return self._one("id = ?", item_id)

    def received(self, receiver: str = "", limit: int = 100) -> list[Item]:
        """The latest first; of one receiver, or of all."""
        with self._lock:
            rows = self._database.execute(
                f"SELECT {_COLUMNS} FROM items WHERE ? IN ('', receiver) ORDER BY number DESC LIMIT ?",  # noqa: S608
                (receiver, limit),
            )
            return [Item(*row) for row in rows]

    def _one(self, condition: str, value: str) -> Item | None:
        row = self._database.execute(f"SELECT {_COLUMNS} FROM items WHERE {condition}", (value,)).fetchone()  # noqa: S608
        return Item(*row) if row else None
