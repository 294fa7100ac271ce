"""Photos of documents from a form: by side, never more of a file than may be kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from walletdesk.foundation.profiles.public import value


def photos_of(request: HttpRequest, sides: Iterable[str]) -> dict[str, bytes]:
    """``{side: bytes}`` of the photos that came; a file that is too big is cut one byte over, so that it is refused."""
    most = value("upload.max_bytes")
    found = {}
    for side in sides:
        upload = request.FILES.get(side)
        if upload is not None and upload.size:
            found[side] = upload.read(most + 1)
    return found
