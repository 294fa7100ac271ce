"""Sessions in the database, each with its user and its device in columns beside it.

A session whose row is gone cannot come back: Django writes an old session only over its own row.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

DEVICE_FIELD = "device"


class SessionStore(DatabaseSessions):
    @classmethod
    def get_model_class(cls) -> Any:
        return apps.get_model("identity", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.device_id = data.get(DEVICE_FIELD)
        return row
