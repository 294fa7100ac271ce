"""A leg: its slot in the arrays, its two sockets, and what changes too seldom to be an array."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from walletdesk.adapters.telephony.media.digits import KeyingOut, KeyPresses
from walletdesk.adapters.telephony.media.g711 import Samples
from walletdesk.adapters.telephony.media.hearing import Party
from walletdesk.adapters.telephony.media.sources import Address, SourceLock


@dataclass(slots=True, eq=False)
class Playing:
    """What a leg is played; ``sounds`` is None while they are being read."""

    name: str
    loop: bool
    barge_in: bool
    sounds: tuple[Samples, ...] | None = None
    sound: int = 0
    frame: int = 0

    def turn(self) -> bool:
        """On to the next sound that is not empty, or to the first again; False at the end."""
        assert self.sounds is not None
        self.frame = 0
        following = range(self.sound + 1, len(self.sounds))
        again = range(self.sound + 1) if self.loop else range(0)
        for number in (*following, *again):
            if len(self.sounds[number]):
                self.sound = number
                return True
        return False


@dataclass(slots=True, eq=False)
class RemoteView:
    """What the party's reports say."""

    last_report: int = 0  # of theirs, middle of its NTP time
    heard_at: float = 0.0
    muxed: bool = False  # it reports on the port of its sound
    lost: int | None = None
    jitter_ms: float | None = None
    delay_ms: float | None = None


@dataclass(slots=True, eq=False)
class Leg:
    """``source`` (whom we believe) and ``target`` (to whom we send) are the lock's, kept here for every packet's sake."""

    name: str
    slot: int
    port: int
    rtp: socket.socket
    rtcp: socket.socket
    opened: float
    lock: SourceLock | None = None
    source: Address | None = None
    target: Address | None = None
    event_payload_type: int | None = None
    ptime: int = 20
    we_send: bool = True
    they_send: bool = True
    bridge: str | None = None
    beside: str | None = None  # the bridge that it listens to
    party: Party = field(default_factory=Party)
    playing: Playing | None = None
    presses: KeyPresses = field(default_factory=KeyPresses)
    keying: KeyingOut = field(default_factory=KeyingOut)
    remote: RemoteView = field(default_factory=RemoteView)
    packed: bytes = b""  # coded sound that waits for the rest of a longer packet
    presses_seen: int = 0
    hush_ticks: int = 0  # a key was down: its tone is not for the others' ears
    watched_since: float = 0.0  # they should be sending from here on
    lost_told: bool = False
    strangers: int = 0
    unsent: int = 0
    give: Callable[[memoryview, Address], int] = field(init=False)  # its socket's, found once and not 50 times a second
    take: Callable[[memoryview], tuple[int, Address]] = field(init=False)

    def __post_init__(self) -> None:
        self.give, self.take = self.rtp.sendto, self.rtp.recvfrom_into  # type: ignore[assignment]

    @property
    def sends(self) -> bool:
        """There is somewhere to send to, and they want it."""
        return self.target is not None and self.we_send
