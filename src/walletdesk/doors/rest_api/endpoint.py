"""What a route says about itself, once: the door is built from it, and the description is written from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from walletdesk.doors.rest_api.asked import Answer, Asked
from walletdesk.doors.rest_api.taking_in import JSON_AT_MOST
from walletdesk.foundation.i18n.words import Words

if TYPE_CHECKING:
    from walletdesk.doors.rest_api.house import House

JSON_KIND = "application/json"
Act = Callable[[Asked], Answer]
ActInLane = Callable[[Asked, "House"], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``name`` is the operation's stable name (``orders.create``). ``act`` runs in a thread; ``in_lane`` is awaited.
    ``waits_in`` names the lane (of ``Lanes``) without whose room nobody needs to be read.

    ``scope`` None: open to anybody. ``idempotent`` says whether an ``Idempotency-Key`` is asked for, ``route`` under which
    route of the rooms it counts: one for each address, whatever the body wishes there. ``body`` is a type, or
    ``bytes`` for a file. ``refuses`` names the codes of the verb's refusals, in the order tried: they are part of the
    description, and a test holds them to what is.
    """

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    name: str
    words: Words
    answer: Any
    act: Act | None = None
    in_lane: ActInLane | None = None
    waits_in: Literal["", "pay", "transfer"] = ""
    scope: str | None = None
    status: int = 200
    query: type[msgspec.Struct] | None = None
    body: Any = None
    idempotent: Literal["required", "optional", "no"] = "no"
    route: str = ""
    about: Words | None = None
    kinds: tuple[str, ...] = (JSON_KIND,)
    most: int = JSON_AT_MOST
    refuses: str = ""
    may_be_unknown: bool = False

    @property
    def open_to_all(self) -> bool:
        return self.scope is None
