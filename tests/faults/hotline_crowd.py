"""A hotline process that may be killed with calls up: the door and the real room, a simulated gateway, and a crowd.

``python -m tests.faults.hotline_crowd`` reads the product once; each line ``SEED CALLS`` that it is told makes a process of
its own from there. Customers call, key, wait, ask to be called back and are, talk and hang up as the dice fall; agents
accept, decline and wrap up. What the outside was told is printed line by line as it happens, so that a test that kills
such a process knows what must still be there::

    lives <pid>               the process to kill
    call <id>                 a call was taken in
    step <id> <number>        the commands of this step are about to go out
    promise <id>              its caller was told by when we answer or call back
    back <id>                 its caller was told that we call back
    recording <name>          sound of this recording lies on the disk
    gone <pid>                it is dead, and all it said was read before this line
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import django

from tests.fakes.gateway import FakeGateway, FakePhone

PAUSE, LONGEST_WAIT = 0.3, 15.0
LONGEST_TALK, AT_HOME = 0.8, 4.0
FATES = ("greeting", "menu", "line", "call_back", "call_back", "talk", "talk")
TOLD_BACK = {"callback_made", "callback_made_no_time"}


def tell(*words: object) -> None:
    os.write(1, f"{' '.join(map(str, words))}\n".encode())  # whole lines, whichever process writes


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
            said = words_of(commands)
            if "promise" in said:
                tell("promise", call)
            if said & TOLD_BACK:
                tell("back", call)
            return commands

    dice = random.Random(seed)
    gateway, room = TellingGateway(dice), Room()
    board = Switchboard(gateway, TellingDesk(room, "95500"), lambda seat, word: asyncio.sleep(0))
    stop = asyncio.Event()

    async def begin() -> None:
        """The line is open."""

    serving = asyncio.create_task(board.serve(stop, begin))
    await asyncio.gather(serving, agents(dice), callers(room, gateway, dice, calls))


def words_of(commands: Iterable[Any]) -> set[str]:
    return {word.id for command in commands for word in getattr(command, "words", ())}


class TellingGateway(FakeGateway):
    """Says what lies on the disk; at the far end of its trunk are the crowd's own telephones."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__(name=f"fake-{secrets.token_hex(4)}")
        self._dice, self._called = random.Random(dice.random()), set[asyncio.Task[None]]()

    async def record(self, recording: str, bridge: str, path: Path, *, left: str, right: str) -> None:
        await super().record(recording, bridge, path, left=left, right=right)
        tell("recording", recording)

    async def originate(self, leg: str, to: Any, *, ring_seconds: int) -> None:
        await super().originate(leg, to, ring_seconds=ring_seconds)
        if hasattr(to, "number"):
            task = asyncio.create_task(is_called(self.phones[leg], self, self._dice))
            self._called.add(task)
            task.add_done_callback(self._called.discard)


async def is_called(phone: FakePhone, gateway: FakeGateway, dice: random.Random) -> None:
    """A machine answers, somebody says yes and no more, or waits for a person."""
    await asyncio.sleep(dice.random() * PAUSE)
    fate = dice.choice(["machine", "yes", "talk", "talk", "talk"])
    if fate != "machine":
        phone.keys("1")
        await asyncio.sleep(dice.random() * PAUSE)
    if fate == "talk":
        phone.keys("1")
        await talks(phone, gateway, dice)
    phone.hangs_up()


async def callers(room: Any, gateway: Any, dice: random.Random, count: int) -> None:
    """Customers from their pages, strangers from telephones; who is done calls again, until the end."""
    from walletdesk.trust.customers.models import Customer

    known = await room.ask(lambda: list(Customer.objects.order_by("-id").values_list("id", flat=True)[:count]))
    await asyncio.gather(*(calls_again(room, gateway, random.Random(dice.random()), customer) for customer in known))


async def calls_again(room: Any, gateway: Any, dice: random.Random, customer: UUID) -> None:
    """Who has been told that we call back stays at home for a while; who loses patience there takes their place over."""
    while True:
        await asyncio.sleep(dice.random() * PAUSE)
        fate = dice.choice(FATES)
        await one_call(await places_call(room, gateway, dice, customer), gateway, dice, fate)
        if fate in ("call_back", "line"):
            await asyncio.sleep(dice.random() * AT_HOME)


async def places_call(room: Any, gateway: Any, dice: random.Random, customer: UUID) -> FakePhone:
    from walletdesk.service.hotline.public import make_token

    if dice.random() < 0.8:
        with contextlib.suppress(Exception):  # too many tokens: then by telephone
            ticket = await room.ask(make_token, customer, "zh-hans")
            return gateway.page_calls(ticket.token, "zh-hans")
    return gateway.telephone_calls(f"139{dice.randrange(10**8):08d}")


async def one_call(phone: FakePhone, gateway: Any, dice: random.Random, fate: str) -> None:
    """Leaves in the greeting, in the menu or in the line, asks to be called back, or talks."""
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
        await talks(phone, gateway, dice)
    phone.hangs_up()


async def talks(phone: FakePhone, gateway: Any, dice: random.Random) -> None:
    await comes(lambda: phone.state == "gone" or any(phone.leg in legs for legs in gateway.bridges.values()))
    await asyncio.sleep(dice.random() * LONGEST_TALK)


async def comes(true: Callable[[], bool]) -> None:
    """What the other side of the line does, or it has been too long for this caller."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_WAIT):
            while not true():
                await asyncio.sleep(0.01)


async def agents(dice: random.Random) -> None:
    """Three seats that say yes, no, or nothing, and take their time to write down what was said: so there is a line.

    Their pages keep a connection of their own, as pages do.
    """
    from walletdesk.service.hotline.models import Offer, Presence
    from walletdesk.service.hotline.public import accept_offer, decline_offer, set_presence
    from walletdesk.trust.staff.models import Employee

    def come_on_duty() -> None:
        for person in Employee.objects.values_list("id", flat=True):
            set_presence(person, "available", "", f"agent:{person}:page")

    def look() -> None:
        for employee, offer in Offer.objects.filter(state="open").values_list("employee_id", "id"):
            with contextlib.suppress(Exception):  # it was taken back meanwhile
                (accept_offer if dice.random() < 0.8 else decline_offer)(employee, offer)
        for person in Presence.objects.filter(state__in=("wrap_up", "paused")).values_list("employee_id", flat=True):
            if dice.random() < 0.1:
                with contextlib.suppress(Exception):
                    set_presence(person, "available")

    desks, loop = ThreadPoolExecutor(1), asyncio.get_running_loop()
    await loop.run_in_executor(desks, come_on_duty)
    while True:
        await asyncio.sleep(0.05)
        await loop.run_in_executor(desks, look)


def main() -> None:
    """Each is forked from here before there is any thread or connection, and dies alone."""
    django.setup()
    logging.basicConfig(level=logging.ERROR)
    import walletdesk.doors.telephone.switchboard  # noqa: F401  (read once, for all)

    while line := sys.stdin.readline():
        seed, calls = map(int, line.split())
        pid = os.fork()
        if not pid:
            asyncio.run(crowd(seed, calls))
            os._exit(1)
        tell("lives", pid)
        os.waitpid(pid, 0)
        tell("gone", pid)


if __name__ == "__main__":
    main()
