"""Digits in SIP INFO, as telephones send them: ``application/dtmf-relay`` (Signal=5, Duration=160) and ``application/dtmf`` (5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

USUAL_MS = 160
_SIGNAL = re.compile(r"^[ \t]*signal[ \t]*=[ \t]*([^\s]{1,2})[ \t]*$", re.IGNORECASE | re.MULTILINE)
_DURATION = re.compile(r"^[ \t]*duration[ \t]*=[ \t]*([0-9]{1,5})[ \t]*$", re.IGNORECASE | re.MULTILINE)
_BY_NUMBER = {"10": "*", "11": "#"}


@dataclass(frozen=True, slots=True)
class Key:
    digit: str
    duration_ms: int


def read_key(kind: str, body: str) -> Key | None:
    """The key pressed; None when this INFO is about something else."""
    if len(body) > 1_000:
        return None
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    kind = kind.partition(";")[0].strip().lower()
    if kind == "application/dtmf-relay":
        signal, duration = _SIGNAL.search(body), _DURATION.search(body)
        return _key(signal[1], int(duration[1]) if duration else USUAL_MS) if signal else None
    if kind == "application/dtmf":
        return _key(body.strip(), USUAL_MS)
    return None


def _key(signal: str, duration_ms: int) -> Key | None:
    digit = _BY_NUMBER.get(signal, signal)
    return Key(digit, duration_ms) if len(digit) == 1 and digit in "0123456789*#" else None
