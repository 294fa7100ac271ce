"""What an ask looks like beside its past: the figures on which every rule stands.

``Past`` is the payer's own memory, ``PayeeSeen`` what is known of the other side; both are read set-based by
``sql/recall.sql`` (at most the last ``REMEMBERED`` payments of each, so that one read costs the same on every day).
Sums are minor units of the ask's own asset.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.structs import asdict

from walletdesk.trust.risk.rules.asks import Outcome, RiskAsk

REMEMBERED = 50
SHORT, HOUR, DAY, MONTH = timedelta(minutes=10), timedelta(hours=1), timedelta(hours=24), timedelta(days=30)
ACQUAINTED = timedelta(hours=24)
"""A payee is known when the first payment to them is older than this: a thief's small first payment opens no door."""


class Past(NamedTuple):
    """Of the payer: what went out (count in 10 min, sum and count of new payees in 24 h; count, largest and first hours
    in 30 days), what was stopped in the last hour, and what came in within 24 h, from how many.
    """

    out_10m: int = 0
    out_24h_minor: int = 0
    new_payees_24h: int = 0
    out_30d: int = 0
    largest_30d_minor: int = 0
    at_night_30d: int = 0
    stopped_1h: int = 0
    in_24h_minor: int = 0
    payers_24h: int = 0


class PayeeSeen(NamedTuple):
    """``known_since``: the payer's first payment to this payee. ``collecting``: different people who paid this person
    within 24 h. ``reported`` and ``fake``: marks in force.
    """

    known_since: datetime | None = None
    collecting: int = 0
    reported: bool = False
    fake: bool = False


class Look(Struct, frozen=True, omit_defaults=True):
    """The inputs of one decision, as they are stored with it. What is of ``Past`` stands in its order.

    Stored as JSON without what is nothing: zeros, noes and what nobody knew are left out, and read as such again.
    """

    amount_minor: int = 0
    asset: str = ""
    kind: str = ""
    by_hand: bool = False
    proved: bool = False
    new_device: bool = False
    on_call: bool = False
    night: bool = False
    new_payee: bool = False
    vouched: bool = False
    available_minor: int | None = None
    out_10m: int = 0
    out_24h_minor: int = 0
    new_payees_24h: int = 0
    out_30d: int = 0
    largest_30d_minor: int = 0
    at_night_30d: int = 0
    stopped_1h: int = 0
    in_24h_minor: int = 0
    payers_24h: int = 0
    collecting: int = 0
    reported: bool = False
    fake: bool = False
    waited: bool = False

    def in_full(self) -> dict[str, Any]:
        """Every input, to be shown."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Look:
        """A look as it was stored, by an older release too: what it did not know yet is nothing, what it alone knew is left."""
        return cls(**{name: stored[name] for name in cls.__struct_fields__ if name in stored})


class Decision(NamedTuple):
    """What was answered to an ask at ``at``: ``reasons`` are rule codes, the heaviest first, or the one mark that stopped
    it; ``until`` is when that mark ends, or the delay.
    """

    id: UUID
    ask: RiskAsk
    outcome: Outcome
    reasons: tuple[str, ...]
    rule_version: int
    look: Look
    score: int
    at: datetime
    until: datetime | None = None


def is_night(local_hour: int) -> bool:
    """From one to five in the house's own time."""
    return 1 <= local_hour < 5


def look_at(ask: RiskAsk, past: Past, payee: PayeeSeen, at: datetime, *, local_hour: int, vouched: bool) -> Look:
    """``local_hour`` is the hour of ``at`` where the house stands; ``vouched``: the customer said "it was me", proved."""
    new_payee = payee.known_since is None or at - payee.known_since < ACQUAINTED
    origin = ask.origin
    return Look(
        ask.amount_minor,
        ask.asset,
        ask.kind,
        origin.channel != "system",
        origin.proved(at),
        origin.is_new(at),
        origin.on_call,
        is_night(local_hour),
        new_payee,
        vouched,
        ask.available_minor,
        *past,
        payee.collecting,
        payee.reported,
        payee.fake,
        ask.waited,
    )


def with_one_more(past: Past, ask: RiskAsk, *, new_payee: bool, night: bool, stopped: bool) -> Past:
    """The payer's past after this ask of the same batch: a batch cannot hide what a row of single asks would show."""
    if stopped:
        return past._replace(stopped_1h=past.stopped_1h + 1)
    return Past(
        out_10m=past.out_10m + 1,
        out_24h_minor=past.out_24h_minor + ask.amount_minor,
        new_payees_24h=past.new_payees_24h + new_payee,
        out_30d=past.out_30d + 1,
        largest_30d_minor=max(past.largest_30d_minor, ask.amount_minor),
        at_night_30d=past.at_night_30d + night,
        stopped_1h=past.stopped_1h,
        in_24h_minor=past.in_24h_minor,
        payers_24h=past.payers_24h,
    )
