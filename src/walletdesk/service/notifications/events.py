"""What happened in this room, in the past tense."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from walletdesk.foundation.outbox.public import Fact, fact


@fact("notice_given")
@dataclass(frozen=True, slots=True)
class NoticeGiven(Fact):
    """A notice lies in an inbox; live pages count it."""

    notice_id: uuid.UUID
    audience: str
    audience_id: uuid.UUID

    def topics(self) -> list[str]:
        return [f"{self.audience}:{self.audience_id}"]
