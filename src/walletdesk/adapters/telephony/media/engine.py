"""The engine: legs in slots, and what one tick of 20 ms does with all of them.

    receive → jitter buffers → mix → plays → send → housekeeping

``orders`` changes what stands here between ticks; ``clockwork`` calls ``tick`` on time. Nothing here waits.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np

from walletdesk.adapters.telephony.media import words
from walletdesk.adapters.telephony.media.concealment import FRAME
from walletdesk.adapters.telephony.media.digits import Told
from walletdesk.adapters.telephony.media.inband import ToneEar
from walletdesk.adapters.telephony.media.inflow import Inflow
from walletdesk.adapters.telephony.media.legs import Leg, Playing
from walletdesk.adapters.telephony.media.mixer import Mixer
from walletdesk.adapters.telephony.media.outflow import Outflow, Senders
from walletdesk.adapters.telephony.media.recordings import RecordingWriter
from walletdesk.adapters.telephony.media.reports import Reports
from walletdesk.adapters.telephony.media.sounds import SoundLoader, read_wav, soft_tones
from walletdesk.adapters.telephony.media.wires import Wires, now
from walletdesk.adapters.telephony.media.words import EngineSettings

TICK_SECONDS = 0.02
TONE_MILLISECONDS = 40  # that a tone was heard when it is told; how long it goes on nobody waits for
HUSH_TICKS = 8  # a key's tone may still wait in the jitter buffer when its events are over
WATCH_TICKS = 50  # each leg's silence is looked at once a second


class Engine:
    """Everything that sounds. ``tell`` is called with events and answers, in the tick's thread."""

    def __init__(self, settings: EngineSettings, control: int, tell: Callable[[msgspec.Struct], None]) -> None:
        self.settings, self.tell = settings, tell
        self.legs: dict[str, Leg] = {}
        self.moment = 0.0
        self.wires = Wires(settings, control)
        self.inflow, self.outflow = Inflow(settings.slots), Outflow(settings.slots)
        self.reports = Reports(self.inflow, self.outflow)
        self.loader = SoundLoader()
        self._closed: queue.SimpleQueue[words.RecordingReady] = queue.SimpleQueue()
        self.writer = RecordingWriter(self._closed.put)
        self.mixer = Mixer(settings.slots, self.legs, self.writer)
        self._free = list(range(settings.slots - 1, -1, -1))
        self._by_slot: dict[int, Leg] = {}
        self._slots = np.zeros(0, dtype=np.intp)  # of the legs that are open, in the order of ``_by_slot``
        self._senders = Senders([])
        self.senders_changed = False
        self.ear = ToneEar(settings.slots)
        self.by_tone: set[Leg] = set()  # legs whose keys come as tones, if at all
        self._players: set[Leg] = set()
        self._music = read_wav(Path(settings.hold_music)) if settings.hold_music else soft_tones()
        self._on_hold: set[Leg] = set()
        self._tick = 0
        self._report_ticks = max(WATCH_TICKS, round(settings.report_seconds / TICK_SECONDS))

    def start(self) -> None:
        self.loader.start()
        self.writer.start()

    def finish(self) -> None:
        """Close the recordings, whole, and tell of them."""
        for name in list(self.mixer.recordings):
            self.mixer.stop_recording(name)
        self.writer.finish()
        self._tell_recordings()

    # ── legs ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def open_leg(self, name: str) -> Leg | None:
        """A slot and a port pair, or None when there is no slot; raises ``wires.NoPort``."""
        if not self._free:
            return None
        slot = self._free.pop()
        try:
            leg = self.wires.open(name, slot, self.moment)
        except Exception:
            self._free.append(slot)
            raise
        self.inflow.open(slot)
        self.outflow.open(slot)
        self.ear.reset(slot)
        self.mixer.open(slot)
        self.legs[name] = self._by_slot[slot] = leg
        self._note_slots()
        return leg

    def close_leg(self, leg: Leg) -> words.LegStats:
        self.end_play(leg, finished=False)
        self.mixer.leave(leg)
        self._on_hold.discard(leg)
        self.inflow.pressing.discard(leg)
        self.outflow.keying.discard(leg)
        self.by_tone.discard(leg)
        stats = self.reports.stats(leg)
        self.wires.close(leg)
        del self.legs[leg.name], self._by_slot[leg.slot]
        self._free.append(leg.slot)
        self._note_slots()
        return stats

    def _note_slots(self) -> None:
        self._slots = np.fromiter(self._by_slot, dtype=np.intp, count=len(self._by_slot))
        self.senders_changed = True

    def set_party(
        self, leg: Leg, *, held: bool | None = None, muted: bool | None = None, secret: bool | None = None
    ) -> None:
        """Held, muted, keying a secret: what is not given stays."""
        given = {"held": held, "muted": muted, "secret": secret}
        leg.party = type(leg.party)(
            **{what: getattr(leg.party, what) if value is None else value for what, value in given.items()}
        )
        (self._on_hold.add if leg.party.held else self._on_hold.discard)(leg)
        leg.watched_since = self.moment
        self.mixer.changed(leg.bridge)
        self.mixer.changed(leg.beside)

    def begin_play(self, leg: Leg, playing: Playing) -> None:
        self.end_play(leg, finished=False)
        leg.playing = playing
        self._players.add(leg)

    def end_play(self, leg: Leg, *, finished: bool) -> None:
        if leg.playing is None:
            return
        name, leg.playing = leg.playing.name, None
        self._players.discard(leg)
        self.tell(words.PlayDone(leg.name, name, finished))

    def hear_key(self, leg: Leg, told: list[Told]) -> None:
        """A key began or ended: tell it, and stop what plays if it gives way."""
        if leg.presses.count != leg.presses_seen:
            leg.presses_seen = leg.presses.count
            if leg.playing is not None and leg.playing.barge_in:
                self.end_play(leg, finished=False)
        for each in told:
            self.tell(words.Digit(leg.name, each.key, each.source, each.duration_ms))

    # ── a tick ────────────────────────────────────────────────────────────────────────────────────────────────────

    def tick(self, moment: float) -> None:
        self.moment = moment
        self._tick += 1
        self.loader.finish()
        self._receive()
        self._hear_keys()
        self._listen()
        self.mixer.mix()
        self._play()
        self._send()
        self._keep_house()

    def skip(self, ticks: int) -> None:
        """So many ticks were lost to somebody else's work: time goes on without them."""
        self.outflow.skip(ticks)

    def _receive(self) -> None:
        inflow = self.inflow
        for batch in self.wires.receive(self.moment):
            inflow.take(batch, self.moment)
        for leg, packet, taken in self.wires.receive_reports():
            self.reports.read(leg, packet, taken)
        if inflow.reports:
            for leg, packet in inflow.reports:
                self.reports.read(leg, packet, now(), muxed=True)
            inflow.reports.clear()
        if inflow.begun:
            for leg in inflow.begun:
                self.tell(words.SoundRuns(leg.name))
            inflow.begun.clear()

    def _hear_keys(self) -> None:
        inflow = self.inflow
        told, inflow.keys = inflow.keys, []
        for leg, each in told:
            self.hear_key(leg, [each])
        for leg in list(inflow.pressing):
            self.hear_key(leg, leg.presses.time(self.moment))
            if leg.presses.down:
                leg.hush_ticks = HUSH_TICKS
            elif leg.hush_ticks:
                leg.hush_ticks -= 1
            else:
                inflow.pressing.discard(leg)

    def _listen(self) -> None:
        if len(self._slots):
            self.mixer.said[self._slots] = self.inflow.read(self._slots)
        if self.by_tone:
            self._hear_tones()
        for leg in self.inflow.pressing:
            self.mixer.said[leg.slot] = 0

    def _hear_tones(self) -> None:
        """Of the legs that know no events. A key's tone is not for the others' ears here either."""
        legs = list(self.by_tone)
        slots = np.array([leg.slot for leg in legs], dtype=np.intp)
        presses, sounding = self.ear.hear(slots, self.mixer.said[slots])
        for row, key in presses:
            leg = legs[row]
            self.hear_key(leg, leg.presses.report(key, "inband", TONE_MILLISECONDS, self.moment))
        self.mixer.said[slots[sounding]] = 0

    def _play(self) -> None:
        heard = self.mixer.heard
        for leg in self._on_hold:
            if leg.playing is None and len(self._music):
                heard[leg.slot] += self._music[self._tick % len(self._music)]
        slots, frames, ended = [], [], []
        for leg in self._players:
            playing = leg.playing
            if playing is None or playing.sounds is None:
                continue
            if playing.frame >= len(playing.sounds[playing.sound]) and not playing.turn():
                ended.append(leg)
                continue
            slots.append(leg.slot)
            frames.append(playing.sounds[playing.sound][playing.frame])
            playing.frame += 1
        if slots:
            heard[np.array(slots)] += np.concatenate(frames).reshape(-1, FRAME)
        for leg in ended:
            self.end_play(leg, finished=True)

    def _send(self) -> None:
        if self.senders_changed:
            self._senders = Senders([leg for leg in self._by_slot.values() if leg.sends])
            self.senders_changed = False
        self.outflow.send(self._senders, self.mixer.heard)

    def _keep_house(self) -> None:
        """Each leg's reports and silence, spread over the ticks by slot."""
        for slot in range(self._tick % WATCH_TICKS, self.settings.slots, WATCH_TICKS):
            leg = self._by_slot.get(slot)
            if leg is not None:
                self._watch_silence(leg)
        for slot in range(self._tick % self._report_ticks, self.settings.slots, self._report_ticks):
            leg = self._by_slot.get(slot)
            if leg is not None and leg.target is not None:
                self.reports.send(leg)
                self.tell(self.reports.stats(leg))
        self._tell_recordings()

    def _watch_silence(self, leg: Leg) -> None:
        since = max(float(self.inflow.last_heard[leg.slot]), leg.watched_since)
        silent = self.moment - since
        if silent < self.settings.silence_seconds:
            leg.lost_told = False
        elif leg.lock is not None and leg.they_send and not leg.party.held and not leg.lost_told:
            leg.lost_told = True
            self.tell(words.MediaLost(leg.name, int(silent)))

    def _tell_recordings(self) -> None:
        while not self._closed.empty():
            self.tell(self._closed.get())
