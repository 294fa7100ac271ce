"""The bank's own books: one row per reference, in SQLite, durable before it is answered."""

from __future__ import annotations

import random
import sqlite3
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS pulls (
    reference      TEXT PRIMARY KEY,
    amount_minor   INTEGER NOT NULL,
    asset          TEXT NOT NULL,
    outcome        TEXT NOT NULL CHECK (outcome IN ('accepted', 'declined')),
    code           TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    made_at        TEXT NOT NULL
)
"""
VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Pull:
    reference: str
    amount_minor: int
    asset: str
    outcome: str
    code: str
    bank_reference: str
    made_at: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class ReferenceUsed(Exception):
    """The reference stands for another amount."""


class BankBooks:
    """All pulls of one bank. Safe to use from several threads."""

    def __init__(self, path: Path, seed: int) -> None:
        self._lock = threading.Lock()
        self._dice = random.Random(seed)  # noqa: S311 - bank references of a sandbox
        self._database = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute(_TABLE)

    def pull(self, reference: str, amount_minor: int, asset: str, decline: str = "") -> tuple[Pull, bool]:
        """Do it once. Answers the pull and whether it is the first time; ``ReferenceUsed`` if it was another sum."""
        with self._lock:
            known = self._find(reference)
            if known is None:
                outcome = "declined" if decline else "accepted"
                return self._write(reference, amount_minor, asset, outcome, decline), True
            if known.code != VOIDED and (known.amount_minor, known.asset) != (amount_minor, asset):
                raise ReferenceUsed
            return known, False

    def void(self, reference: str) -> Pull:
        """Make sure that an unknown reference is never done; a known one stays what it is."""
        with self._lock:
            return self._find(reference) or self._write(reference, 0, "", "declined", VOIDED)

    def find(self, reference: str) -> Pull | None:
        with self._lock:
            return self._find(reference)

    def statement(self, day: str) -> list[Pull]:
        """What was accepted on a day (UTC, ``2026-05-19``), in the order it was done."""
        with self._lock:
            rows = self._database.execute(
                "SELECT * FROM pulls WHERE outcome = 'accepted' AND substr(made_at, 1, 10) = ? ORDER BY rowid", (day,)
            )
            return [Pull(*row) for row in rows]

    def _find(self, reference: str) -> Pull | None:
        row = self._database.execute("SELECT * FROM pulls WHERE reference = ?", (reference,)).fetchone()
        return Pull(*row) if row else None

    def _write(self, reference: str, amount_minor: int, asset: str, outcome: str, code: str) -> Pull:
        bank_reference = f"B{self._dice.randrange(10**11):011d}"
        made_at = datetime.now(UTC).isoformat()
        pull = Pull(reference, amount_minor, asset, outcome, code, bank_reference, made_at)
        self._database.execute("INSERT INTO pulls VALUES (?, ?, ?, ?, ?, ?, ?)", tuple(asdict(pull).values()))
        return pull
