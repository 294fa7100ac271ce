"""Whether one more call can be carried: what cannot be served well is refused at once, with a time to come back."""

from __future__ import annotations

from dataclasses import dataclass

SHORT_RETRY, LONG_RETRY = 10, 30


@dataclass(frozen=True, slots=True)
class Limits:
    """``calls`` at once, of which ``arriving`` may be in their first step."""

    calls: int = 300
    arriving: int = 40


@dataclass(frozen=True, slots=True)
class Load:
    """How things stand: calls carried, those in their first step, and whether we are here for callers at all."""

    calls: int
    arriving: int
    open: bool = True


def retry_after(load: Load, limits: Limits) -> int | None:
    """``None``: come in. Else the seconds after which to try again."""
    if not load.open or load.calls >= limits.calls:
        return LONG_RETRY
    return SHORT_RETRY if load.arriving >= limits.arriving else None
