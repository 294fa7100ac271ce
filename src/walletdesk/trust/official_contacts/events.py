"""What happened to the directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.outbox.public import Fact, fact


@fact("directory_published")
@dataclass(frozen=True)
class DirectoryPublished(Fact):
    version: int
    by: str
    reason: str
    at: datetime

    def topics(self) -> list[str]:
        return ["contacts", "desk"]
