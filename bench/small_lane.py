"""``/v1`` with lanes that take four at a time: it carries so little that ten times of it can be asked."""

from __future__ import annotations

from walletdesk.project.asgi import api_alone as application  # first: it makes Django ready

# isort: split
from walletdesk.doors.rest_api import lane

__all__ = ["application"]
lane.MOST_AT_ONCE = 4
