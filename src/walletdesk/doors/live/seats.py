"""What is said at a seat, written down and read again. Runs in a thread and gives its database connection back at once."""

from __future__ import annotations

from typing import Any

from django.db import connections

from walletdesk.service.hotline.public import post_signal, signals_after


def say_to_hotline(seat: str, word: dict[str, Any]) -> int:
    """The page's word, for the hotline process; its number."""
    try:
        return post_signal(seat, "in", word)
    finally:
        connections.close_all()


def last_word(seat: str, since: int) -> int:
    """The number of the page's latest word, through whatever process of ours; ``since`` when it said nothing after that."""
    try:
        said = signals_after(seat, "in", since)
        return said[-1].id if said else since
    finally:
        connections.close_all()


def said_to(seat: str, after: int) -> list[tuple[int, dict[str, Any]]]:
    """(id, word) of what the hotline said to this seat after ``after``."""
    try:
        return [(signal.id, signal.body) for signal in signals_after(seat, "out", after)]
    finally:
        connections.close_all()
