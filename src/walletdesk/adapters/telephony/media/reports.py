"""RTCP of a leg: what we tell its party of both streams, and what it tells us."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress

from walletdesk.adapters.telephony.media.inflow import Inflow
from walletdesk.adapters.telephony.media.legs import Leg
from walletdesk.adapters.telephony.media.outflow import Outflow
from walletdesk.adapters.telephony.media.packets import Heard, ntp_middle, parse_rtcp, report_of
from walletdesk.adapters.telephony.media.words import LegStats

OUR_NAME = f"{secrets.token_hex(6)}@walletdesk".encode()  # RFC 7022: says nothing of the machine
LONGEST_ROUND_TRIP = 10.0


class Reports:
    """Reads and writes the reports of all legs."""

    def __init__(self, inflow: Inflow, outflow: Outflow) -> None:
        self._inflow, self._outflow = inflow, outflow

    def send(self, leg: Leg) -> None:
        """Our report, to the port beside the one that sound goes to; or to that one if they share it."""
        if leg.target is None:
            return
        slot, moment, out = leg.slot, time.time(), self._outflow
        packet = report_of(
            int(out.stream[slot]),
            moment,
            int(out.stamp[slot]),
            int(out.packets[slot]),
            int(out.octets[slot]),
            self._heard(leg, moment),
            OUR_NAME,
        )
        with suppress(OSError, OverflowError):
            if leg.remote.muxed:
                leg.rtp.sendto(packet, leg.target)
            else:
                leg.rtcp.sendto(packet, (leg.target[0], leg.target[1] + 1))

    def _heard(self, leg: Leg, moment: float) -> Heard | None:
        slot, reception = leg.slot, self._inflow.reception
        if not reception.received[slot]:
            return None
        since = int((moment - leg.remote.heard_at) * 65536) if leg.remote.last_report else 0
        return Heard(
            source=int(self._inflow.stream[slot]),
            fraction_lost=reception.fraction_lost(slot),
            lost=reception.lost(slot),
            highest=int(reception.highest[slot]),
            jitter=int(reception.jitter[slot]),
            last_report=leg.remote.last_report,
            since_last_report=since,
        )

    def read(self, leg: Leg, packet: bytes, taken: float, *, muxed: bool = False) -> None:
        remote, ours = leg.remote, int(self._outflow.stream[leg.slot])
        for report in parse_rtcp(packet):
            remote.muxed = muxed
            if report.ntp_middle:
                remote.last_report, remote.heard_at = report.ntp_middle, taken
            for block in report.blocks:
                if block.about != ours:
                    continue
                remote.lost, remote.jitter_ms = max(0, block.lost), block.jitter / 8
                round_trip = (ntp_middle(taken) - block.last_report - block.since_last_report & 0xFFFFFFFF) / 65536
                if block.last_report and round_trip < LONGEST_ROUND_TRIP:
                    remote.delay_ms = round(round_trip * 500, 2)

    def stats(self, leg: Leg) -> LegStats:
        slot, reception = leg.slot, self._inflow.reception
        return LegStats(
            leg=leg.name,
            received=int(reception.received[slot]),
            lost=max(0, reception.lost(slot)),
            late=int(self._inflow.buffers.late[slot]),
            strangers=leg.strangers,
            jitter_ms=round(float(reception.jitter[slot]) / 8, 2),
            delay_ms=leg.remote.delay_ms,
            remote_lost=leg.remote.lost,
            remote_jitter_ms=leg.remote.jitter_ms,
        )
