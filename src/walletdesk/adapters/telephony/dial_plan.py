"""What may be dialled at all: nothing that is not listed. Who may be dialled among these is the room's to know."""

from __future__ import annotations

import re
from dataclasses import dataclass

_E164 = re.compile(r"\+[1-9][0-9]{6,14}\Z")


@dataclass(frozen=True, slots=True)
class DialPlan:
    """``prefixes``: of E.164 numbers that may be called; ``refused``: prefixes among them that may not (premium rate).

    ``transfers``: the numbers, whole, to which a call may be handed over.
    """

    prefixes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    transfers: frozenset[str] = frozenset()

    def may_call(self, number: str) -> bool:
        return bool(_E164.match(number)) and number.startswith(self.prefixes) and not number.startswith(self.refused)
