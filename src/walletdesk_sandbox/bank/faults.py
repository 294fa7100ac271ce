"""What goes wrong on purpose, for the next few pulls or until it is reset."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything off by default. ``next_pulls`` counts down at each new request to pull; 0 means until reset."""

    latency_ms: int = 0
    """Wait so long before anything."""
    decline: str = ""
    """Decline with this code, such as ``no_funds``."""
    lose_request: bool = False
    """Take the request, do nothing, never answer."""
    lose_answer: bool = False
    """Do it, never answer."""
    late_answer_seconds: float = 0
    """Do it, answer so much later."""
    down: bool = False
    """Answer 503 to everything and do nothing."""
    no_questions: bool = False
    """Answer 503 to whoever asks what became of a pull, or wants it voided."""
    next_pulls: int = 0


class FaultBoard:
    """The faults of the moment."""

    def __init__(self) -> None:
        self._now = Faults()
        self._left = 0

    @property
    def now(self) -> Faults:
        return self._now

    def set(self, wished: dict[str, Any]) -> Faults:
        """Replace all faults; ``TypeError`` or ``ValueError`` if one has no such name or is of another kind."""
        kinds = {field.name: type(field.default) for field in fields(Faults)}
        for name, value in wished.items():
            if name not in kinds or not isinstance(value, (int, float) if kinds[name] in (int, float) else kinds[name]):
                raise ValueError(name)
        self._now = Faults(**wished)
        self._left = self._now.next_pulls
        return self._now

    def for_this_pull(self) -> Faults:
        """The faults that this pull meets."""
        faults = self._now
        if faults.next_pulls:
            self._left -= 1
            if self._left <= 0:
                self._now = Faults()
        return faults

    def as_json(self) -> dict[str, Any]:
        return asdict(self._now)
