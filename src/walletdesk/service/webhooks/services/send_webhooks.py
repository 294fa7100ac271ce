"""The loop that sends: claim, hand over, note what came back, again. One slow receiver holds nobody: letters are carried side
by side, a few to each endpoint, and the loop never waits for one of them.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time

from django.db import Error as DatabaseError
from django.db import connections

from walletdesk.service.webhooks.ports import Answer, Letter, WebhookCarrier, the_carrier
from walletdesk.service.webhooks.services.claim_letters import claim_letters, take_back_lost
from walletdesk.service.webhooks.services.note_answers import Noted, note_answers

log = logging.getLogger(__name__)
AT_ONCE = 256
LOOK_EVERY_SECONDS = 0.5
GATHERED_SECONDS = 0.02
PAUSE_WITHOUT_DATABASE = 1.0
FINISH_WITHIN_SECONDS = 3.0
UNSIGNED = Answer("not_allowed", words="the secret of this endpoint cannot be opened here")


class Sender:
    """Letters under way, and the answers that came in. Everything but ``_answers`` belongs to one thread."""

    def __init__(self, carrier: WebhookCarrier) -> None:
        self._carrier = carrier
        self._answers: queue.SimpleQueue[Noted] = queue.SimpleQueue()
        self.under_way = 0

    def step(self, patience: float = 0, *, send: bool = True) -> tuple[int, int]:
        """Note what came in (waiting ``patience`` seconds for the first answer, if any is to come), then send what may go; how
        many came in and how many went out.
        """
        noted = self._come_in(patience if self.under_way else 0)
        if noted:
            note_answers(noted)
        letters = claim_letters(AT_ONCE - self.under_way) if send and self.under_way < AT_ONCE else []
        for letter in letters:
            self.under_way += 1
            if letter.address:
                self._carrier.carry(letter, self._heard)
            else:
                self._heard(letter, UNSIGNED)
        return len(noted), len(letters)

    def wait(self, seconds: float) -> None:
        """Until an answer comes or the time is over, whichever is first."""
        with contextlib.suppress(queue.Empty):
            self._answers.put(self._answers.get(timeout=seconds))

    def _heard(self, letter: Letter, answer: Answer) -> None:
        self._answers.put((letter, answer))

    def _come_in(self, patience: float) -> list[Noted]:
        """The answers that are here; after the first one those of the next moment too, so that they share a transaction."""
        noted: list[Noted] = []
        with contextlib.suppress(queue.Empty):
            noted.append(self._answers.get(timeout=patience) if patience else self._answers.get_nowait())
            ends = time.monotonic() + GATHERED_SECONDS
            while len(noted) < self.under_way:
                noted.append(self._answers.get(timeout=max(0.0, ends - time.monotonic())))
        self.under_way -= len(noted)
        return noted


def send_due_webhooks() -> int:
    """Send everything that is due now, and come back when nothing is under way: for seeds and tests. How many tries."""
    take_back_lost()
    sender, tried = Sender(the_carrier()), 0
    while True:
        came_in, went_out = sender.step(LOOK_EVERY_SECONDS)
        tried += went_out
        if not (came_in or went_out or sender.under_way):
            return tried


def keep_sending(stop: threading.Event) -> None:
    """What the worker does until ``stop``, through losses of the database. What is under way may end, for three seconds;
    the rest is due again after its lease.
    """
    sender = Sender(the_carrier())
    while not stop.is_set():
        try:
            while not stop.is_set():
                if not any(sender.step()):
                    connections.close_all()
                    sender.wait(LOOK_EVERY_SECONDS)
        except DatabaseError as lost:
            log.warning("webhooks lost PostgreSQL: %s", type(lost).__name__)
            connections.close_all()
            stop.wait(PAUSE_WITHOUT_DATABASE)
        except Exception as ours:
            log.exception("webhooks stopped and start again: %s", type(ours).__name__)
            connections.close_all()
            stop.wait(PAUSE_WITHOUT_DATABASE)
    _finish(sender)


def _finish(sender: Sender) -> None:
    try:
        for _ in range(int(FINISH_WITHIN_SECONDS / 0.25)):
            if not sender.under_way:
                break
            sender.step(0.25, send=False)
    except DatabaseError:
        log.warning("webhooks ended without PostgreSQL")
    finally:
        connections.close_all()
