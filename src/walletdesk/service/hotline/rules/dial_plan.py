"""What we may dial: an allow-list, short. A call that came in can never make one that goes out.

    call_back    a number on file, inside ``prefixes``
    transfer     a line of the house, by its name in ``lines``

Keys pressed by a caller are choices of the menu and nothing else: no star code, no suffix, no second dial tone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

NUMBER = re.compile(r"\+[1-9][0-9]{5,14}", re.ASCII)
Context = Literal["call_back", "transfer", "inbound"]
CALLS_BACK: Context = "call_back"
TRANSFERS: Context = "transfer"


def refusal(context: Context, number: str, prefixes: Sequence[str], today: int, most_a_day: int) -> str | None:
    """Why this is not dialled, in this order: ``inbound_only``, ``not_a_number``, ``not_allowed``, ``cap``; or None.

    ``today``: calls that we have placed since midnight; ``most_a_day`` caps what they can cost.
    """
    if context not in (CALLS_BACK, TRANSFERS):
        return "inbound_only"
    if NUMBER.fullmatch(number) is None:
        return "not_a_number"
    if not any(number.startswith(prefix) for prefix in prefixes):
        return "not_allowed"
    return "cap" if today >= most_a_day else None


def line(name: str, lines: Mapping[str, str]) -> str | None:
    """The number of a line of the house; None for a name, or a number in place of a name, that the plan does not know."""
    return lines.get(name)
