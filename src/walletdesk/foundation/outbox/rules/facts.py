"""``Fact``: something that has happened; a frozen dataclass with a stable name, whose fields can be written as JSON.

    @fact("wallet_frozen")
    @dataclass(frozen=True, slots=True)
    class WalletFrozen(Fact):
        wallet_id: UUID
        customer_id: UUID
        at: datetime                    the moment, when a listener needs one: never "now" while listening

        def topics(self) -> list[str]:
            return [f"customer:{self.customer_id}"]

The name is kept for ever (rows hold it); the class may move. A new field needs a default, so that old rows still read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import is_dataclass
from typing import ClassVar, TypeVar

import msgspec


class Fact:
    """The base of every fact. ``fact_name`` is set by :func:`fact`."""

    __slots__ = ()
    fact_name: ClassVar[str] = ""

    def topics(self) -> list[str]:
        """Who may see on a live page that something happened: ``customer:<uuid>``, ``desk``, …; nobody by default."""
        return []


AnyFact = TypeVar("AnyFact", bound=Fact)
_by_name: dict[str, type[Fact]] = {}
_encode = msgspec.json.Encoder().encode


def fact(name: str) -> Callable[[type[AnyFact]], type[AnyFact]]:
    """Give a fact class its stable name. A name belongs to one class; a class that is not a frozen dataclass is refused."""

    def named(kind: type[AnyFact]) -> type[AnyFact]:
        if not (is_dataclass(kind) and kind.__dataclass_params__.frozen):  # type: ignore[attr-defined]
            raise TypeError(f"{kind.__name__}: a fact is a frozen dataclass; put @fact above @dataclass(frozen=True)")
        known = _by_name.get(name)
        if known is not None and (known.__module__, known.__qualname__) != (kind.__module__, kind.__qualname__):
            raise TypeError(f"the fact {name!r} is {known.__module__}.{known.__qualname__} already")
        kind.fact_name = name
        _by_name[name] = kind
        return kind

    return named


def kind_of_fact(name: str) -> type[Fact]:
    """The class of a stored fact; LookupError when no room of this release knows the name."""
    try:
        return _by_name[name]
    except KeyError:
        raise LookupError(f"no fact is named {name!r}") from None


def told_in_columns(facts: Sequence[Fact]) -> tuple[list[str], list[str], list[list[str]]]:
    """A batch as names, fields as JSON (ids and moments become text) and topics. TypeError for an unnamed class."""
    for one in facts:
        if not one.fact_name:
            raise TypeError(f"{type(one).__name__} has no name: it needs @fact")
    return (
        [one.fact_name for one in facts],
        [_encode(one).decode() for one in facts],
        [list(dict.fromkeys(one.topics())) for one in facts],
    )


def fact_from_json(name: str, payload: str) -> Fact:
    """The fact as it was told. LookupError for an unknown name, ValidationError for fields that do not fit."""
    return msgspec.json.decode(payload, type=kind_of_fact(name), strict=False)
