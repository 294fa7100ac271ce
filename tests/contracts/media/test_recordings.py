"""Recordings as they lie on disk: which tone is on which channel, silence where it must be, and the hash."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
from pathlib import Path

import numpy as np
import pytest

from tests.contracts.media.peers import Peer, energy_of, frequency_of, level_of, read_stereo, stage, write_tone
from walletdesk.adapters.telephony.media import words
from walletdesk.adapters.telephony.media.client import MediaRefused
from walletdesk.adapters.telephony.media.recordings import mend


def parts(channel: np.ndarray, frequency: float) -> str:
    """Tenths of a second in a row, told apart: T where the tone is, . where nothing is."""
    tenths = [channel[n : n + 800] for n in range(0, len(channel) - 799, 800)]
    marks = ["T" if level_of(each, frequency) > 5000 else "." if energy_of(each) < 20 else "?" for each in tenths]
    return "".join(mark for n, mark in enumerate(marks) if not n or mark != marks[n - 1]).replace("?", "")


def squeezed(marks: str) -> str:
    return "".join(mark for n, mark in enumerate(marks) if not n or mark != marks[n - 1])


def test_left_is_the_caller_right_the_agent_and_a_secret_is_silence(tmp_path: Path) -> None:
    path, sound = tmp_path / "deep" / "call.wav", write_tone(tmp_path / "notice.wav", 1500, 0.3)

    async def story() -> words.RecordingReady:
        async with stage() as here:
            a, b = (
                await here.join(Peer("caller", 440)),
                await here.join(Peer("agent", 1000, codec="PCMA", payload_type=8)),
            )
            engine = here.engine
            await engine.bridge("talk", ("caller", "agent"))
            await b.hears(lambda heard: level_of(heard, 440) > 6000)
            await a.hears(lambda heard: level_of(heard, 1000) > 6000)
            await engine.record("one", "talk", path, left="caller", right="agent")
            await engine.record("one", "talk", path, left="caller", right="agent")
            await a.hear(0.8)
            await engine.collect("caller", secret=True)
            await a.press("8")
            await a.hear(0.6)
            await engine.collect("caller", secret=False)
            await a.hear(0.6)
            await engine.pause_recording("one", on=True)
            await a.hear(0.6)
            await engine.pause_recording("one", on=False)
            await a.hear(0.6)
            await engine.say_into_bridge("talk", (sound,))
            await a.hear(0.5)
            await engine.unbridge("talk")
            (ready,) = await here.until(words.RecordingReady)
            await engine.stop_recording("one")
            return ready

    ready = asyncio.run(story())
    assert (ready.recording, ready.path, ready.error) == ("one", str(path), "")
    assert ready.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_mode & 0o777 == 0o600
    left, right = read_stereo(ready.path)
    assert ready.milliseconds == len(left) / 8
    assert squeezed(parts(left, 440)) == squeezed(parts(right, 1000)) == "T.T.T"
    assert level_of(left[:4000], 1000) < 50
    assert level_of(right[:4000], 440) < 50
    end = slice(len(left) - 8000, None)
    assert level_of(left[end], 1500) > 500
    assert level_of(right[end], 1500) > 500


def test_a_transfer_keeps_the_caller_left_and_the_next_agent_right(tmp_path: Path) -> None:
    async def story() -> words.RecordingReady:
        async with stage() as here:
            a, _, c = [await here.join(Peer(name, tone)) for name, tone in (("a", 400), ("b", 700), ("c", 1100))]
            await here.engine.bridge("talk", ("a", "b"))
            await a.hears(lambda heard: level_of(heard, 700) > 6000)
            await here.engine.record("r", "talk", tmp_path / "r.wav", left="a", right="b")
            await a.hear(0.7)
            await here.engine.bridge("talk", ("a", "c"))
            await here.engine.close_leg("b")
            await a.hears(lambda heard: level_of(heard, 1100) > 6000)
            await c.hear(0.7)
            await here.engine.stop_recording("r")
            (ready,) = await here.until(words.RecordingReady)
            return ready

    left, right = read_stereo(asyncio.run(story()).path)
    assert abs(frequency_of(left) - 400) < 3
    assert abs(frequency_of(right[:4000]) - 700) < 3
    assert abs(frequency_of(right[-4000:]) - 1100) < 3


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_an_engine_that_ends_leaves_the_sound(tmp_path: Path, how: str) -> None:
    """Stopped: closed and told. Killed: everything up to the last half second lies there, and ``mend`` makes it whole."""
    path = tmp_path / "r.wav"

    async def story() -> list[words.Event]:
        async with stage() as here:
            a, b = await here.join(Peer("a", 440)), await here.join(Peer("b", 1000))
            await here.engine.bridge("talk", ("a", "b"))
            await b.hears(lambda heard: level_of(heard, 440) > 6000)
            await here.engine.record("r", "talk", path, left="a", right="b")
            await a.hear(3)  # on a busy machine the disk is behind by more than its half second
            if how == "stopped":
                await here.engine.stop()
            else:
                assert here.engine.pid
                os.kill(here.engine.pid, signal.SIGKILL)
            await here.until(words.EngineDown)
            with pytest.raises(MediaRefused) as refused:
                await here.engine.open_leg("c")
            assert refused.value.code == "engine_down"
            told = list(here.told)
            await here.engine.start()
            await here.engine.open_leg("c")
            return told

    told = asyncio.run(story())
    ready = [event for event in told if isinstance(event, words.RecordingReady)]
    sha256, milliseconds = mend(path)
    left, _ = read_stereo(str(path))
    assert milliseconds >= 900
    assert level_of(left, 440) > 6000
    if how == "stopped":
        assert [(each.sha256, each.milliseconds) for each in ready] == [(sha256, milliseconds)]
        assert told[-1] == words.EngineDown("stopped")
    else:
        assert not ready
        assert told[-1] == words.EngineDown("exit -9")


def test_a_recording_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "r.wav"
    path.write_bytes(b"somebody's words")

    async def story() -> words.RecordingReady:
        async with stage() as here:
            await here.join(Peer("a", 440))
            await here.join(Peer("b", 440))
            await here.engine.bridge("talk", ("a", "b"))
            await here.engine.record("r", "talk", path, left="a", right="b")
            await here.engine.stop_recording("r")
            (ready,) = await here.until(words.RecordingReady)
            return ready

    assert "exists" in asyncio.run(story()).error
    assert path.read_bytes() == b"somebody's words"
