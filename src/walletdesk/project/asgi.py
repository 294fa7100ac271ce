"""All on one port: ``/live/…`` and ``/v1/…`` are lean apps, everything else is Django behind a bridge of our own.

``application`` for the demo and small installs; ``live_alone`` (both lean apps) beside a WSGI server for pages
(``serve --split``); ``api_alone`` for processes that do nothing but ``/v1``.
"""

from __future__ import annotations

from walletdesk.project.wsgi import application as pages  # first: it makes Django ready for those below

# isort: split
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from starlette.routing import Router
from starlette.types import Receive, Scope, Send

from walletdesk.doors.live.app import live_app
from walletdesk.doors.rest_api.app import RestApi
from walletdesk.project.page_bridge import PageBridge
from walletdesk.project.processes.long_lived import settle_in

_live, _api = live_app(), RestApi()
_bridge = PageBridge(pages)
settle_in()


@contextlib.asynccontextmanager
async def _both_live(app: Any) -> AsyncIterator[None]:
    async with _live.router.lifespan_context(_live), _api.life():
        yield


_life, _life_of_api = Router(lifespan=_both_live), Router(lifespan=_api.life)


def _of_api(scope: Scope) -> bool:
    return scope["type"] == "http" and (scope["path"].startswith("/v1/") or scope["path"] == "/v1")


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """``/v1/`` and ``/live/`` to the lean apps, pages to Django."""
    if scope["type"] == "http" and not _of_api(scope) and not scope["path"].startswith("/live/"):
        await _bridge(scope, receive, send)
    else:
        await live_alone(scope, receive, send)


async def live_alone(scope: Scope, receive: Receive, send: Send) -> None:
    """Both lean apps, and the life of both."""
    app = _life if scope["type"] == "lifespan" else _api if _of_api(scope) else _live
    await app(scope, receive, send)


async def api_alone(scope: Scope, receive: Receive, send: Send) -> None:
    """``/v1`` and nothing else."""
    await (_life_of_api if scope["type"] == "lifespan" else _api)(scope, receive, send)
