"""What happened to calls, desks and the line, in the past tense."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.outbox.public import Fact, fact


@fact("call_changed")
@dataclass(frozen=True)
class CallChanged(Fact):
    """A call stands elsewhere. ``place`` is the flow's; ``employees`` are those whose screens show it."""

    call_id: uuid.UUID
    customer_id: uuid.UUID | None
    employees: tuple[uuid.UUID, ...]
    place: str
    at: datetime

    def topics(self) -> list[str]:
        heard = ["desk", "queue", f"call:{self.call_id}", *(f"employee:{one}" for one in self.employees)]
        return [*heard, f"customer:{self.customer_id}"] if self.customer_id else heard


@fact("call_finished")
@dataclass(frozen=True)
class CallFinished(Fact):
    """A call has ended, and its contact is written."""

    call_id: uuid.UUID
    customer_id: uuid.UUID | None
    case_id: uuid.UUID | None
    outcome: str
    at: datetime

    def topics(self) -> list[str]:
        heard = ["desk", "queue", f"call:{self.call_id}"]
        return [*heard, f"customer:{self.customer_id}"] if self.customer_id else heard


@fact("presence_changed")
@dataclass(frozen=True)
class PresenceChanged(Fact):
    employee_id: uuid.UUID
    state: str
    at: datetime

    def topics(self) -> list[str]:
        return ["desk", "queue", f"employee:{self.employee_id}"]


@fact("call_promise_broken")
@dataclass(frozen=True)
class CallPromiseBroken(Fact):
    promise_id: uuid.UUID
    customer_id: uuid.UUID
    due_at: datetime

    def topics(self) -> list[str]:
        return ["queue", f"customer:{self.customer_id}"]


@fact("approval_asked")
@dataclass(frozen=True)
class ApprovalAsked(Fact):
    """Somebody calls and says to be this customer: the app asks."""

    approval_id: uuid.UUID
    customer_id: uuid.UUID
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("caller_disowned")
@dataclass(frozen=True)
class CallerDisowned(Fact):
    """The customer said in the app: that is not me who calls."""

    call_id: uuid.UUID
    customer_id: uuid.UUID
    at: datetime

    def topics(self) -> list[str]:
        return ["desk", f"customer:{self.customer_id}"]
