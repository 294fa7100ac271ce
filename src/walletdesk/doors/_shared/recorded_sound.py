"""A recording as pages give it: its length in words, and whole, as a file that no browser or proxy keeps."""

from __future__ import annotations

from datetime import timedelta

from django.http import StreamingHttpResponse

from walletdesk.service.hotline.public import Opened


def sound(opened: Opened) -> StreamingHttpResponse:
    """Two channels: the caller left, the agent right. ``X-Sound-SHA-256`` is the hash under which it was sealed."""
    answer = StreamingHttpResponse(opened.pieces, content_type="audio/wav")
    answer.headers["Content-Disposition"] = f'attachment; filename="{opened.recording}.wav"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Sound-SHA-256"] = opened.sha256
    return answer


def spoken_length(length: timedelta) -> str:
    """``4:07``; over an hour ``1:02:09``."""
    seconds = max(0, int(length.total_seconds()))
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
