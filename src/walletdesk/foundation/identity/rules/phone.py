"""Telephone numbers: written in any way, kept in one (E.164), shown as people of the place write them."""

from __future__ import annotations

import phonenumbers

HOME = "CN"


def read_phone(text: str) -> str | None:
    """``138 0000 2046`` → ``+8613800002046``; a number from abroad needs its ``+``. None when it cannot be a number."""
    if not text.isascii():
        return None
    try:
        number = phonenumbers.parse(text, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number) or number.extension:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(kept: str) -> str:
    """A mainland number without its country code (``13800002046``), any other in full. ``""`` stays ``""``."""
    return kept.removeprefix("+86") if kept.startswith("+861") else kept
