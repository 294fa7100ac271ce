"""What happened to the books as a whole, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.outbox.public import Fact, fact


@fact("books_found_wrong")
@dataclass(frozen=True)
class BooksFoundWrong(Fact):
    """The daily check found something; ``invariant`` and ``record`` are the first of ``findings``."""

    invariant: str
    record: str
    findings: int
    at: datetime

    def topics(self) -> list[str]:
        return ["desk"]
