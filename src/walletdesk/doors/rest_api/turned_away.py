"""The refusal of whoever comes to a full lane: 503 ``not_now`` before key, count and body are read.

At ten times the load nine of ten requests end here, so it is written once for each pause and language and then only numbered.
Nothing was asked of the database, nothing is kept in the caller's log, and their quota is as it was.
"""

from __future__ import annotations

import functools
from uuid import UUID

from starlette.types import Scope, Send

from walletdesk.doors.rest_api.asked import Header, wished_language
from walletdesk.doors.rest_api.passage import ALWAYS, NO_FRAMES
from walletdesk.doors.rest_api.problem import problem
from walletdesk.doors.rest_api.refusals import NotNow
from walletdesk.foundation.clock.public import uuid7

_NUMBER = UUID(int=0)


async def turn_away(scope: Scope, send: Send, wait: int) -> None:
    language = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    headers, before, after = _written(wait, wished_language(language) if language else "en")
    number = str(uuid7()).encode()
    await send({"type": "http.response.start", "status": NotNow.status, "headers": [*headers, (b"request-id", number)]})
    await send({"type": "http.response.body", "body": before + number + after})


@functools.lru_cache(64)
def _written(wait: int, language: str) -> tuple[list[Header], bytes, bytes]:
    """Headers, and the body before and after the request's number."""
    answer = problem(NotNow(retry_after=wait), language, _NUMBER)
    before, after = answer.body.split(str(_NUMBER).encode())
    length = (b"content-length", b"%d" % len(answer.body))
    return [(b"content-type", answer.kind), length, *ALWAYS, NO_FRAMES, *answer.headers], before, after
