"""What happened to posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("post_changed")
@dataclass(frozen=True)
class PostChanged(Fact):
    """Role, team or being here at all changed; the sessions that stood are ended already."""

    employee_id: UUID
    role: str
    team: str
    active: bool
    at: datetime

    def topics(self) -> list[str]:
        return [f"employee:{self.employee_id}", "staff"]
