"""Whether a key is being decided right now, in a transaction of somebody else that cannot be seen yet."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.arrays.public import text_array
from walletdesk.foundation.statements.public import rows_of

ASK = "SELECT key_in_flight(%s, %s::text[], %s)"


def any_in_flight(caller: str, routes: Sequence[str], key: str) -> str | None:
    """The route under which another transaction holds this key; None when none does. Leaves nothing behind."""
    ((route,),) = rows_of(ASK, caller, text_array(routes), key)
    return None if route is None else str(route)
