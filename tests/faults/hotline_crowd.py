"""A hotline process that may be killed with calls up: the door and the real room, a simulated gateway, and a crowd.

``python -m tests.faults.hotline_crowd SEED CALLS``. Callers call, key, wait, ask to be called back, talk and hang up as the
dice fall; agents accept, decline and wrap up. What the outside was told is printed line by line as it happens, so that a
test that kills this process knows what must still be there::

    call <id>                 a call was taken in
    step <id> <number>        the commands of this step are about to go out
    recording <name>          sound of this recording lies on the disk
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from tests.fakes.gateway import FakeGateway, FakePhone

PAUSE, LONGEST_WAIT = 0.3, 15.0


def tell(*words: object) -> None:
    print(*words, flush=True)


async def crowd(seed: int, calls: int) -> None:
    """The whole of it, until it is killed."""
    from walletdesk.doors.telephone.desk import Desk
    from walletdesk.doors.telephone.room import Room
    from walletdesk.doors.telephone.switchboard import Switchboard

    class TellingDesk(Desk):
        async def take_in(self, offered: Any) -> Any:
            taken = await super().take_in(offered)
            if taken.call_id:
                tell("call", taken.call_id)
            return taken

        async def hear(self, call: str, event: Any, number: int) -> Sequence[Any]:
            commands = await super().hear(call, event, number)
            tell("step", call, number)
            return commands

    class TellingGateway(FakeGateway):
        async def record(self, recording: str, bridge: str, path: Path, *, left: str, right: str) -> None:
            await super().record(recording, bridge, path, left=left, right=right)
            tell("recording", recording)

    dice, gateway, room = random.Random(seed), TellingGateway(name=f"fake-{secrets.token_hex(4)}"), Room()
    board = Switchboard(gateway, TellingDesk(room, "95500"), lambda seat, word: asyncio.sleep(0))
    stop = asyncio.Event()

    async def begin() -> None:
        """The line is open."""

    serving = asyncio.create_task(board.serve(stop, begin))
    await asyncio.gather(serving, agents(room, dice), callers(room, gateway, dice, calls))


async def callers(room: Any, gateway: Any, dice: random.Random, count: int) -> None:
    """Customers from their pages, strangers from telephones; who is done calls again, until the end."""
    from walletdesk.trust.customers.models import Customer

    known = await room.ask(lambda: list(Customer.objects.values_list("id", flat=True)))
    await asyncio.gather(
        *(calls_again(room, gateway, random.Random(dice.random()), known[one % len(known)]) for one in range(count))
    )


async def calls_again(room: Any, gateway: Any, dice: random.Random, customer: UUID) -> None:
    while True:
        await asyncio.sleep(dice.random() * PAUSE)
        await one_call(await places_call(room, gateway, dice, customer), gateway, dice)


async def places_call(room: Any, gateway: Any, dice: random.Random, customer: UUID) -> FakePhone:
    from walletdesk.service.hotline.public import make_token

    if dice.random() < 0.7:
        with contextlib.suppress(Exception):  # too many tokens: then by telephone
            ticket = await room.ask(make_token, customer, "zh-hans")
            return gateway.page_calls(ticket.token, "zh-hans")
    return gateway.telephone_calls(f"139{dice.randrange(10**8):08d}")


async def one_call(phone: FakePhone, gateway: Any, dice: random.Random) -> None:
    """Leaves in the greeting, in the menu or in the line, asks to be called back, or talks: as the dice fall."""
    fate = dice.choice(["greeting", "menu", "line", "line", "call_back", "talk", "talk", "talk"])
    await comes(lambda: phone.state != "ringing")
    if fate != "greeting":
        phone.keys("11" if phone.number else "1")  # a page has its language already
    if fate not in ("greeting", "menu"):
        phone.keys("0")
        await comes(lambda: phone.state == "gone" or phone.loops)
    if fate == "call_back":
        phone.keys("1")
        await comes(lambda: phone.state == "gone")
    if fate == "talk":
        await comes(lambda: phone.state == "gone" or any(phone.leg in legs for legs in gateway.bridges.values()))
        await asyncio.sleep(dice.random() * PAUSE)
    phone.hangs_up()


async def comes(true: Callable[[], bool]) -> None:
    """What the other side of the line does, or it has been too long for this caller."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_WAIT):
            while not true():
                await asyncio.sleep(0.01)


async def agents(room: Any, dice: random.Random) -> None:
    """Three seats that say yes, no, or nothing, and write down what was said."""
    from walletdesk.service.hotline.models import Offer, Presence
    from walletdesk.service.hotline.public import accept_offer, decline_offer, set_presence
    from walletdesk.trust.staff.models import Employee

    def open_offers() -> list[tuple[UUID, UUID]]:
        return list(Offer.objects.filter(state="open").values_list("employee_id", "id"))

    def resting() -> list[UUID]:
        return list(Presence.objects.filter(state__in=("wrap_up", "paused")).values_list("employee_id", flat=True))

    for person in await room.ask(lambda: list(Employee.objects.values_list("id", flat=True))):
        await room.ask(set_presence, person, "available", "", f"agent:{person}:page")
    while True:
        await asyncio.sleep(0.02)
        for employee, offer in await room.ask(open_offers):
            with contextlib.suppress(Exception):  # it was taken back meanwhile
                await room.ask(accept_offer if dice.random() < 0.8 else decline_offer, employee, offer)
        for person in await room.ask(resting):
            if dice.random() < 0.3:
                with contextlib.suppress(Exception):
                    await room.ask(set_presence, person, "available")


def main() -> None:
    django.setup()
    logging.basicConfig(level=logging.ERROR)
    asyncio.run(crowd(int(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
