"""The two kinds of address with which somebody signs in, each kept in one form and shown masked to others.

Lin@Example.com      email   lin@example.com      l***@example.com
138 0000 2046        sms     +8613800002046       138****2046
"""

from __future__ import annotations

import re

from walletdesk.foundation.identity.rules.phone import read_phone, show_phone

EMAIL, SMS = "email", "sms"
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
LONGEST = 254


def read_address(text: str) -> tuple[str, str] | None:
    """``(kind, address)`` in its kept form; None when it can be neither an e-mail address nor a telephone number."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    if "@" in text:
        return (EMAIL, text.lower()) if _EMAIL.fullmatch(text) else None
    phone = read_phone(text)
    return (SMS, phone) if phone else None


def mask_address(kind: str, address: str) -> str:
    """Just enough for the owner to recognise it."""
    if kind == EMAIL:
        local, _, domain = address.rpartition("@")
        return f"{local[:1]}***@{domain}"
    shown = show_phone(address)
    return f"{shown[:3]}{'*' * (len(shown) - 7)}{shown[-4:]}" if len(shown) >= 11 else f"****{shown[-2:]}"
