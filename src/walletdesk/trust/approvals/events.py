"""What happened to proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


def _topics(case_id: UUID | None) -> list[str]:
    return ["approvals", *([f"case:{case_id}"] if case_id else [])]


@fact("proposal_made")
@dataclass(frozen=True)
class ProposalMade(Fact):
    proposal_id: UUID
    kind: str
    subject: str
    case_id: UUID | None
    maker_id: UUID
    expires_at: datetime
    at: datetime
    replaces: UUID | None = None

    def topics(self) -> list[str]:
        return _topics(self.case_id)


@fact("proposal_decided")
@dataclass(frozen=True)
class ProposalDecided(Fact):
    """``state``: approved, rejected, withdrawn or replaced; ``checker_id`` for the first two."""

    proposal_id: UUID
    kind: str
    subject: str
    case_id: UUID | None
    state: str
    maker_id: UUID
    checker_id: UUID | None
    reason: str
    at: datetime

    def topics(self) -> list[str]:
        return _topics(self.case_id)


@fact("proposal_expired")
@dataclass(frozen=True)
class ProposalExpired(Fact):
    proposal_id: UUID
    kind: str
    subject: str
    case_id: UUID | None
    maker_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return _topics(self.case_id)


@fact("two_person_rule_tried")
@dataclass(frozen=True)
class TwoPersonRuleTried(Fact):
    """An alarm (C06): somebody tried to decide what they may not. ``why`` is the code of the refusal."""

    proposal_id: UUID
    case_id: UUID | None
    employee_id: UUID
    why: str
    at: datetime

    def topics(self) -> list[str]:
        return _topics(self.case_id)
