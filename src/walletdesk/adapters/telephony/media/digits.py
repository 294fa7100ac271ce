"""Key presses: what was pressed, told once, whoever told us and however many packets were lost. Pure; time is given.

A press is one (timestamp, key) of telephone-events, or one word from another source (SIP INFO, a page, a tone heard).
The same key told by *another* source within 300 ms of the press is that press; by the same source it is a new one.

    ended bit seen                       told at once
    no ended bit, 120 ms without packet  told with the duration known (all three end packets were lost)
    another press begins                 the open one is told first
    the whole beginning was lost         the end packets alone tell it
    longer than 65,535 samples           the next segment continues it (RFC 4733, 2.5.1.3), no new press
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from walletdesk.adapters.telephony.media.packets import KEYS, KeyEvent, key_event
from walletdesk.adapters.telephony.media.words import DigitSource

SAME_PRESS_SECONDS = 0.3
END_LOST_SECONDS = 0.12
REMEMBERED = 8
SEGMENT_FULL = 0xFFFF
NO_TIMESTAMP = -1


@dataclass(slots=True)
class Press:
    """One press: who told of it so far, and when it was down."""

    key: str
    since: float
    until: float
    source: DigitSource
    timestamp: int = NO_TIMESTAMP
    duration: int = 0
    segment: int = 0  # where its newest segment begins, in samples after ``timestamp``
    told: bool = False
    sources: set[str] = field(default_factory=set)

    def may_be(self, key: str, source: str, moment: float) -> bool:
        near = self.since - SAME_PRESS_SECONDS <= moment <= self.until + SAME_PRESS_SECONDS
        return self.key == key and source not in self.sources and near


@dataclass(frozen=True, slots=True)
class Told:
    key: str
    source: DigitSource
    duration_ms: int


class KeyPresses:
    """The presses of one leg. Each method answers what is to be told now, oldest first. ``count``: presses begun."""

    def __init__(self) -> None:
        self._last: deque[Press] = deque(maxlen=REMEMBERED)
        self._open: Press | None = None
        self.count = 0

    @property
    def down(self) -> bool:
        """A key is being pressed, as far as events tell."""
        return self._open is not None

    def event(self, timestamp: int, event: KeyEvent, moment: float) -> list[Told]:
        """One telephone-event packet; repeats and packets that come late, in any order, are the same press."""
        told: list[Told] = []
        press = self._known(timestamp, event)
        if press is None:
            told += self._close()
            press = self._begin(timestamp, event.key, moment)
        press.until = max(press.until, moment)
        press.duration = max(press.duration, (timestamp - press.timestamp & 0xFFFFFFFF) + event.duration)
        if event.ended and press is self._open:
            told += self._close()
        return told

    def report(self, key: str, source: DigitSource, duration_ms: int, moment: float) -> list[Told]:
        """Another source says so."""
        for press in self._last:
            if press.may_be(key, source, moment):
                press.sources.add(source)
                return []
        told = self._close()
        self.count += 1
        self._last.append(Press(key, moment, moment, source, told=True, sources={source}))
        return [*told, Told(key, source, duration_ms)]

    def time(self, moment: float) -> list[Told]:
        """Nothing came: a press whose end was lost is over."""
        if self._open and moment - self._open.until >= END_LOST_SECONDS:
            return self._close()
        return []

    def new_stream(self) -> list[Told]:
        """The party's stream began anew: its timestamps mean nothing to the old ones."""
        told = self._close()
        for press in self._last:
            press.timestamp = NO_TIMESTAMP
        return told

    def _known(self, timestamp: int, event: KeyEvent) -> Press | None:
        for press in reversed(self._last):
            if press.timestamp < 0 or press.key != event.key:
                continue
            ahead = timestamp - press.timestamp & 0xFFFFFFFF
            if press is self._open and ahead == press.segment + SEGMENT_FULL <= press.duration:
                press.segment = ahead
            if ahead in (0, press.segment):
                return press
        return None

    def _begin(self, timestamp: int, key: str, moment: float) -> Press:
        for press in self._last:
            if press.timestamp < 0 and press.may_be(key, "event", moment):
                press.timestamp = timestamp  # told already, by another source
                press.sources.add("event")
                press.until = moment
                self._open = press
                return press
        self.count += 1
        self._open = Press(key, moment, moment, "event", timestamp, sources={"event"})
        self._last.append(self._open)
        return self._open

    def _close(self) -> list[Told]:
        press, self._open = self._open, None
        if press is None or press.told:
            return []
        press.told = True
        return [Told(press.key, press.source, press.duration // 8)]


PRESS_TICKS, PAUSE_TICKS, END_PACKETS = 5, 3, 3
TICK_SAMPLES = 160
TONES = {
    key: (low, high)
    for row, low in enumerate((697, 770, 852, 941))
    for key, high in zip("123A456B789C*0#D"[4 * row : 4 * row + 4], (1209, 1336, 1477, 1633), strict=True)
}


@dataclass(slots=True)
class KeyingOut:
    """Keys that we press on a leg, tick by tick: 100 ms down, 60 ms up. ``now`` is the key that is down, if any."""

    waiting: str = ""
    now: str = ""
    sounding: str = ""  # the key of the step just made
    tick: int = 0
    began: int = 0  # RTP timestamp

    def add(self, keys: str) -> None:
        self.waiting += keys

    @property
    def busy(self) -> bool:
        return bool(self.now or self.waiting or self.tick)

    def step(self, timestamp: int) -> list[tuple[bytes, bool]]:
        """The event payloads of this tick, each with its marker; the timestamp of all is ``began``."""
        if not self.now and not self.tick and self.waiting:
            self.now, self.waiting, self.began = self.waiting[0], self.waiting[1:], timestamp
        self.tick += 1
        if not self.now:
            if self.tick >= PRESS_TICKS + PAUSE_TICKS:
                self.tick = 0
            return []
        self.sounding, ended = self.now, self.tick == PRESS_TICKS
        payload = key_event(self.now, self.tick * TICK_SAMPLES, ended=ended)
        packets = [(payload, self.tick == 1)] * (END_PACKETS if ended else 1)
        if ended:
            self.now = ""
        return packets


def is_key(text: str) -> bool:
    return len(text) == 1 and text in KEYS
