"""What happened in verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("verification_asked")
@dataclass(frozen=True)
class VerificationAsked(Fact):
    """The customer's phone shows a question now."""

    prompt_id: UUID
    case_id: UUID
    case_reference: str
    customer_id: UUID
    employee_id: UUID
    expires_at: datetime
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"case:{self.case_id}"]


@fact("customer_verified")
@dataclass(frozen=True)
class CustomerVerified(Fact):
    """The case stands at ``level`` from now on. ``employee_id`` is None when nobody asked (signed in)."""

    case_id: UUID
    customer_id: UUID
    employee_id: UUID | None
    level: int
    how: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"case:{self.case_id}"]


@fact("agent_disowned")
@dataclass(frozen=True)
class AgentDisowned(Fact):
    """An alarm: the customer says that whoever speaks to them is not genuine."""

    prompt_id: UUID
    case_id: UUID
    case_reference: str
    customer_id: UUID
    employee_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"case:{self.case_id}", "desk"]


@fact("recovery_finished")
@dataclass(frozen=True)
class RecoveryFinished(Fact):
    """Somebody is back in their account with a new password. ``how`` are the kinds of proofs, in order.

    ``hold_until``: nothing goes out of the wallet before, because only weak proof was given.
    """

    recovery_id: UUID
    customer_id: UUID
    user_id: UUID
    case_id: UUID | None
    channel: str
    how: tuple[str, ...]
    weak: bool
    seconds_to_restore: int
    sessions_ended: int
    hold_until: datetime | None
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", *([f"case:{self.case_id}"] if self.case_id else [])]


@fact("account_locked")
@dataclass(frozen=True)
class AccountLocked(Fact):
    """Signing in is closed. ``reason``: wrong_password, dormant, risk, reported, staff; ``until`` None: not by itself."""

    customer_id: UUID
    reason: str
    until: datetime | None
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("account_unlocked")
@dataclass(frozen=True)
class AccountUnlocked(Fact):
    customer_id: UUID
    reasons: tuple[str, ...]
    by: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}"]


@fact("proof_given")
@dataclass(frozen=True)
class ProofGiven(Fact):
    """One proof of a way back that belongs to a case; the agent's screen turns."""

    recovery_id: UUID
    customer_id: UUID
    case_id: UUID
    kind: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"case:{self.case_id}"]


@fact("reset_started")
@dataclass(frozen=True)
class ResetStarted(Fact):
    """An agent let a reset code go out; ``address`` is masked."""

    recovery_id: UUID
    customer_id: UUID
    case_id: UUID
    employee_id: UUID
    channel: str
    address: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"customer:{self.customer_id}", f"case:{self.case_id}"]


@fact("papers_handed_in")
@dataclass(frozen=True)
class PapersHandedIn(Fact):
    papers_id: UUID
    customer_id: UUID
    purpose: str
    case_id: UUID | None
    at: datetime

    def topics(self) -> list[str]:
        return ["papers", f"customer:{self.customer_id}", *([f"case:{self.case_id}"] if self.case_id else [])]


@fact("papers_decided")
@dataclass(frozen=True)
class PapersDecided(Fact):
    """``reviewer_id`` is an employee; ``reason`` is what the customer reads when they were sent back."""

    papers_id: UUID
    customer_id: UUID
    purpose: str
    case_id: UUID | None
    accepted: bool
    reason: str
    reviewer_id: UUID
    at: datetime

    def topics(self) -> list[str]:
        return ["papers", f"customer:{self.customer_id}", *([f"case:{self.case_id}"] if self.case_id else [])]
