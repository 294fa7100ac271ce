"""The hotline's process: the telephone's door, and the gateway that carries its sound, joined here and nowhere else.

SIP runs in a thread of its own, the media engine and the browsers' legs in processes of their own; this loop only decides
who is told what. Not in ``ports``: only this process needs what telephony needs.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from walletdesk.adapters.telephony.gateway import TelephonyGateway
from walletdesk.adapters.telephony.gateway_settings import read_settings
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserSettings
from walletdesk.doors.telephone.admission import Limits
from walletdesk.doors.telephone.desk import Desk
from walletdesk.doors.telephone.room import Room, RoomAway
from walletdesk.doors.telephone.switchboard import Overtaken, Switchboard
from walletdesk.service.hotline.public import post_signal

log = logging.getLogger(__name__)


def answer_calls() -> int:
    """Until TERM or INT. 1 when another process took our place."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        asyncio.run(_answer_calls())
    except Overtaken:
        log.error("another hotline took over; this one ends")
        return 1
    return 0


async def _answer_calls() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    room = Room()

    async def send_to_page(seat: str, word: Mapping[str, Any]) -> None:
        try:
            await room.ask(post_signal, seat, "out", dict(word))
        except RoomAway:
            log.warning("a page was not told: the database is away")

    gateway = TelephonyGateway(read_settings(settings, _pages()), send_to_page)
    desk = Desk(room, settings.HOTLINE_SHOWN_NUMBER)
    board = Switchboard(gateway, desk, gateway.hear_page, Limits(calls=settings.HOTLINE_MOST_CALLS))

    async def open_line() -> None:
        await gateway.start()
        log.info("the line is open: sip:%s:%d", *gateway.line.address)

    try:
        await desk.check_prompts()
        await board.serve(stop, open_line)
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(gateway.stop(), 4)
        room.close()


def _pages() -> BrowserSettings:
    return BrowserSettings(tuple(settings.HOTLINE_BROWSER_ADDRESSES), settings.HOTLINE_JANUS)
