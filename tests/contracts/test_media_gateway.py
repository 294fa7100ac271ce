"""What any gateway behind ``MediaGateway`` must keep, asked of the real one (SIP and RTP on loopback) and of the fake.

Sound itself is judged with real telephones in ``test_media_gateway_sip``.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.attacks.sip_calls import BareCaller, answered, bare_caller
from tests.attacks.sip_torture import message
from tests.contracts.telephones import RtpPhone, desk, events_of, write_tone
from tests.fakes.gateway import FakeGateway, FakePhone
from walletdesk.adapters.telephony.dial_plan import DialPlan
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings
from walletdesk.service.hotline.ports import GatewayRefused
from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    CallOffered,
    Digit,
    GatewayUp,
    PlayDone,
    RecordingReady,
)


class Phone(Protocol):
    """Somebody who has called, on either world's line."""

    async def keys(self, digits: str) -> None: ...
    async def hangs_up(self) -> None:
        """Or gives up, when nobody answered."""


class World(Protocol):
    gateway: Any
    told: list[Any]

    async def somebody_calls(self, number: str) -> Phone: ...
    async def next(self, kind: Any, **fields: Any) -> Any: ...


class SipPhone:
    """A telephone on two sockets: acknowledges what it must, keys and hangs up when told."""

    def __init__(self, caller: BareCaller, number: str) -> None:
        self.caller, self.number, self.call = caller, number, f"call-{number}"
        self.sound = RtpPhone()
        self.to = "<sip:hotline@127.0.0.1>"
        self.talking = asyncio.create_task(self._talk())

    def says(self, method: str, number: int = 1, hop: str = "", body: bytes = b"") -> bytes:
        fields = {
            "From": f"<sip:{self.number}@127.0.0.1>;tag=p",
            "To": self.to,
            "CSeq": f"{number} {method}",
            "Via": f"SIP/2.0/UDP 127.0.0.1:{self.caller.port};branch=z9hG4bK{hop or method}{self.number}",
        }
        return message(method, call=self.call, port=self.caller.port, replace=fields, body=body)

    async def _talk(self) -> None:
        where = f"m=audio {self.sound.port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
        head = "v=0\r\no=p 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        self.caller.send(self.says("INVITE", hop="i", body=(head + where).encode()))
        status, answer = await self.caller.answer_to(self.call)
        tag = re.search(rb"\r\n[Tt]o: [^\r]*;tag=([^\r;]+)", answer)
        assert tag
        if status == 200:
            self.to = f"<sip:hotline@127.0.0.1>;tag={tag[1].decode()}"
            self.caller.send(self.says("ACK"))

    async def keys(self, digits: str) -> None:
        self.sound.key(digits)

    async def hangs_up(self) -> None:
        if self.talking.done():
            await answered(self.caller, self.says("BYE", 2), self.call, "BYE")
        else:
            await answered(self.caller, self.says("CANCEL", hop="i"), self.call, "CANCEL")

    def close(self) -> None:
        self.talking.cancel()
        self.sound.close()
        self.caller.close()


class MemoryPhone:
    def __init__(self, phone: FakePhone) -> None:
        self.phone = phone

    async def keys(self, digits: str) -> None:
        self.phone.keys(digits)

    async def hangs_up(self) -> None:
        self.phone.hangs_up()


@contextlib.asynccontextmanager
async def real_world() -> AsyncIterator[World]:
    line = LineSettings(port=0, rules=PorterRules(numbers=("hotline",)))
    async with desk(GatewaySettings(line=line, dial_plan=DialPlan(("+86",)))) as one:
        phones: list[SipPhone] = []

        async def somebody_calls(number: str) -> Phone:
            phones.append(SipPhone(await bare_caller(one), number))
            return phones[-1]

        one.somebody_calls = somebody_calls  # type: ignore[attr-defined]
        try:
            yield one  # type: ignore[misc]
        finally:
            for phone in phones:
                phone.close()


@contextlib.asynccontextmanager
async def world_in_memory() -> AsyncIterator[World]:
    gateway = FakeGateway(pace=1.0)
    async with events_of(gateway) as one:

        async def somebody_calls(number: str) -> Phone:
            return MemoryPhone(gateway.telephone_calls(number, "hotline"))

        one.somebody_calls = somebody_calls  # type: ignore[attr-defined]
        yield one  # type: ignore[misc]


Story = Callable[[World], Awaitable[None]]
Tell = Callable[[Story], None]


@pytest.fixture(params=[real_world, world_in_memory], ids=["real", "fake"])
def tell(request: pytest.FixtureRequest) -> Tell:
    def told(story: Story) -> None:
        async def whole() -> None:
            async with request.param() as world:
                await world.next(GatewayUp)
                await story(world)

        asyncio.run(whole())

    return told


async def taken(world: World, number: str = "13800000001") -> tuple[Phone, str]:
    phone = await world.somebody_calls(number)
    offered = await world.next(CallOffered)
    assert (offered.kind, offered.number, offered.dialled) == ("telephone", number, "hotline")
    await world.gateway.answer(offered.leg)
    await world.gateway.answer(offered.leg)  # every command is safe to repeat
    await world.next(CallAnswered, leg=offered.leg)
    return phone, offered.leg


