"""What a worker does besides the outbox: timers and tasks, until it is asked to stop.

The project's worker (``walletdesk worker``) runs this beside the outbox's relay. Several workers may run at once: a task
is given to one of them by procrastinate (``FOR UPDATE SKIP LOCKED``), a timer by its lease. Both survive the loss of
PostgreSQL: they wait a second and try again.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from django.db import close_old_connections, connections
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from walletdesk.foundation.jobs.declared import declare_all
from walletdesk.foundation.jobs.services.run_due_timers import run_due_timers

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 0.5
PAUSE_AFTER_LOSS_SECONDS = 1.0
TASKS_AT_ONCE = 4
FINISH_WITHIN_SECONDS = 3.0


def work_on_tasks(stop: threading.Event) -> None:
    """Run timers and tasks until ``stop`` is set; what is under way may finish, for three seconds."""
    declare_all()
    line = threading.Thread(target=_again_until, args=(stop, _work_the_line), name="task line", daemon=True)
    line.start()
    _again_until(stop, _watch_timers)
    line.join(FINISH_WITHIN_SECONDS + 1)


def run_waiting_tasks() -> None:
    """Do every committed task that is in line now, and come back: for seeds and tests without a worker."""
    declare_all()
    asyncio.run(_do_what_waits())


def _again_until(stop: threading.Event, work: Callable[[threading.Event], None]) -> None:
    while not stop.is_set():
        try:
            work(stop)
        except Exception as lost:
            log.warning("%s stopped and starts again: %s", work.__name__, type(lost).__name__, exc_info=lost)
            stop.wait(PAUSE_AFTER_LOSS_SECONDS)
        finally:
            connections.close_all()


def _watch_timers(stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY_SECONDS):
        run_due_timers()
        close_old_connections()


def _work_the_line(stop: threading.Event) -> None:
    asyncio.run(_serve(stop))


@asynccontextmanager
async def _worker() -> AsyncIterator[App]:
    """The same tasks on a connection of their own. ``app`` itself keeps Django's connection, so that a task or timer that
    puts another task in line does it in its own transaction.
    """
    line = app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=TASKS_AT_ONCE))
    async with line.open_async():
        yield line


async def _do_what_waits() -> None:
    async with _worker() as line:
        await line.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)


async def _serve(stop: threading.Event) -> None:
    async with _worker() as line:
        serving = asyncio.create_task(
            line.run_worker_async(
                concurrency=TASKS_AT_ONCE,
                install_signal_handlers=False,
                shutdown_graceful_timeout=FINISH_WITHIN_SECONDS,
                fetch_job_polling_interval=2.0,
                delete_jobs="successful",
            )
        )
        while not (stop.is_set() or serving.done()):
            await asyncio.sleep(0.2)
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        if not stop.is_set():
            serving.result()
