"""What may stand in a header of a mail. A name comes from a person, and a line break in it would begin a header of its own."""

from __future__ import annotations

import unicodedata

LONGEST = 120


def one_line(text: str, longest: int = LONGEST) -> str:
    """The text without line breaks, other control signs and signs that turn the direction of writing; cut to length.

    one_line("Li\\r\\nBcc: all@example.org")    "Li Bcc: all@example.org"
    """
    spoken = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(spoken.split())[:longest].strip()