def test_a_call_comes_is_taken_and_ends_once(tell: Tell) -> None:
    async def story(world: World) -> None:
        phone, leg = await taken(world)
        await phone.hangs_up()
        assert (await world.next(CallEnded)).reason == "hung_up"
        await world.gateway.hangup(leg)
        await world.gateway.stop_play(leg)
        await world.gateway.hold(leg, on=True)
        await taken(world, "13800000002")
        kinds = [type(event).__name__ for event in world.told if getattr(event, "leg", "") == leg]
        assert kinds.count("CallAnswered") == kinds.count("CallEnded") == 1
        assert kinds[-1] == "CallEnded", "after which nothing more comes from it"

    tell(story)


def test_a_caller_gives_up_before_the_answer(tell: Tell) -> None:
    async def story(world: World) -> None:
        phone = await world.somebody_calls("13800000003")
        leg = (await world.next(CallOffered)).leg
        await phone.hangs_up()
        assert (await world.next(CallEnded)).reason == "cancelled"
        await world.gateway.answer(leg)
        assert not [event for event in world.told if isinstance(event, CallAnswered)]

    tell(story)


def test_we_turn_a_caller_away_or_hang_up(tell: Tell) -> None:
    async def story(world: World) -> None:
        await world.somebody_calls("13800000004")
        leg = (await world.next(CallOffered)).leg
        await world.gateway.reject(leg, busy=True)
        assert (await world.next(CallEnded)).reason == "ended_by_us"
        _, leg = await taken(world, "13800000005")
        await world.gateway.hangup(leg)
        await world.gateway.hangup(leg)
        assert (await world.next(CallEnded, leg=leg)).reason == "ended_by_us"

    tell(story)


def test_sentences_end_by_themselves_by_us_and_by_a_key(tell: Tell, tmp_path: Path) -> None:
    short, long = write_tone(tmp_path / "s.wav", 500, 0.3), write_tone(tmp_path / "l.wav", 500, 20)

    async def story(world: World) -> None:
        phone, leg = await taken(world)
        await world.gateway.play(leg, "whole", (short, short))
        assert (await world.next(PlayDone)).finished
        await world.gateway.play(leg, "music", (short,), loop=True)
        await world.gateway.play(leg, "next", (long,))
        assert (await world.next(PlayDone)).play == "music", "what is played next replaces it"
        await world.gateway.stop_play(leg)
        done = await world.next(PlayDone)
        assert (done.play, done.finished) == ("next", False)
        await world.gateway.play(leg, "menu", (long,))
        await phone.keys("5")
        ended = [await world.next((Digit, PlayDone)), await world.next((Digit, PlayDone))]
        assert {type(event) for event in ended} == {Digit, PlayDone}
        await world.gateway.play(leg, "law", (long,), barge_in=False)
        await phone.keys("6")
        assert (await world.next(Digit)).digit == "6"
        await world.gateway.stop_play(leg)
        assert (await world.next(PlayDone)).play == "law"

    tell(story)


def test_keys_come_once_each_and_in_their_order(tell: Tell) -> None:
    async def story(world: World) -> None:
        phone, leg = await taken(world)
        await world.gateway.collect(leg, secret=True)
        await phone.keys("1223*#0")
        assert "".join([(await world.next(Digit, leg=leg)).digit for _ in range(7)]) == "1223*#0"
        await world.gateway.collect(leg, secret=False)

    tell(story)


def test_a_bridge_is_recorded_and_the_recording_is_what_its_hash_says(tell: Tell, tmp_path: Path) -> None:
    async def story(world: World) -> None:
        (_, one), (_, two) = await taken(world, "13800000006"), await taken(world, "13800000007")
        await world.gateway.bridge("b", (one, two))
        await world.gateway.bridge("b", (one, two))
        await world.gateway.record("r", "b", tmp_path / "r.wav", left=one, right=two)
        await world.gateway.pause_recording("r", on=True)
        await world.gateway.pause_recording("r", on=False)
        await world.gateway.say_into_bridge("b", (write_tone(tmp_path / "t.wav", 500, 0.1),))
        await world.gateway.hold(one, on=True)
        await world.gateway.hold(one, on=False)
        await world.gateway.mute(two, on=True)
        await world.gateway.stop_recording("r")
        await world.gateway.stop_recording("r")
        ready = await world.next(RecordingReady)
        assert ready.recording == "r"
        assert hashlib.sha256(Path(ready.path).read_bytes()).hexdigest() == ready.sha256
        await world.gateway.unbridge("b")
        await world.gateway.unbridge("b")

    tell(story)


def test_what_never_was_is_refused_by_name(tell: Tell, tmp_path: Path) -> None:
    sound = write_tone(tmp_path / "t.wav", 500, 0.1)

    async def story(world: World) -> None:
        gateway = world.gateway
        for wish in (
            gateway.answer("no"),
            gateway.hangup("no"),
            gateway.play("no", "p", (sound,)),
            gateway.bridge("b", ("no",)),
        ):
            with pytest.raises(GatewayRefused) as refused:
                await wish
            assert refused.value.code == "leg_unknown"
        for wish in (
            gateway.say_into_bridge("no", (sound,)),
            gateway.record("r", "no", tmp_path / "r", left="x", right="y"),
        ):
            with pytest.raises(GatewayRefused) as refused:
                await wish
            assert refused.value.code == "bridge_unknown"
        assert {"telephone", "recording", "listen", "whisper"} <= gateway.capabilities()

    tell(story)
