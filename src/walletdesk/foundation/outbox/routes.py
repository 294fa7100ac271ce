"""Who hears what, in this process. Filled once at start by ``project/event_routes.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from walletdesk.foundation.outbox.rules.facts import Fact

Handler = Callable[[list[Any]], None]


@dataclass(frozen=True, slots=True)
class Route:
    """``handler`` is a stable name, kept in rows; ``handle`` takes a list of facts and is safe to run twice. ``facts``: the
    names of the kinds that it hears.
    """

    facts: tuple[str, ...]
    handler: str
    handle: Handler


_by_handler: dict[str, Route] = {}


def register_route(kind: type[Fact], handle: Handler, name: str) -> None:
    """From now on ``handle(facts)`` hears every ``kind`` under the stable ``name`` (like ``cases.duplicate_suspected``).

    The handler gets a list (up to some hundreds) in the order of telling, runs in one transaction with the mark "done",
    and may get the same fact again after a crash. It must not count on order between two lists. One handler may hear several
    kinds under one name: it is registered once for each, and its lists hold all of them in the order of telling.
    """
    known = _by_handler.get(name)
    if known is not None and known.handle != handle:
        raise ValueError(f"the handler name {name!r} is taken by {known.handle!r}")
    heard = known.facts if known else ()
    _by_handler[name] = Route(tuple(dict.fromkeys((*heard, kind.fact_name))), name, handle)


def forget_route(name: str) -> None:
    """For tests that bring their own listeners."""
    _by_handler.pop(name, None)


def routes() -> dict[str, Route]:
    """Every route by the name of its handler."""
    return _by_handler
