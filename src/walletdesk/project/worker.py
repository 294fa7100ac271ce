"""The worker: the outbox's relay, the background tasks and the webhooks, side by side in one process, until TERM or INT.

The relay is woken by PostgreSQL (NOTIFY) and looks by itself each second, so a lost notification costs a second at most.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from collections.abc import Iterator

import psycopg
from django.db import Error as DatabaseError
from django.db import connections
from psycopg.conninfo import make_conninfo

from walletdesk.foundation.jobs.public import work_on_tasks
from walletdesk.foundation.outbox.public import WAKE_CHANNEL, deliver_due
from walletdesk.service.webhooks.public import keep_sending

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 1.0
PAUSE_WITHOUT_DATABASE = 1.0


def work() -> int:
    """Deliver and work until asked to stop; what is under way is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beside = [
        threading.Thread(target=work_on_tasks, args=(stop,), name="tasks", daemon=True),
        threading.Thread(target=keep_sending, args=(stop,), name="webhooks", daemon=True),
    ]
    for one in beside:
        one.start()
    relay(stop)
    for one in beside:
        one.join(4)
    return 0


def relay(stop: threading.Event) -> None:
    """Deliver what is due, sleep until woken, again; through losses of the database."""
    while not stop.is_set():
        try:
            with _wakings() as wakings:
                while not stop.is_set():
                    while deliver_due() and not stop.is_set():
                        pass
                    connections.close_all()
                    for _ in wakings.notifies(timeout=LOOK_EVERY_SECONDS, stop_after=1):
                        pass
        except (psycopg.Error, DatabaseError) as lost:
            log.warning("the relay lost PostgreSQL: %s", lost)
            connections.close_all()
            stop.wait(PAUSE_WITHOUT_DATABASE)


@contextlib.contextmanager
def _wakings() -> Iterator[psycopg.Connection]:
    place = connections["default"].settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {key: place[name] for key, name in named.items() if place[name]}
    with psycopg.connect(make_conninfo(**given, application_name="walletdesk relay"), autocommit=True) as connection:
        connection.execute(f"LISTEN {WAKE_CHANNEL}")
        yield connection
