"""What a person may be called."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 60


def read_name(text: str) -> str | None:
    """The name, composed (NFC) and without doubled spaces; None when nothing is left, it is too long, or it holds
    characters that are not written: controls, line breaks, marks that turn the reading direction.
    """
    composed = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for letter in composed):
        return None
    name = " ".join(composed.split())
    return name if 0 < len(name) <= LONGEST_NAME else None
