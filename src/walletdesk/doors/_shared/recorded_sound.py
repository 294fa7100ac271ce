"""A recording as an answer: whole, as a file, and never kept by a browser or a proxy."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from walletdesk.service.hotline.public import Opened


def sound(opened: Opened) -> StreamingHttpResponse:
    """Two channels: the caller left, the agent right. ``X-Sound-SHA-256`` is the hash under which it was sealed."""
    answer = StreamingHttpResponse(opened.pieces, content_type="audio/wav")
    answer.headers["Content-Disposition"] = f'attachment; filename="{opened.recording}.wav"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Sound-SHA-256"] = opened.sha256
    return answer
