"""One exchange over HTTP with one deadline over all of it, and what its ending means when nobody may send twice."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import httpx

from walletdesk.service.notifications.ports import Answer

LONGEST_ANSWER = 64 * 1024
NOT_REACHED = Answer("not_reached", "no connection")
LOST = Answer("answer_lost", "no answer")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the other side said: a status and a JSON object, empty where it was none."""

    status: int
    body: dict[str, Any]


class Line:
    """A client for one provider. It follows no redirect and takes no proxy from the environment."""

    def __init__(self, base_url: str, deadline: float) -> None:
        self._deadline = deadline
        self._client = httpx.Client(base_url=base_url, trust_env=False, timeout=httpx.Timeout(deadline, connect=2.0))

    def say(self, method: str, path: str, **request: Any) -> Spoken | Answer:
        """The answer; or how it ended without one: ``not_reached`` when nothing was sent, else ``answer_lost``."""
        ends = time.monotonic() + self._deadline
        try:
            with self._client.stream(method, path, **request) as answer:
                read = bytearray()
                for part in answer.iter_bytes():
                    read += part
                    if time.monotonic() > ends or len(read) > LONGEST_ANSWER:
                        return LOST
                return Spoken(answer.status_code, _object(bytes(read)))
        except (httpx.ConnectError, httpx.ConnectTimeout):
            return NOT_REACHED
        except httpx.HTTPError:
            return LOST

    def close(self) -> None:
        self._client.close()


def _object(content: bytes) -> dict[str, Any]:
    try:
        read = json.loads(content)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
