"""Let every listener hear what is due.

What was told since is first made into deliveries, one for each listener, by one statement.
One list of facts, one listener, one transaction: the effects of the handler and the mark "done" are committed together
or not at all, so a crash in between means that the list is delivered again. A list that fails is halved, each half in a
transaction of its own, until the one bad fact is alone: it waits and is tried again, its neighbours are done.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from django.db import InterfaceError, OperationalError, connection, transaction

from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.models import Delivery
from walletdesk.foundation.outbox.routes import Route, routes
from walletdesk.foundation.outbox.rules.facts import fact_from_json
from walletdesk.foundation.outbox.rules.patience import pause_after
from walletdesk.foundation.statements.public import sent

log = logging.getLogger(__name__)
CONNECTION_LOST = ("08", "57P")  # SQLSTATE: connection exception, operator intervention; none at all: client side
SQL = Path(__file__).parent.parent / "sql"
CLAIM = (SQL / "claim.sql").read_text()
OWE = (SQL / "owe.sql").read_text()
MOST_OWED_AT_ONCE = 5_000
Claimed = tuple[int, int, str, str]
"""Delivery, failures so far, name of the fact, its fields as JSON."""
HANDLERS_WITH_WORK = """
    SELECT handler FROM unnest(%s::text[]) AS handler WHERE EXISTS (
        SELECT FROM outbox_delivery
        WHERE state = 'due' AND outbox_delivery.handler = handler.handler AND due_at <= walletdesk_now())
"""
PUT_OFF = """
    UPDATE outbox_delivery SET attempts = %s, state = %s, last_error = %s,
           due_at = walletdesk_now() + make_interval(secs => %s)
    WHERE id = %s AND state = 'due'
"""


def deliver_due(limit: int = 500) -> int:
    """One list of at most ``limit`` facts for each listener that has some due; how many deliveries were dealt with
    (done, put off or given up). Deliveries for a listener that this process does not know are left for one that does.
    """
    known = routes()
    sent(OWE, MOST_OWED_AT_ONCE)
    return sum(_deliver(known[handler], limit) for handler in _handlers_with_work(list(known)))


def deliver_all() -> int:
    """Until nothing is due any more, what listeners tell in turn included."""
    total = 0
    while dealt_with := deliver_due():
        total += dealt_with
    return total


def _handlers_with_work(known: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(HANDLERS_WITH_WORK, [known])
        return [handler for (handler,) in cursor.fetchall()]


def _deliver(route: Route, limit: int, only: list[int] | None = None) -> int:
    claimed: list[Claimed] = []
    try:
        with transaction.atomic():
            claimed = _claim(route.handler, limit, only)
            if claimed:
                route.handle([fact_from_json(name, payload) for _, _, name, payload in claimed])
                reach("in_delivery")
                Delivery.objects.filter(id__in=[delivery for delivery, *_ in claimed]).update(
                    state=Delivery.State.DONE, last_error=""
                )
    except Exception as error:
        if not claimed or _database_is_gone(error):
            raise
        return _after_failure(route, claimed, error)
    return len(claimed)


def _after_failure(route: Route, claimed: list[Claimed], error: Exception) -> int:
    if len(claimed) > 1:
        ids = [delivery for delivery, *_ in claimed]
        half = len(ids) // 2
        return sum(_deliver(route, len(part), part) for part in (ids[:half], ids[half:]))
    ((delivery, attempts, name, _),) = claimed
    _put_off(delivery, attempts + 1, error)
    log.warning("%s could not hear %s (delivery %s)", route.handler, name, delivery, exc_info=error)
    return 1


def _put_off(delivery: int, failures: int, error: Exception) -> None:
    pause = pause_after(failures)
    state = Delivery.State.DEAD if pause is None else Delivery.State.DUE
    with connection.cursor() as cursor:
        cursor.execute(PUT_OFF, [failures, state, _named(error), pause or 0, delivery])


def _claim(handler: str, limit: int, only: list[int] | None) -> list[Claimed]:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"handler": handler, "limit": limit, "only": only})
        return cursor.fetchall()


def _database_is_gone(error: Exception) -> bool:
    """Nobody's fault among the listeners: the delivery stays as it is, and the worker comes back later."""
    if not isinstance(error, InterfaceError | OperationalError):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(CONNECTION_LOST)


def _named(error: Exception) -> str:
    """The error's name and place. Its message may hold a customer's words and stays in the log."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__module__}.{type(error).__qualname__}{place}"[:300]
