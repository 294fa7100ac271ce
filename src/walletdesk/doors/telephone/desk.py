"""What the switchboard asks of the hotline's room, each question in a thread (``room``)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from walletdesk.doors.telephone.room import Room
from walletdesk.doors.telephone.sound_acts import NotSounding
from walletdesk.service.hotline import public as hotline
from walletdesk.service.hotline.ports import CallOffered, GatewayEvent, TelephoneLine
from walletdesk.service.hotline.prompts import public as prompts
from walletdesk.service.hotline.public import Said, room_words
from walletdesk.service.hotline.public import commands as ask

log = logging.getLogger(__name__)


class Desk:
    """``shown_number`` is what those see whom we call back."""

    def __init__(self, room: Room, shown_number: str) -> None:
        self._room, self._shown_number = room, shown_number

    # --- calls ---

    async def recover(self) -> int:
        """Close what a dead process left open; how many calls that were."""
        return await self._room.ask(hotline.recover_calls)

    async def take_in(self, offered: CallOffered) -> hotline.Taken:
        return await self._room.ask_soon(hotline.take_in_call, offered)

    async def hear(self, call: str, event: GatewayEvent | room_words.RoomEvent, number: int) -> Sequence[ask.Command]:
        heard = await self._room.ask(hotline.hear, call, event, number)
        return heard.commands

    async def check_prompts(self) -> None:
        """Before the first call: a sound that is missing is told here, and calls are taken nevertheless."""
        try:
            count = await self._room.ask(prompts.check_catalogue)
        except prompts.CatalogueIncomplete as incomplete:
            log.error("%s", incomplete)
        else:
            log.info("%d sounds are there", count)

    # --- what everybody may ask of us ---

    async def requests(self) -> list[tuple[str, Any]]:
        return await self._room.ask_soon(hotline.take_requests)

    async def offers(self) -> list[tuple[str, Any]]:
        return await self._room.ask_soon(hotline.match_waiting)

    async def call_backs(self) -> list[hotline.Taken]:
        return await self._room.ask_soon(hotline.due_call_backs)

    async def page_words(self) -> list[tuple[str, dict[str, Any]]]:
        return await self._room.ask_soon(hotline.take_signals)

    # --- what a command needs to be done ---

    async def sounds(self, language: str, words: tuple[Said, ...]) -> tuple[Path, ...]:
        """Refuses what has no sound (NotSounding)."""
        try:
            return await self._room.ask_soon(prompts.sounds, language, words)
        except Exception as missing:
            raise NotSounding(f"{[word.id for word in words]}: {missing}") from missing

    async def number_of(self, call: str) -> TelephoneLine:
        """The number on file of whom we call back, read at the last moment. Refuses when there is none now."""
        number = await self._room.ask_soon(hotline.number_to_dial, call)
        if not number:
            raise NotSounding("no number on file")
        return TelephoneLine(number, self._shown_number)

    async def line_of(self, name: str) -> TelephoneLine:
        """The number of a line of the dial plan. Refuses a name that is not in it."""
        number = await self._room.ask_soon(hotline.number_of_line, name)
        if not number:
            raise NotSounding(f"no line {name}")
        return TelephoneLine(number, self._shown_number)

    async def path_of(self, recording: str) -> Path:
        """Where this recording is written while it grows."""
        return await self._room.ask_soon(hotline.recording_path, recording)
