"""The lean application. Its life: listen to PostgreSQL while the server runs."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from django.db import connection
from psycopg.conninfo import make_conninfo
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from walletdesk.doors.live.call_signal import call_signal
from walletdesk.doors.live.events import events, health
from walletdesk.doors.live.hub import Hub


def live_app() -> Starlette:
    """Starlette with the three routes of this door; one hub for its lifetime."""
    hub = Hub(conninfo)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with hub.running():
            yield

    routes = [
        Route("/live/events", events),
        Route("/live/healthz", health),
        WebSocketRoute("/live/calls", call_signal),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.hub = hub
    return app


def conninfo() -> str:
    """Where Django's own connection goes, as libpq reads it."""
    place = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return make_conninfo(
        **{key: place[name] for key, name in named.items() if place[name]}, application_name="walletdesk live"
    )
