"""What goes wrong on purpose, for the next few texts or until it is reset."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything off by default. ``next_texts`` counts down at each new text; 0 means until reset."""

    latency_ms: int = 0
    """Wait so long before anything."""
    decline: bool = False
    """Say that this number cannot be reached, ever."""
    busy: bool = False
    """Say that there were too many, and take nothing."""
    lose_request: bool = False
    """Take the request, do nothing, never answer."""
    lose_answer: bool = False
    """Do it, never answer."""
    down: bool = False
    """Say that the service is not available, and take nothing."""
    broken: bool = False
    """Answer 500 without saying whether anything was taken."""
    then: str = "delivered"
    """What becomes of a text that is taken: queued, delivered, lost."""
    next_texts: int = 0


class FaultBoard:
    """The faults of the moment."""

    def __init__(self) -> None:
        self._now = Faults()
        self._left = 0

    @property
    def now(self) -> Faults:
        return self._now

    def set(self, wished: dict[str, Any]) -> None:
        """Replace all faults; ``ValueError`` if one has no such name or is of another kind."""
        kinds = {field.name: type(field.default) for field in fields(Faults)}
        for name, value in wished.items():
            if name not in kinds or type(value) is not kinds[name]:
                raise ValueError(name)
        if wished.get("then", "delivered") not in ("queued", "delivered", "lost"):
            raise ValueError("then")
        self._now = Faults(**wished)
        self._left = self._now.next_texts

    def for_this_text(self) -> Faults:
        """The faults that this text meets."""
        faults = self._now
        if faults.next_texts:
            self._left -= 1
            if self._left <= 0:
                self._now = Faults()
        return faults

    def as_json(self) -> dict[str, Any]:
        return asdict(self._now)
