"""``/v1`` with lanes that take four at a time: it carries so little that ten times of it can be asked."""

from __future__ import annotations

from walletdesk.doors.rest_api import lane
from walletdesk.project.asgi import api_alone

lane.MOST_AT_ONCE = 4
application = api_alone
