"""What rooms declare in their ``tasks.py``: the tasks and timers of this process, by name."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import close_old_connections
from django.utils.module_loading import autodiscover_modules
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

Work = Callable[..., Any]
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=3)


@dataclass(frozen=True, slots=True)
class DeclaredTimer:
    """``work()`` every ``seconds``; a worker that dies in the middle blocks it for ``lease_seconds`` at most."""

    name: str
    seconds: float
    lease_seconds: float
    work: Work


_tasks: dict[str, Work] = {}
_timers: dict[str, DeclaredTimer] = {}


def task(name: str) -> Callable[[Work], Work]:
    """Declare ``work(**fields)`` under a stable name like ``notifications.send_mail``; it is safe to run twice.

    A run that raises is tried again, six times in all, with growing pauses. Fields arrive as JSON: an id is text.
    """

    def declared(work: Work) -> Work:
        _only_once(_tasks.get(name), work, name)
        if name not in _tasks:
            app.task(name=name, retry=AGAIN)(_on_own_connection(work))
        _tasks[name] = work
        return work

    return declared


def every(seconds: float, name: str, lease_seconds: float = 300) -> Callable[[Work], Work]:
    """Declare ``work()`` to be done every ``seconds``, by one worker at a time; it is safe to run twice.

    ``lease_seconds`` is longer than any run: a run that takes longer may meet a second one.
    """

    def declared(work: Work) -> Work:
        known = _timers.get(name)
        _only_once(known.work if known else None, work, name)
        _timers[name] = DeclaredTimer(name, seconds, lease_seconds, work)
        return work

    return declared


def declare_all() -> None:
    """Read every room's ``tasks.py``; as often as you like."""
    autodiscover_modules("tasks")


def declared_tasks() -> dict[str, Work]:
    return _tasks


def declared_timers() -> dict[str, DeclaredTimer]:
    return _timers


def forget_timer(name: str) -> None:
    """For tests that bring their own timers."""
    _timers.pop(name, None)


def _only_once(known: Work | None, work: Work, name: str) -> None:
    if known and (known.__module__, known.__qualname__) != (work.__module__, work.__qualname__):
        raise ValueError(f"{name!r} is declared by {known.__module__}.{known.__qualname__} already")


def _on_own_connection(work: Work) -> Work:
    """A worker's thread gives its database connection back when the task is done."""

    @functools.wraps(work)
    def worked(**fields: Any) -> None:
        close_old_connections()
        try:
            work(**fields)
        finally:
            close_old_connections()

    return worked
