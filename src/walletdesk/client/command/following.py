"""Events as they happen, by asking again and again from where the last answer ended."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from walletdesk.client.clients import Walletdesk


def follow(client: Walletdesk, place: Path | None, types: str | None, every: float, *, once: bool) -> int:
    """Print each event as one line of JSON. The cursor is written to ``place`` after its events are printed, so that a crash
    between the two repeats some and loses none.
    """
    cursor = place.read_text().strip() if place and place.exists() else None
    feed = client.events.list(type=types)
    while True:
        page = feed.page(cursor)
        for event in page.data:
            print(msgspec.json.encode(event).decode(), flush=True)
        if page.next_cursor and page.next_cursor != cursor:
            cursor = page.next_cursor
            if place:
                _keep(place, cursor)
        if not page.data:
            if once:
                return 0
            time.sleep(every)


def _keep(place: Path, cursor: str) -> None:
    """Whole or not at all, whatever happens meanwhile."""
    draft = place.with_name(f"{place.name}.draft")
    draft.write_text(cursor)
    draft.replace(place)
