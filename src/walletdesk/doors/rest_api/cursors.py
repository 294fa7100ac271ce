"""Where a page of a list ended: opaque text to the caller, checked when it comes back. It opens nothing: what a caller may
see is asked by its key, so a cursor needs no signature.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec

from walletdesk.doors.rest_api.refusals import CursorUnusable

Kind = TypeVar("Kind")
LONGEST = 200
AtPlace = tuple[datetime, UUID]
_WITH_ZONE: Any = tuple[Annotated[datetime, msgspec.Meta(tz=True)], UUID]


def write_cursor(place: Any) -> str:
    """``place`` is what the next page begins after: an id, a number, or a moment with an id."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).rstrip(b"=").decode()


def read_cursor(text: str | None, kind: type[Kind]) -> Kind | None:
    """The place, or None for the first page. Refuses what we did not write for this list (``CursorUnusable``)."""
    if text is None:
        return None
    if not text or len(text) > LONGEST or not text.isascii():
        raise CursorUnusable()
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        place = msgspec.json.decode(raw, type=kind)
    except (binascii.Error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise CursorUnusable() from None
    if write_cursor(place) != text:
        raise CursorUnusable()
    return place


def read_moment_cursor(text: str | None) -> AtPlace | None:
    """The same of a moment with an id. We write the zone: without one it would be read in the zone of whoever reads it."""
    place: AtPlace | None = read_cursor(text, _WITH_ZONE)
    return place
