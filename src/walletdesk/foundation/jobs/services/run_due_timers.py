"""Do what has come round."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from django.db import connection

from walletdesk.foundation.jobs.declared import DeclaredTimer, declared_timers

log = logging.getLogger(__name__)
CLAIM = (Path(__file__).parent.parent / "sql" / "claim_timer.sql").read_text()
MAKE_KNOWN = """
    INSERT INTO jobs_timer (name, due_at, run, last_error)
    SELECT name, walletdesk_now(), 0, '' FROM unnest(%s::text[]) AS name ORDER BY name ON CONFLICT DO NOTHING
"""
HAND_BACK = """
    UPDATE jobs_timer SET leased_until = NULL, last_ended_at = walletdesk_now(), last_error = %s
    WHERE name = %s AND run = %s
"""


def run_due_timers() -> list[str]:
    """Run each declared timer that is due, each once, in this thread; the names of those that ran.

    Needs no worker: seeds and tests call it, under a simulated moment too. A new timer is due at once. A timer that
    raises is logged and noted in its row, and comes round again; the others run.
    """
    waiting = dict(declared_timers())
    _make_known(list(waiting))
    ran: list[str] = []
    while claimed := _claim(list(waiting.values())):
        name, token = claimed
        _hand_back(name, token, _run(waiting.pop(name)))
        ran.append(name)
    return ran


def _run(timer: DeclaredTimer) -> str:
    """What went wrong: the error's name and place, never its message; empty when nothing did."""
    try:
        timer.work()
    except Exception as error:
        log.warning("the timer %s failed", timer.name, exc_info=error)
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__module__}.{type(error).__qualname__} at {Path(frame.filename).name}:{frame.lineno}"[
            :300
        ]
    return ""


def _make_known(names: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM jobs_timer WHERE name = ANY (%s)", [names])
        if cursor.fetchall() != [(len(names),)]:
            cursor.execute(MAKE_KNOWN, [names])


def _claim(timers: list[DeclaredTimer]) -> tuple[str, int] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {
                "names": [timer.name for timer in timers],
                "seconds": [timer.seconds for timer in timers],
                "leases": [timer.lease_seconds for timer in timers],
            },
        )
        return next(iter(cursor.fetchall()), None)


def _hand_back(name: str, token: int, error: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(HAND_BACK, [error, name, token])
