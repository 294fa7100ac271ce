"""What happened to keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.foundation.outbox.public import Fact, fact


@fact("api_key_made")
@dataclass(frozen=True, slots=True)
class ApiKeyMade(Fact):
    """``made_by`` is like ``customer:<uuid>`` or ``member:<uuid>``."""

    key_id: UUID
    owner_kind: str
    owner_id: UUID
    name: str
    mode: str
    made_by: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"{self.owner_kind}:{self.owner_id}"]


@fact("api_key_revoked")
@dataclass(frozen=True, slots=True)
class ApiKeyRevoked(Fact):
    key_id: UUID
    owner_kind: str
    owner_id: UUID
    name: str
    mode: str
    revoked_by: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"{self.owner_kind}:{self.owner_id}"]


@fact("api_key_expired")
@dataclass(frozen=True, slots=True)
class ApiKeyExpired(Fact):
    """``at`` is when its time was over."""

    key_id: UUID
    owner_kind: str
    owner_id: UUID
    name: str
    mode: str
    at: datetime

    def topics(self) -> list[str]:
        return [f"{self.owner_kind}:{self.owner_id}"]
