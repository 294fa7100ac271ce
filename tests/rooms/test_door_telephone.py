"""The telephone's door by itself: a call's events in order, its commands after each step, keys of secrets nowhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.gateway import FakeGateway, FakePhone
from walletdesk.doors.telephone import call_line
from walletdesk.doors.telephone.admission import Limits, Load, retry_after
from walletdesk.doors.telephone.call_line import CallLine
from walletdesk.doors.telephone.room import Room, RoomAway
from walletdesk.doors.telephone.secret_entry import SecretEntry
from walletdesk.doors.telephone.sound_acts import NotSounding, SoundActs
from walletdesk.service.hotline.ports import TelephoneLine
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    CallOffered,
    Digit,
    GatewayUp,
    OriginateResult,
    PlayDone,
    RecordingReady,
)
from walletdesk.service.hotline.rules.room_words import SecretKey, SecretTyped, TimerFired
from walletdesk.service.hotline.rules.said import say

PATIENCE = 10.0
Script = Callable[[Any], Sequence[ask.Command]]


class Steps:
    """The room's part, written down by the test: what to do upon each event."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.heard: list[Any] = []
        self.numbers: list[int] = []
        self.news = asyncio.Event()

    async def hear(self, call: str, event: Any, number: int) -> Sequence[ask.Command]:
        self.heard.append(event)
        self.numbers.append(number)
        self.news.set()
        answer = self.script(event)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():
                self.news.clear()
                await self.news.wait()


class Board:
    def __init__(self) -> None:
        self.lines: dict[str, CallLine] = {}
        self.recordings: dict[str, CallLine] = {}

    def leg_made(self, leg: str, line: CallLine) -> None:
        self.lines[leg] = line

    def recording_made(self, recording: str, line: CallLine) -> None:
        self.recordings[recording] = line

    def stepped(self) -> None:
        """Nobody waits here."""


class OneCall:
    """A call on the fake gateway, its line, and who routes events to it."""

    def __init__(self, script: Script, tmp_path: Path) -> None:
        self.gateway, self.steps, self.board = FakeGateway(), Steps(script), Board()
        self.phone: FakePhone = self.gateway.telephone_calls()
        self.folder = tmp_path
        acts = SoundActs(self.gateway, self._sounds, self._number, self._number, self._path)
        self.line = CallLine(self.phone.leg, self.steps, acts, self.board)
        self.board.lines[self.phone.leg] = self.line

    async def _sounds(self, language: str, words: tuple[Any, ...]) -> tuple[Path, ...]:
        if any(word.id == "goodbye" for word in words):
            raise NotSounding("no goodbye")
        return ()

    async def _number(self, call: str) -> TelephoneLine:
        return TelephoneLine("+8613800000001", "95500")

    async def _path(self, recording: str) -> Path:
        return self.folder / f"{recording.replace(':', '-')}.wav"

    async def route(self) -> None:
        async for event in self.gateway.events():
            if isinstance(event, RecordingReady):
                self.board.recordings[event.recording].tell(event)
            elif not isinstance(event, (CallOffered, GatewayUp)):
                self.board.lines[event.leg].tell(event)  # type: ignore[union-attr]


def carried(
    tmp_path: Path, script: Script, story: Callable[[OneCall], Coroutine[Any, Any, None]], *first: ask.Command
) -> OneCall:
    """Tell the story while the call lives; afterwards the call is over in time."""

    async def run() -> OneCall:
        one = OneCall(script, tmp_path)
        routing = asyncio.create_task(one.route())
        living = asyncio.create_task(one.line.live("c1", [ask.Answer(one.phone.leg), *first]))
        await story(one)
        await asyncio.wait_for(living, PATIENCE)
        routing.cancel()
        return one

    return asyncio.run(run())


def nothing(event: Any) -> Sequence[ask.Command]:
    return ()


def test_events_are_heard_in_their_order_and_numbered(tmp_path: Path) -> None:
    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: len(one.steps.heard) == 1)
        one.phone.keys("12")
        one.phone.hangs_up()

    one = carried(tmp_path, nothing, story)
    assert [type(event) for event in one.steps.heard] == [CallAnswered, Digit, Digit, CallEnded]
    assert one.steps.numbers == [1, 2, 3, 4]


def test_keys_of_a_secret_are_told_as_a_whole_and_never_one_by_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: CallAnswered(one.phone.leg) in one.steps.heard)
        one.phone.keys("6217#")
        await one.steps.until(lambda: isinstance(one.steps.heard[-1], SecretTyped))
        one.phone.keys("5")
        one.phone.hangs_up()

    def script(event: Any) -> Sequence[ask.Command]:
        match event:
            case CallAnswered(leg):
                return [ask.Collect(leg, secret=True)]
            case SecretTyped(leg):
                return [ask.Collect(leg, secret=False)]
        return ()

    one = carried(tmp_path, script, story)
    leg = one.phone.leg
    kinds = [type(event) for event in one.steps.heard]
    assert kinds == [CallAnswered, SecretKey, SecretKey, SecretKey, SecretKey, SecretTyped, Digit, CallEnded]
    assert one.steps.heard[5] == SecretTyped(leg, "6217")
    assert "6217" not in caplog.text


