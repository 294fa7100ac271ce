"""One-time codes that go to an address; pure.

Six digits to be typed once, or sixteen letters and digits that open a reset. Both live ten minutes, are accepted once, and
have five tries (NIST SP 800-63B-4, 3.1.3.2: out-of-band secrets of at least six digits, ten minutes, one use, throttled).
A code belongs to one purpose and one subject and opens nothing else (A06).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

DIGITS, TOKEN = "digits", "token"
TRIES = 5
LIFETIME = timedelta(minutes=10)
WINDOW = timedelta(minutes=10)
MOST_IN_WINDOW = 3
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I, O: what is read aloud or from paper is read right. Thirty-two signs: five bits each."""
TOKEN_SIGNS = 16
_SHAPES = {DIGITS: re.compile(r"[0-9]{6}", re.ASCII), TOKEN: re.compile(f"[{ALPHABET}]{{{TOKEN_SIGNS}}}")}


def read_typed(shape: str, typed: str) -> str | None:
    """What was typed, without the spaces and dashes that people put in; None when it cannot be a code at all."""
    text = re.sub(r"[\s\-]", "", typed[:80]).upper()
    return text if _SHAPES[shape].fullmatch(text) else None


def in_groups(token: str) -> str:
    """``K7QF2M9TXW4PRDHB`` → ``K7QF-2M9T-XW4P-RDHB``, the way it is written to its owner."""
    return "-".join(token[place : place + 4] for place in range(0, len(token), 4))


def wait_before_code(made: Sequence[datetime], at: datetime) -> int:
    """Whole seconds until one more code may be made for the same subject; 0 when it may now (three in ten minutes)."""
    recent = sorted(moment for moment in made if at - moment < WINDOW)
    if len(recent) < MOST_IN_WINDOW:
        return 0
    free_again = recent[-MOST_IN_WINDOW] + WINDOW
    return max(1, -int(-(free_again - at).total_seconds() // 1))
