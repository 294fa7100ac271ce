"""What oversight noticed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("alarm_raised")
@dataclass(frozen=True)
class AlarmRaised(Fact):
    alarm_id: UUID
    kind: str
    employee_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return ["oversight"]


@fact("staff_recovered")
@dataclass(frozen=True)
class StaffRecovered(Fact):
    """Two administrators took an employee's factors away; a pass lets them enrol anew."""

    employee_id: UUID
    proposal_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return ["staff"]
