"""Both on one port: ``/live/…`` is the lean app, everything else is Django behind a bridge of our own.

``application`` for the demo and small installs; ``live_alone`` beside a WSGI server for pages (``serve --split``).
"""

from __future__ import annotations

from walletdesk.project.wsgi import application as pages  # first: it makes Django ready for those below

# isort: split
from starlette.types import Receive, Scope, Send

from walletdesk.doors.live.app import live_app
from walletdesk.project.page_bridge import PageBridge

live_alone = live_app()
_bridge = PageBridge(pages)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Lifespan and ``/live/`` to the lean app, pages to Django."""
    if scope["type"] == "http" and not scope["path"].startswith("/live/"):
        await _bridge(scope, receive, send)
    else:
        await live_alone(scope, receive, send)
