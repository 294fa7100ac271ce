"""Put a task in line."""

from __future__ import annotations

from typing import Any

import msgspec
from procrastinate.contrib.django import app
from procrastinate.types import TimeDeltaParams

from walletdesk.foundation.jobs.declared import declared_tasks


def enqueue(name: str, /, *, wait_seconds: int = 0, **fields: Any) -> int:
    """The number of the job. It is in line when the caller's transaction commits, and never was after a rollback.

    LookupError for a name that no room declared; fields are whatever JSON can say (ids and moments become text).
    """
    if name not in declared_tasks():
        raise LookupError(f"no task is named {name!r}")
    later: TimeDeltaParams | None = {"seconds": wait_seconds} if wait_seconds else None
    return app.configure_task(name, schedule_in=later).defer(**msgspec.to_builtins(fields))
