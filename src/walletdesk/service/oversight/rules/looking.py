"""How much looking is a shift's work, and from where on somebody is told (C10).

below the soft limit        nothing happens
at the soft limit           one alarm for this shift
at the ceiling              no further private field is shown in this shift
"""

from __future__ import annotations

SOFT, CEILING = "soft", "ceiling"


def reached(before: int, soft: int) -> bool:
    """Whether the look that follows ``before`` earlier ones is the one that reaches the soft limit."""
    return before + 1 == soft


def may_unmask(before: int, ceiling: int) -> bool:
    return before < ceiling
