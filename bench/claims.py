"""How a benchmark says what it saw: one JSON line per claim on standard output, words for people on standard error.

    {"claim": "ledger.hot.n10", "value": 41800.0, "unit": "entries/s", "baseline": 10300.0, "ratio": 4.06, "n": 10, "seed": 7}

``ratio`` is value / baseline, both measured in the same run on the same machine; nothing else compares.
"""

from __future__ import annotations

import json
import sys


def claim(name: str, value: float, unit: str, *, baseline: float, n: int, seed: int) -> float:
    """Print one claim; answers its ratio."""
    ratio = value / baseline
    row = {
        "claim": name,
        "value": round(value, 1),
        "unit": unit,
        "baseline": round(baseline, 1),
        "ratio": round(ratio, 3),
        "n": n,
        "seed": seed,
    }
    print(json.dumps(row), flush=True)
    return ratio


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
