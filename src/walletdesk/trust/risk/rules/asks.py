"""What is asked before money leaves somebody, and what is answered.

An ``Origin`` says from where the wish came, as far as the door knows: risk itself looks nothing up. A wish that no door
brought (``UNKNOWN_ORIGIN``: the worker, the demo's past) is judged by marks and by the payee alone, because speed, hour
and device mean something only where a person's hand is behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

Channel = Literal["page", "api", "keypad", "system"]
Outcome = Literal["allow", "challenge", "delay", "deny", "freeze"]
OUTCOMES: tuple[Outcome, ...] = ("allow", "challenge", "delay", "deny", "freeze")
"""From mild to hard. A challenge asks for a fresh proof that it is the person, and the same wish then goes on. What is
delayed is set aside and made later, unless the payer stops it.
"""
FRESH_PROOF = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Origin:
    """``device_limits_until``: until then the device is new; ``stepped_up_at``: the last stronger proof in this session;
    ``on_call``: the payer is on a call with somebody at this moment, as far as the wallet can see.
    """

    channel: Channel = "system"
    device_id: UUID | None = None
    device_limits_until: datetime | None = None
    stepped_up_at: datetime | None = None
    on_call: bool = False

    def proved(self, at: datetime) -> bool:
        """Whether the person has proved more than a PIN just now."""
        return self.stepped_up_at is not None and timedelta(0) <= at - self.stepped_up_at <= FRESH_PROOF

    def is_new(self, at: datetime) -> bool:
        return self.device_limits_until is not None and at < self.device_limits_until


UNKNOWN_ORIGIN = Origin()


class RiskAsk(NamedTuple):
    """One wish to send ``amount_minor`` (minor units of ``asset``) to a person or a shop.

    ``kind`` is ``payment`` or ``transfer``; ``payee_id`` a customer's or a shop's id; ``available_minor`` what could be
    spent before, None where nobody looked. ``waited``: it was delayed, and its time is over.
    """

    customer_id: UUID
    kind: Literal["payment", "transfer"]
    payee_id: UUID
    amount_minor: int
    asset: str
    origin: Origin = UNKNOWN_ORIGIN
    available_minor: int | None = None
    waited: bool = False

    def with_available(self, minor: int) -> RiskAsk:
        """The same, of somebody who could spend so much."""
        return RiskAsk(
            self.customer_id, self.kind, self.payee_id, self.amount_minor, self.asset, self.origin, minor, self.waited
        )
