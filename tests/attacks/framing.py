"""X11 of one answer: what it says of frames and of other windows. The walk of the table asks it of every cell."""

from __future__ import annotations

import re

from django.http import HttpResponse


def cannot_be_framed(answer: HttpResponse, place: str) -> None:
    policy = answer.headers["Content-Security-Policy"]
    if "sandbox" in policy:  # a file that somebody sent: handed over as a download, with no right at all
        assert "default-src 'none'" in policy and answer.headers["Content-Disposition"].startswith("attachment"), place
    else:
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy, place
        assert "form-action 'self'" in policy and "object-src 'none'" in policy, place
    assert "unsafe" not in policy and "*" not in policy, place
    assert answer.headers["X-Frame-Options"] == "DENY", place
    assert answer.headers["X-Content-Type-Options"] == "nosniff", place
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", place
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer"), place


def windows_keep_nothing_of_ours(answer: HttpResponse, place: str) -> None:
    """A link that opens a window of its own gives it no way back to ours."""
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return
    for link in re.findall(r"<(?:a|area|form)\b[^>]*\starget=[^>]*>", answer.content.decode()):
        assert "noopener" in link, (place, link)
