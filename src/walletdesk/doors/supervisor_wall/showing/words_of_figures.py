"""Figures as they are read: shares in per cent, waits in minutes and seconds; a dash where there is nothing to say."""

from __future__ import annotations

NOTHING = "—"


def per_cent(share: float | None, decimals: int = 0) -> str:
    """``0.8634`` → ``86``; cut, never rounded up: 79.99 % has not met 80 %."""
    if share is None:
        return NOTHING
    scale = 10**decimals
    return f"{int(share * 100 * scale + 1e-9) / scale:.{decimals}f}"


def clock(seconds: float | None) -> str:
    """``72`` → ``1:12``; from an hour on ``1:02:05``."""
    if seconds is None:
        return NOTHING
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
