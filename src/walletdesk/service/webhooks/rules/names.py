"""What an owner may call an endpoint."""

from __future__ import annotations

LONGEST_NAME = 60


def clean_name(text: str) -> str:
    """In one line, without control characters, inner blanks single."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
