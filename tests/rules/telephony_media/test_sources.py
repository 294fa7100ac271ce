"""Whom a leg believes, as a table: who sends, in order, and who is believed in the end (V05)."""

from __future__ import annotations

import pytest

from walletdesk.adapters.telephony.media.packets import rtp_header
from walletdesk.adapters.telephony.media.sources import PACKETS_IN_A_ROW, WINDOW_SECONDS, Latch, SourceLock

SAID, MOVED, AWAY = ("10.0.0.7", 4000), ("10.0.0.7", 5000), ("192.0.2.9", 4000)
ROW = PACKETS_IN_A_ROW
# latch, (who, packets, when) in order, who is believed
TABLE: dict[str, tuple[Latch, list[tuple[tuple[str, int], int, float]], tuple[str, int] | None]] = {
    "as signalled": ("never", [(SAID, 1, 0.1)], SAID),
    "as signalled, after an hour": ("never", [(SAID, 1, 3600)], SAID),
    "another port, allowed": ("host", [(MOVED, ROW, 0.1)], MOVED),
    "another port, too few": ("host", [(MOVED, ROW - 1, 0.1)], None),
    "another port, not allowed": ("never", [(MOVED, 50, 0.1)], None),
    "another host, not allowed": ("host", [(AWAY, 50, 0.1)], None),
    "another host, allowed": ("any", [(AWAY, ROW, 0.1)], AWAY),
    "another host, too late": ("any", [(AWAY, 50, WINDOW_SECONDS + 0.1)], None),
    "two strangers take turns": ("any", [(AWAY, 5, 0.1), (MOVED, 5, 0.1)] * 5, None),
    "a stranger after the party": ("any", [(SAID, 1, 0.1), (AWAY, 50, 0.2)], SAID),
    "the party after a stranger": ("any", [(AWAY, ROW, 0.1), (SAID, 1, 0.2)], SAID),
    "two who moved": ("any", [(MOVED, ROW, 0.1), (AWAY, 50, 0.2)], MOVED),
}


@pytest.mark.parametrize("name", TABLE)
def test_who_is_believed(name: str) -> None:
    latch, senders, believed = TABLE[name]
    lock, sequences = SourceLock(SAID, latch, since=0.0), {SAID: 9, MOVED: 65530, AWAY: 3}
    for sender, packets, moment in senders:
        for _ in range(packets):
            packet = rtp_header(0, sequences[sender], 0, sender[1]) + b"x"
            sequences[sender] += 1
            assert lock.judge(sender, packet, moment) == (lock.source == sender)
    assert lock.source == believed
    assert lock.target == (believed or SAID)


@pytest.mark.parametrize(
    "packet",
    [lambda n: rtp_header(0, 7, 0, 5), lambda n: rtp_header(0, n, 0, n), lambda n: b"noise", lambda n: b""],
    ids=["one packet again and again", "another stream each", "noise", "nothing"],
)
def test_only_a_stream_in_order_is_believed(packet) -> None:
    lock = SourceLock(SAID, "any", since=0.0)
    assert not any(lock.judge(AWAY, packet(number), 0.1) for number in range(50))
