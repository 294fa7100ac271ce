"""A payment code as a picture: the payload's QR as one SVG path, dark on light in both lights."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4


@dataclass(frozen=True, slots=True)
class CodePicture:
    """``path`` in units of one module; ``box`` is the side with the quiet zone on both sides."""

    path: str
    box: int


def picture(payload: str) -> CodePicture:
    """The QR of ``payload`` at error correction M (a scratched screen is still read).

    UTF-8 is said aloud: left to choose, the library takes Shift-JIS for a shop's name that fits it, which cameras cannot read.
    """
    code = segno.make_qr(payload, error="m", boost_error=False, encoding="utf-8", mode="byte")
    runs: list[str] = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                runs.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end + 1
    return CodePicture("".join(runs), len(code.matrix) + 2 * QUIET)
