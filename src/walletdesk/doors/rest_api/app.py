"""The application under ``/v1``: which path leads where, and what lives as long as the process."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from walletdesk.doors.rest_api.description import describe
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.house import House
from walletdesk.doors.rest_api.passage import NotHere, Place
from walletdesk.doors.rest_api.reading_page import reading
from walletdesk.doors.rest_api.resources.everything import ENDPOINTS
from walletdesk.doors.rest_api.turned_away import TurnedAway

FIRST = ("/v1/payments",)
"""Matched before the others: what is asked a thousand times a second does not walk through a list."""


def description() -> dict[str, Any]:
    """The OpenAPI document of this release."""
    return describe([*ENDPOINTS, *reading(ENDPOINTS)])


class RestApi:
    """An ASGI application. ``house.open()`` is its life: the server's lifespan, or a test's."""

    def __init__(self, house: House | None = None, endpoints: Sequence[Endpoint] = ENDPOINTS) -> None:
        self.house = house or House()
        by_path: dict[str, dict[str, Endpoint]] = defaultdict(dict)
        for endpoint in [*endpoints, *reading(endpoints)]:
            by_path[endpoint.path][endpoint.method] = endpoint
        places: dict[str, ASGIApp] = {path: Place(self.house, methods) for path, methods in by_path.items()}
        self._at_once = {path: place for path, place in places.items() if path in FIRST}
        self._lanes = {
            (one.method, one.path): getattr(self.house.lanes, one.waits_in) for one in endpoints if one.waits_in
        }
        self._turned_away = TurnedAway()
        routes = [Route(path.replace("{key}", "{key:path}"), place) for path, place in places.items()]
        self._router = Router(routes, redirect_slashes=False, default=NotHere(self.house))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return None
        lane = self._lanes.get((scope["method"], scope["path"]))
        if lane is not None and (wait := lane.let_in()):
            return await self._turned_away.tell(scope, send, wait)
        place = self._at_once.get(scope["path"], self._router)
        return await place(scope, receive, send)

    @contextlib.asynccontextmanager
    async def life(self, app: Any = None) -> AsyncIterator[None]:
        async with self.house.open():
            yield
