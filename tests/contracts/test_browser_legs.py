"""What carries browsers must keep, asked of aiortc and of Janus with real Chromium windows and the real media engine."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import wave
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.chromium import CHROMIUM
from tests.factories.browser_call import Booth, Browsers, Window, loudest, phone_booth, started_browsers, write_tone
from walletdesk.adapters.telephony.media.words import Digit, RecordingReady
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserSettings
from walletdesk.service.hotline.ports import (
    CallAnswered,
    CallEnded,
    CallOffered,
    MediaStats,
    OriginateResult,
)

pytestmark = [pytest.mark.serial, pytest.mark.browser]
Story = Callable[[Booth], Coroutine[Any, Any, None]]
CARRIERS = {"aiortc": BrowserSettings(return_seconds=3.0), "janus": BrowserSettings(janus="janus", return_seconds=3.0)}
LOW, HIGH, OURS = 440.0, 700.0, 1000.0


@pytest.fixture(autouse=True)
def chromium() -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"not run: no Chromium at {CHROMIUM}")


@pytest.fixture(params=CARRIERS)
def settings(request: pytest.FixtureRequest) -> BrowserSettings:
    if request.param == "janus" and not shutil.which("janus"):
        pytest.skip("not run: Janus is not installed")
    return CARRIERS[request.param]


class Stage:
    """One loop for all stories of this file, and the same browsers: starting them costs more than a call does."""

    def __init__(self, runner: asyncio.Runner, browsers: Browsers) -> None:
        self.runner, self.browsers = runner, browsers

    def play(self, settings: BrowserSettings, story: Story) -> None:
        async def through() -> None:
            async with phone_booth(self.browsers, settings) as booth:
                await story(booth)

        self.runner.run(asyncio.wait_for(through(), 120))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        browsers = started_browsers(tmp_path_factory.mktemp("tones"))
        yield Stage(runner, runner.run(browsers.__aenter__()))
        runner.run(browsers.__aexit__(None, None, None))


async def caller_is_up(booth: Booth, seat: str = "caller:lin", hertz: float = LOW) -> tuple[Window, str]:
    window = await booth.window(seat, hertz)
    await window.call()
    offered = await booth.event(CallOffered, token=seat.removeprefix("caller:"))
    await booth.legs.answer(offered.leg)
    await booth.event(CallAnswered, leg=offered.leg)
    await window.up()
    return window, offered.leg


async def agent_is_up(booth: Booth, leg: str = "agent-leg") -> Window:
    seat = "agent:1024:window"
    window = await booth.window(seat, HIGH)
    await booth.legs.hear(seat, {"type": "here"})
    await booth.legs.originate(leg, seat, ring_seconds=20)
    await window.call(leg)
    await booth.event(OriginateResult, leg=leg, outcome="answered")
    await booth.event(CallAnswered, leg=leg)
    return window


def test_two_browsers_hear_each_other_and_both_are_recorded(
    tmp_path: Path, stage: Stage, settings: BrowserSettings
) -> None:
    async def story(booth: Booth) -> None:
        caller, leg = await caller_is_up(booth)
        agent = await agent_is_up(booth)
        await booth.engine.bridge("talk", [leg, "agent-leg"])
        await booth.engine.record("rec", "talk", tmp_path / "talk.wav", left=leg, right="agent-leg")
        await caller.hears(HIGH)
        await agent.hears(LOW)
        await booth.engine.stop_recording("rec")
        await booth.event(RecordingReady, recording="rec")

    stage.play(settings, story)
    with wave.open(str(tmp_path / "talk.wav")) as recorded:
        both = np.frombuffer(recorded.readframes(recorded.getnframes()), np.int16).reshape(-1, 2).astype(float)
    last_second = both[-8000:]
    for channel, hertz in ((0, LOW), (1, HIGH)):
        heard, loud = loudest(last_second[:, channel])
        assert abs(heard - hertz) < 5, f"channel {channel} holds {heard} Hz"
        assert loud > 0.05, f"channel {channel} is silent"


def test_keys_reach_the_engine_once_each_in_order(stage: Stage, settings: BrowserSettings) -> None:
    async def story(booth: Booth) -> None:
        caller, leg = await caller_is_up(booth)
        await caller.press("5#10*77")
        await booth.event(Digit, leg=leg, digit="*")
        await caller.press("3")
        await booth.event(Digit, leg=leg, digit="3")
        assert booth.digits(leg) == "5#10*773"

    stage.play(settings, story)


def test_a_key_sent_again_is_one_press(stage: Stage) -> None:
    async def story(booth: Booth) -> None:
        caller, leg = await caller_is_up(booth)
        await caller.page.evaluate(
            """() => { const send = RTCDataChannel.prototype.send;
                       RTCDataChannel.prototype.send = function (text) { send.call(this, text); send.call(this, text); }; }"""
        )
        await caller.press("42")
        await booth.event(Digit, leg=leg, digit="2")
        await caller.press("9")
        await booth.event(Digit, leg=leg, digit="9")
        assert booth.digits(leg) == "429"

    stage.play(CARRIERS["aiortc"], story)


def test_a_page_that_lost_its_way_comes_back_to_its_call(stage: Stage, settings: BrowserSettings) -> None:
    async def story(booth: Booth) -> None:
        caller, leg = await caller_is_up(booth)
        agent = await agent_is_up(booth)
        await booth.engine.bridge("talk", [leg, "agent-leg"])
        await agent.hears(LOW)
        await caller.cut()
        await caller.call(leg)
        await caller.hears(HIGH)
        await agent.hears(LOW)
        await caller.press("7")
        await booth.event(Digit, leg=leg, digit="7")
        assert not [one for one in booth.seen if isinstance(one, CallEnded)]
        assert len([one for one in booth.seen if isinstance(one, CallAnswered) and one.leg == leg]) == 1

    stage.play(settings, story)


def test_a_closed_window_ends_its_leg_once(stage: Stage, settings: BrowserSettings) -> None:
    async def story(booth: Booth) -> None:
        caller, leg = await caller_is_up(booth)
        await caller.page.close()
        await booth.legs.hear(caller.seat, {"type": "gone"})
        ended = await booth.event(CallEnded, leg=leg)
        assert ended.reason in ("hung_up", "media_lost")
        await booth.legs.hangup(leg)
        assert len([one for one in booth.seen if isinstance(one, CallEnded)]) == 1

    stage.play(settings, story)


def test_hanging_up_reaches_the_other_side_either_way(stage: Stage, settings: BrowserSettings) -> None:
    async def story(booth: Booth) -> None:
        caller, leg = await caller_is_up(booth)
        await booth.legs.hear(caller.seat, {"type": "hangup", "leg": leg})
        assert (await booth.event(CallEnded, leg=leg)).reason == "hung_up"
        agent = await agent_is_up(booth)
        await booth.legs.hangup("agent-leg")
        assert (await booth.event(CallEnded, leg="agent-leg")).reason == "ended_by_us"
        assert agent.told[-1] == {"type": "ended", "leg": "agent-leg", "reason": "ended_by_us"}

    stage.play(settings, story)


def test_a_killed_carrier_ends_its_calls_and_the_next_call_is_carried(tmp_path: Path, stage: Stage) -> None:
    async def story(booth: Booth) -> None:
        _, leg = await caller_is_up(booth)
        os.kill(_pid(booth.legs._aiortc), signal.SIGKILL)
        assert (await booth.event(CallEnded, leg=leg)).reason == "gateway_down"
        assert "started again" in booth.notices[0]
        while not booth.legs._aiortc.alive:
            await asyncio.sleep(0.05)
        again, leg = await caller_is_up(booth, "caller:wu", HIGH)
        await booth.engine.play(leg, "tone", [_tone_file(tmp_path)], loop=True)
        await again.hears(OURS)

    stage.play(CARRIERS["aiortc"], story)


def test_without_janus_aiortc_carries_on_and_somebody_is_told(stage: Stage) -> None:
    async def story(booth: Booth) -> None:
        assert booth.legs.carrier == "aiortc"
        assert booth.notices == ["Janus does not run (Janus is not installed): aiortc carries the browsers"]

    stage.play(BrowserSettings(janus="no-such-janus"), story)


def test_janus_killed_in_a_call_leaves_the_next_one_to_aiortc(tmp_path: Path, stage: Stage) -> None:
    if not shutil.which("janus"):
        pytest.skip("not run: Janus is not installed")

    async def story(booth: Booth) -> None:
        _, leg = await caller_is_up(booth)
        assert booth.legs.carrier == "janus", booth.notices
        os.kill(_pid(booth.legs._janus), signal.SIGKILL)
        assert (await booth.event(CallEnded, leg=leg)).reason == "gateway_down"
        assert booth.notices == ["Janus is gone: aiortc carries the browsers"]
        assert booth.legs.carrier == "aiortc"
        again, leg = await caller_is_up(booth, "caller:wu", HIGH)
        await booth.engine.play(leg, "tone", [_tone_file(tmp_path)], loop=True)
        await again.hears(OURS)

    stage.play(CARRIERS["janus"], story)


def test_how_the_page_is_heard_is_told(stage: Stage) -> None:
    async def story(booth: Booth) -> None:
        caller, leg = await caller_is_up(booth)
        told = await booth.event(MediaStats, leg=leg)
        assert told.received > 0
        assert told.lost == 0
        await caller.until("phone.quality?.word === 'good'")

    stage.play(CARRIERS["aiortc"], story)


def _pid(carrier: Any) -> int:
    assert carrier is not None
    assert carrier.pid
    return int(carrier.pid)


def _tone_file(folder: Path) -> Path:
    return write_tone(folder / "ours.wav", OURS, rate=8_000)
