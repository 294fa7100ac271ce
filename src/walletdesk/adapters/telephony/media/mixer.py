"""Bridges and recordings as sums of rows: who hears whom is worked out when it changes, added up every tick.

``said`` has a row for each slot (what the leg says) and one for each bridge (what is announced in it). ``heard`` has a
row for each slot and two for each recording, its left and its right channel: a recording listens like everybody else.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from walletdesk.adapters.telephony.media import hearing
from walletdesk.adapters.telephony.media.concealment import FRAME
from walletdesk.adapters.telephony.media.g711 import Samples
from walletdesk.adapters.telephony.media.hearing import BridgeState
from walletdesk.adapters.telephony.media.legs import Leg
from walletdesk.adapters.telephony.media.recordings import BLOCK_FRAMES, RecordingWriter


@dataclass(slots=True, eq=False)
class Recording:
    """``row`` is its place among the recordings."""

    name: str
    bridge: str
    left: str
    row: int
    paused: bool = False


@dataclass(slots=True, eq=False)
class Bridge:
    """``saying``: announcements that wait or run, ``frame`` of the first."""

    name: str
    row: int
    state: BridgeState = field(default_factory=BridgeState)
    saying: deque[Samples] = field(default_factory=deque)
    frame: int = 0
    recordings: list[Recording] = field(default_factory=list)
    sums: dict[int, list[int]] = field(default_factory=dict)


class Mixer:
    """All bridges; ``legs`` is the engine's own table."""

    def __init__(self, slots: int, legs: dict[str, Leg], writer: RecordingWriter) -> None:
        self._slots, self._legs, self._writer = slots, legs, writer
        self.said = np.zeros((2 * slots, FRAME), dtype=np.int16)
        self.heard = np.zeros((3 * slots, FRAME), dtype=np.int32)
        self.bridges: dict[str, Bridge] = {}
        self.recordings: dict[str, Recording] = {}
        self._free_bridges = list(range(slots - 1, -1, -1))
        self._free_recordings = list(range(slots - 1, -1, -1))
        self._blocks = np.zeros((slots, BLOCK_FRAMES, FRAME, 2), dtype=np.int16)
        self._filled = np.zeros(slots, dtype=np.intp)  # frames of a recording's block that wait to be written
        self._recording_rows = np.zeros(0, dtype=np.intp)
        self._names: dict[int, str] = {}
        self._slots_high = 0  # no leg ever stood in a higher slot: rows above need no zeroing
        self._talking: set[Bridge] = set()
        self._dirty: set[str] = set()
        self._ranks: list[hearing.Rank] = []

    # ── changes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, slot: int) -> None:
        """A leg stands in this slot from now on."""
        self.said[slot] = 0
        self._slots_high = max(self._slots_high, slot + 1)

    def changed(self, bridge: str | None) -> None:
        """Somebody at this bridge was held, muted, left …"""
        if bridge is not None:
            self._dirty.add(bridge)

    def set_members(self, name: str, legs: list[Leg]) -> None:
        """Exactly these; who is new leaves where it was, who is missing hears nothing."""
        bridge = self.bridges.get(name)
        if bridge is None:
            bridge = self.bridges[name] = Bridge(name, self._free_bridges.pop())
        for old in bridge.state.members:
            self._legs[old].bridge = None
        for leg in legs:
            self.leave(leg)
            leg.bridge = name
        bridge.state.members = tuple(leg.name for leg in legs)
        self.changed(name)

    def set_listener(self, name: str, leg: Leg, whisper_to: str | None) -> None:
        self.leave(leg)
        self.bridges[name].state.listeners[leg.name] = whisper_to
        leg.beside = name
        self.changed(name)

    def leave(self, leg: Leg) -> None:
        """Out of the bridge that it is in or listens to; an empty bridge ends."""
        if leg.beside in self.bridges:
            self.bridges[leg.beside].state.listeners.pop(leg.name, None)
            self.changed(leg.beside)
        if leg.bridge in self.bridges:
            bridge = self.bridges[leg.bridge]
            bridge.state.members = tuple(name for name in bridge.state.members if name != leg.name)
            self.changed(leg.bridge)
            if not bridge.state.members:
                self.end(bridge.name)
        leg.bridge = leg.beside = None

    def end(self, name: str) -> None:
        bridge = self.bridges.get(name)
        if bridge is None:
            return
        for member in bridge.state.members:
            self._legs[member].bridge = None
        for listener in bridge.state.listeners:
            self._legs[listener].beside = None
        for recording in list(bridge.recordings):
            self.stop_recording(recording.name)
        self._talking.discard(bridge)
        self._free_bridges.append(bridge.row)
        del self.bridges[name]
        self.changed(name)

    def say(self, name: str, sounds: tuple[Samples, ...]) -> None:
        bridge = self.bridges.get(name)
        if bridge is None:
            return
        bridge.saying.extend(sound for sound in sounds if len(sound))
        if bridge.saying:
            self._talking.add(bridge)
            self.changed(name)

    @property
    def may_record(self) -> bool:
        return bool(self._free_recordings)

    def begin_recording(self, name: str, bridge: str, path: str, left: str) -> None:
        recording = self.recordings[name] = Recording(name, bridge, left, self._free_recordings.pop())
        self._filled[recording.row] = 0
        self._note_recordings()
        self.bridges[bridge].recordings.append(recording)
        self._writer.begin(name, path)
        self.changed(bridge)

    def pause_recording(self, name: str, *, on: bool) -> None:
        self.recordings[name].paused = on
        self.changed(self.recordings[name].bridge)

    def stop_recording(self, name: str) -> None:
        recording = self.recordings.pop(name, None)
        if recording is None:
            return
        self._writer.write(name, self._blocks[recording.row, : self._filled[recording.row]].tobytes())
        self._writer.close(name)
        self._note_recordings()
        self.bridges[recording.bridge].recordings.remove(recording)
        self._free_recordings.append(recording.row)
        self.changed(recording.bridge)

    # ── a tick ────────────────────────────────────────────────────────────────────────────────────────────────────

    def mix(self) -> None:
        """``said`` to ``heard``. Both channels of every recording go on to the disk."""
        self._announce()
        if self._dirty:
            self._rewire()
        self.heard[: self._slots_high] = 0
        if self.recordings:
            self.heard[self._slots : self._slots + 2 * int(self._recording_rows[-1]) + 2] = 0
        for listeners, speakers in self._ranks:
            self.heard[listeners] += self.said[speakers]
        if self.recordings:
            self._write_recordings()

    def _announce(self) -> None:
        for bridge in list(self._talking):
            if bridge.frame == len(bridge.saying[0]):
                bridge.saying.popleft()
                bridge.frame = 0
            if not bridge.saying:
                self._talking.discard(bridge)
                self.changed(bridge.name)
                continue
            self.said[self._announcer(bridge)] = bridge.saying[0][bridge.frame]
            bridge.frame += 1

    def _announcer(self, bridge: Bridge) -> int:
        return self._slots + bridge.row

    def _rewire(self) -> None:
        for name in self._dirty & self.bridges.keys():
            self.bridges[name].sums = self._sums(self.bridges[name])
        self._dirty.clear()
        self._ranks = hearing.ranks(
            {row: sums for bridge in self.bridges.values() for row, sums in bridge.sums.items()}
        )

    def _sums(self, bridge: Bridge) -> dict[int, list[int]]:
        legs, state = self._legs, bridge.state
        parties = {name: legs[name].party for name in (*state.members, *state.listeners)}
        announced = [self._announcer(bridge)] if bridge.saying else []
        sums = {
            legs[name].slot: [legs[other].slot for other in others] + announced
            for name, others in hearing.hears(state, parties).items()
        }
        for recording in bridge.recordings:
            channels = hearing.recorded(state, parties, recording.left)
            silent = recording.paused or any(parties[name].secret for name in state.members)
            for side, speakers in enumerate(channels):
                own = [] if silent else [legs[name].slot for name in speakers] + announced
                sums[self._slots + 2 * recording.row + side] = own
        return sums

    def _note_recordings(self) -> None:
        self._names = {recording.row: recording.name for recording in self.recordings.values()}
        self._recording_rows = np.array(sorted(self._names), dtype=np.intp)

    def _write_recordings(self) -> None:
        rows = self._recording_rows
        heard = self._slots + 2 * rows
        stereo = np.stack([self.heard[heard], self.heard[heard + 1]], axis=2)
        self._blocks[rows, self._filled[rows]] = np.clip(stereo, -32768, 32767)
        self._filled[rows] += 1
        for row in rows[self._filled[rows] == BLOCK_FRAMES].tolist():
            self._writer.write(self._names[row], self._blocks[row].tobytes())
            self._filled[row] = 0