def test_a_secret_without_its_last_key_ends_with_a_pause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_line, "PAUSE_SECONDS", 0.05)

    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: bool(one.steps.heard))
        one.phone.keys("123456")
        await one.steps.until(lambda: isinstance(one.steps.heard[-1], SecretTyped))
        one.phone.hangs_up()

    def script(event: Any) -> Sequence[ask.Command]:
        return [ask.Collect(event.leg, secret=True)] if isinstance(event, CallAnswered) else ()

    one = carried(tmp_path, script, story)
    assert [event for event in one.steps.heard if isinstance(event, SecretTyped)] == [
        SecretTyped(one.phone.leg, "123456")
    ]


def test_a_later_turn_of_a_timer_silences_the_earlier_one(tmp_path: Path) -> None:
    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: any(isinstance(event, TimerFired) for event in one.steps.heard))
        one.phone.hangs_up()

    first = [
        ask.StartTimer("key", 1, 0.01),
        ask.StartTimer("key", 2, 0.05),
        ask.StartTimer("sound", 3, 0.01),
        ask.CancelTimer("sound"),
    ]
    one = carried(tmp_path, nothing, story, *first)
    assert [event for event in one.steps.heard if isinstance(event, TimerFired)] == [TimerFired("key", 2)]


def test_what_cannot_be_done_is_answered_so_that_nobody_waits_for_ever(tmp_path: Path) -> None:
    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: any(isinstance(event, OriginateResult) for event in one.steps.heard))
        await one.steps.until(lambda: any(isinstance(event, PlayDone) for event in one.steps.heard))
        one.phone.hangs_up()

    def script(event: Any) -> Sequence[ask.Command]:
        match event:
            case CallAnswered(leg):
                return [ask.Play(leg, "p1", (say("goodbye"),), "en"), ask.Ring("c1:agent:1", "agent:7:x", 5)]
        return ()

    async def with_dead_pages(one: OneCall) -> None:
        one.gateway.up = False
        await story(one)

    one = carried(tmp_path, script, with_dead_pages)
    assert PlayDone(one.phone.leg, "p1", finished=True) in one.steps.heard
    assert OriginateResult("c1:agent:1", "unreachable") in one.steps.heard


def test_a_call_is_not_over_before_its_recording_was_told_of(tmp_path: Path) -> None:
    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: TimerFired("recorded", 1) in one.steps.heard)
        one.phone.hangs_up()

    def script(event: Any) -> Sequence[ask.Command]:
        match event:
            case CallAnswered(leg) if not leg.startswith("c1:"):
                return [ask.Ring("c1:agent:1", "agent:7:x", 5)]
            case CallAnswered(agent):
                return [
                    ask.Bridge("c1:talk", ("fake-1", agent)),
                    ask.Record("c1:rec:1", "c1:talk", "fake-1", agent),
                    ask.StartTimer("recorded", 1, 0),
                ]
            case CallEnded("fake-1"):
                return [ask.Hangup("c1:agent:1"), ask.StopRecording("c1:rec:1")]
        return ()

    one = carried(tmp_path, script, story)
    ready = [event for event in one.steps.heard if isinstance(event, RecordingReady)]
    assert [event.recording for event in ready] == ["c1:rec:1"]
    assert Path(ready[0].path).exists()
    assert CallEnded("c1:agent:1", "ended_by_us") in one.steps.heard
    assert one.gateway.bridges == {}


def test_a_step_that_stumbles_three_times_ends_the_call(tmp_path: Path) -> None:
    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: bool(one.steps.heard))
        one.phone.keys("1234")
        await one.steps.until(lambda: isinstance(one.steps.heard[-1], CallEnded))

    def script(event: Any) -> Sequence[ask.Command]:
        return ValueError("a mistake of ours") if isinstance(event, Digit) else ()  # type: ignore[return-value]

    one = carried(tmp_path, script, story)
    assert one.phone.ended == "ended_by_us"


def test_a_room_that_is_away_too_long_ends_the_call(tmp_path: Path) -> None:
    async def story(one: OneCall) -> None:
        await one.steps.until(lambda: len(one.steps.heard) >= 2)

    def script(event: Any) -> Sequence[ask.Command]:
        return RoomAway("no database") if isinstance(event, CallAnswered) else ()  # type: ignore[return-value]

    assert carried(tmp_path, script, story).phone.ended == "ended_by_us"


def test_a_verb_is_asked_again_when_its_connection_was_lost() -> None:
    from django.db import OperationalError

    tries = []

    def verb() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("the server closed the connection unexpectedly")
        return "done"

    assert asyncio.run(Room(threads=1).ask(verb)) == "done"
    tries.clear()
    with pytest.raises(RoomAway):
        asyncio.run(Room(threads=1).ask_soon(verb))


@pytest.mark.parametrize(
    ("calls", "arriving", "open_", "pause"),
    [
        (0, 0, True, None),
        (9, 1, True, None),
        (10, 0, True, 30),
        (5, 2, True, 10),
        (0, 0, False, 30),
    ],
)
def test_overload_is_refused_at_once_with_a_time_to_come_back(
    calls: int, arriving: int, open_: bool, pause: int | None
) -> None:
    assert retry_after(Load(calls, arriving, open_), Limits(calls=10, arriving=2)) == pause


def test_a_secret_entry_begins_anew_with_a_star_and_shows_nothing() -> None:
    entry = SecretEntry("leg")
    assert [entry.press(key) for key in "99*12#"] == [None] * 5 + ["12"]
    assert entry.press("#") == ""
    entry.press("4")
    assert "4" not in repr(entry).replace("leg", "")
    assert not entry.paused_at(entry.count - 1)
    assert entry.paused_at(entry.count)
    entry.take()
    assert not entry.paused_at(entry.count)
