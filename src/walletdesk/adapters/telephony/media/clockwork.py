"""The loop of the engine's process: a tick every 20 ms, orders in between, until the parent closes the pipe.

A tick that comes late is followed by the next at once, so that nobody's stream slows down; more than five ticks behind,
the missed ones are skipped and the streams' clocks moved on.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import time
from contextlib import suppress

import msgspec

from walletdesk.adapters.telephony.media.engine import TICK_SECONDS, Engine
from walletdesk.adapters.telephony.media.lateness import Lateness
from walletdesk.adapters.telephony.media.orders import Orders
from walletdesk.adapters.telephony.media.pipe import Pipe
from walletdesk.adapters.telephony.media.words import EngineSettings

MOST_BEHIND = 5 * TICK_SECONDS
WAKE_EARLY = 0.0015  # epoll counts in milliseconds; the rest is slept exactly
SWITCH_SECONDS = 0.0005  # the writer's thread must not keep the tick waiting for five milliseconds
SWEEP_TICKS = 1500
LATE_ORDERS_SECONDS = 0.003


class Clockwork:
    """One engine and its clock."""

    def __init__(self, settings: EngineSettings, wire: socket.socket) -> None:
        self._pipe = Pipe(wire)
        self._engine = Engine(settings, self._pipe.fileno(), self._pipe.send)
        self._lateness = Lateness()
        self._orders = Orders(self._engine, self._lateness.report)

    def run(self) -> None:
        self._engine.start()
        due, ticks = time.monotonic(), 0
        while not self._pipe.ended:
            self._obey_until(due)
            began = time.monotonic()
            self._engine.tick(began)
            self._pipe.flush()
            ended = time.monotonic()
            self._lateness.note(max(0.0, began - due), ended - began)
            due += TICK_SECONDS
            if ended - due > MOST_BEHIND:
                missed = int((ended - due) / TICK_SECONDS)
                self._engine.skip(missed)
                self._lateness.skip(missed)
                due += missed * TICK_SECONDS
            ticks += 1
            if ticks % SWEEP_TICKS == 0:
                gc.collect(0)
        self._engine.finish()
        self._pipe.send_last()

    def _obey_until(self, due: float) -> None:
        """Orders until the tick is due, and for a moment even when it is late: a busy engine still listens."""
        pipe, enough = self._pipe, time.monotonic() + LATE_ORDERS_SECONDS
        if self._engine.wires.wait(0):
            pipe.read()
        while not pipe.ended:
            now = time.monotonic()
            if pipe.commands and now < max(due - WAKE_EARLY, enough):
                self._orders.obey(pipe.commands.popleft())
            elif now >= due - WAKE_EARLY:
                break
            elif self._engine.wires.wait(due - WAKE_EARLY - now):
                pipe.read()
        rest = due - time.monotonic()
        if rest > 0 and not pipe.ended:
            time.sleep(rest)


def main() -> None:
    """``python -m walletdesk.adapters.telephony.media <file descriptor> <settings as JSON>``"""
    settings = msgspec.json.decode(sys.argv[2], type=EngineSettings)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, settings.tick_cpu_nice)
    sys.setswitchinterval(SWITCH_SECONDS)
    clockwork = Clockwork(settings, socket.socket(fileno=int(sys.argv[1])))
    gc.collect()
    gc.freeze()
    gc.disable()
    clockwork.run()
