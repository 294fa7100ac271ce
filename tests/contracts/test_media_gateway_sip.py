"""The gateway and real telephones (sipp, baresip): who hears what, by pitch and loudness, and what is told of each call."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.contracts.soft_phone import baresip
from tests.contracts.telephones import (
    Desk,
    desk,
    free_port,
    phone,
    pitch_of,
    read_wave,
    sipp,
    until,
    write_tone,
)
from walletdesk.adapters.telephony.dial_plan import DialPlan
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings, Trunk
from walletdesk.service.hotline.ports import GatewayRefused, TelephoneLine
from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    CallOffered,
    Digit,
    GatewayDown,
    GatewayUp,
    Held,
    OriginateResult,
    PlayDone,
    RecordingReady,
)

pytestmark = pytest.mark.skipif(not shutil.which("sipp"), reason="sipp (sip-tester) is not installed")
needs_baresip = pytest.mark.skipif(not shutil.which("baresip"), reason="baresip is not installed")

OPEN = GatewaySettings(line=LineSettings(port=0, rules=PorterRules(numbers=("hotline",))))
MOBILE = TelephoneLine("+8613800138000", "+864001234567")


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


async def taken(one: Desk) -> str:
    """Somebody calls, and is answered."""
    offered = await one.next(CallOffered)
    await one.gateway.answer(offered.leg)
    await one.next(CallAnswered, leg=offered.leg)
    return offered.leg


def with_trunk(port: int, user: str = "walletdesk", *, registers: bool = True) -> GatewaySettings:
    trunk = Trunk("127.0.0.1", port, user, "lantern", "trunk.example", register=registers)
    return replace(OPEN, line=replace(OPEN.line, trunk=trunk), dial_plan=DialPlan(("+86",), ("+8690",)))


# ── sound ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scenario", "kind", "events"), [("caller", 0, 101), ("caller_alaw", 8, 97), ("caller_compact", 0, 101)]
)
def test_a_caller_hears_what_is_played_and_keys_are_heard_once(
    tmp_path: Path, scenario: str, kind: int, events: int
) -> None:
    async def story() -> None:
        async with desk(OPEN) as one:
            with phone(kind=kind, events=events) as ear:
                async with sipp(scenario, tmp_path, one.address, rtp=ear.port) as caller:
                    offered = await one.next(CallOffered)
                    assert (offered.kind, offered.number, offered.dialled) == ("telephone", "+8613800138000", "hotline")
                    await one.gateway.answer(offered.leg)
                    await one.next(CallAnswered)
                    await one.gateway.play(offered.leg, "tone", (write_tone(tmp_path / "t.wav", 660, 9),))
                    await until(lambda: ear.hears(660), "the tone of 660 Hz")
                    ear.key("42*#")
                    keyed = [(await one.next(Digit)).digit for _ in range(4)]
                    assert keyed == ["4", "2", "*", "#"]
                    done = (
                        await one.next(PlayDone)
                        if not one.of(PlayDone, offered.leg)
                        else one.of(PlayDone, offered.leg)[0]
                    )
                    assert (done.play, done.finished) == ("tone", False), "the first key ended it"
                    await until(ear.hears_nothing, "silence after the key")
                    await one.gateway.send_digits(offered.leg, "95")
                    await until(lambda: ear.digits == ["9", "5"], f"our own keys, not {ear.digits}")
                    await one.gateway.hangup(offered.leg)
                    assert (await one.next(CallEnded)).reason == "ended_by_us"
                    await caller.succeeds()
            assert [digit.digit for digit in one.of(Digit, offered.leg)] == ["4", "2", "*", "#"]

    run(story())


def test_two_telephones_bridged_hear_each_other_and_both_channels_are_recorded(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(OPEN) as one:
            with phone(500) as left, phone(900) as right:
                async with sipp("caller", tmp_path, one.address, rtp=left.port) as first:
                    a = await taken(one)
                    async with sipp("caller", tmp_path, one.address, rtp=right.port) as second:
                        b = await taken(one)
                        await one.gateway.bridge("talk", (a, b))
                        await one.gateway.record("r", "talk", tmp_path / "talk.wav", left=a, right=b)
                        await until(lambda: left.hears(900) and right.hears(500), "each the other")
                        await one.gateway.hold(a, on=True)
                        await until(lambda: not left.hears(900) and not right.hears(500), "nobody the other, on hold")
                        await one.gateway.hold(a, on=False)
                        await until(lambda: left.hears(900) and right.hears(500), "each the other again")
                        await one.gateway.unbridge("talk")
                        ready = await one.next(RecordingReady)
                        await until(lambda: left.hears_nothing() and right.hears_nothing(), "silence, parted")
                        for leg in (a, b):
                            await one.gateway.hangup(leg)
                        await second.succeeds()
                    await first.succeeds()
                heard = read_wave(Path(ready.path))
                assert abs(pitch_of(heard[0]) - 500) < 8, "the caller is on the left"
                assert abs(pitch_of(heard[1]) - 900) < 8, "the agent on the right"

    run(story())


@needs_baresip
def test_a_soft_phone_of_another_make_hears_and_is_heard(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(OPEN) as one:
            with phone(800) as agent:
                async with contextlib.AsyncExitStack() as both:
                    await both.enter_async_context(sipp("caller", tmp_path, one.address, rtp=agent.port))
                    a = await taken(one)
                    soft = await both.enter_async_context(baresip(tmp_path, 440, f"sip:hotline@{one.address}"))
                    b = await taken(one)
                    await one.gateway.bridge("talk", (a, b))
                    await until(lambda: agent.hears(440), "440 Hz from the soft-phone")
                    await until(lambda: soft.hears(800), "800 Hz in the soft-phone")
                    for leg in (a, b):
                        await one.gateway.hangup(leg)
                        assert (await one.next(CallEnded, leg=leg)).reason == "ended_by_us"

    run(story())


# ── how calls begin and end ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_caller_hangs_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(OPEN) as one, sipp("caller_hangs_up", tmp_path, one.address, rtp=free_port()) as caller:
            leg = await taken(one)
            assert (await one.next(CallEnded)).reason == "hung_up"
            await caller.succeeds()
            await one.gateway.hangup(leg)
            await one.gateway.stop_play(leg)  # a command for a leg that is gone does nothing
            with pytest.raises(GatewayRefused, match="leg_unknown"):
                await one.gateway.answer("never-was")
            assert len(one.of(CallEnded, leg)) == 1

    run(story())


@pytest.mark.parametrize("scenario", ["cancels_while_trying", "cancels_while_ringing"])
def test_a_caller_gives_up_before_the_answer(tmp_path: Path, scenario: str) -> None:
    async def story() -> None:
        async with desk(OPEN) as one, sipp(scenario, tmp_path, one.address, rtp=free_port()) as caller:
            leg = (await one.next(CallOffered)).leg
            assert (await one.next(CallEnded)).reason == "cancelled"
            await caller.succeeds()
            await one.gateway.answer(leg)
            assert not one.of(CallAnswered, leg)

    run(story())


@pytest.mark.parametrize("scenario", ["cancel_crosses_200", "acknowledges_late", "with_video", "two_reinvites"])
def test_a_call_that_stumbles_goes_on_and_ends_well(tmp_path: Path, scenario: str) -> None:
    async def story() -> None:
        async with desk(OPEN) as one, sipp(scenario, tmp_path, one.address, rtp=free_port()) as caller:
            leg = await taken(one)
            assert (await one.next(CallEnded)).reason == "hung_up"
            await caller.succeeds()
            assert len(one.of(CallAnswered, leg)) == len(one.of(CallEnded, leg)) == 1

    run(story())


@pytest.mark.skipif("WALLETDESK_SOAK" not in os.environ, reason="half a minute of waiting: bin/soak")
def test_a_call_that_is_never_acknowledged_is_ended(tmp_path: Path) -> None:
    async def story() -> None:
        with phone(500) as caller:
            async with desk(OPEN) as one:
                async with sipp("never_acknowledges", tmp_path, one.address, patience=45, rtp=caller.port) as called:
                    offered = await one.next(CallOffered)
                    await one.gateway.answer(offered.leg)
                    await called.succeeds()
                assert (await one.next(CallEnded, leg=offered.leg)).reason == "unreachable"
                assert not one.of(CallAnswered, offered.leg)

    run(story())


@pytest.mark.parametrize("scenario", ["late_offer", "only_srtp"])
def test_an_offer_that_we_cannot_take_is_refused_without_a_call(tmp_path: Path, scenario: str) -> None:
    async def story() -> None:
        async with desk(OPEN) as one, sipp(scenario, tmp_path, one.address, rtp=free_port()) as caller:
            await caller.succeeds()
            assert not [event for event in one.told if isinstance(event, CallOffered)]

    run(story())


def test_a_caller_is_turned_away_busy_or_for_later(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(OPEN) as one:
            async with sipp("turned_away_busy", tmp_path, one.address, rtp=free_port()) as caller:
                await one.gateway.reject((await one.next(CallOffered)).leg, busy=True)
                await caller.succeeds()
            async with sipp("turned_away_full", tmp_path, one.address, rtp=free_port()) as caller:
                await one.gateway.reject((await one.next(CallOffered)).leg, retry_after=7)
                await caller.succeeds()
            await one.next(CallEnded)
            assert [event.reason for event in one.told if isinstance(event, CallEnded)] == [
                "ended_by_us",
                "ended_by_us",
            ]

    run(story())


def test_hold_and_resume_new_and_old_and_a_reinvite_without_a_body(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(OPEN) as one:
            with phone(700) as ear:
                async with sipp("holds_and_resumes", tmp_path, one.address, rtp=ear.port) as caller:
                    leg = await taken(one)
                    for held in (True, False, True, False):
                        assert (await one.next(Held)).held is held
                    await one.gateway.bridge("alone", (leg,))
                    await one.gateway.play(leg, "tone", (write_tone(tmp_path / "t.wav", 660, 5),))
                    await until(lambda: ear.hears(660), "sound after the last resume")
                    await caller.succeeds()
                    await one.next(CallEnded)
            assert len(one.of(Held, leg)) == 4, "the re-INVITE without a body is no hold"

    run(story())


def test_digits_in_info_of_both_kinds(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(OPEN) as one, sipp("keys_by_info", tmp_path, one.address, rtp=free_port()) as caller:
            leg = await taken(one)
            await one.next(CallEnded)
            await caller.succeeds()
            assert [(d.digit, d.source) for d in one.of(Digit, leg)] == [("5", "info"), ("7", "info"), ("#", "info")]

    run(story())


# ── calls that we place ───────────────────────────────────────────────────────────────────────────────────────────────


def test_we_call_through_the_trunk_with_a_proof_and_a_stale_nonce(tmp_path: Path) -> None:
    async def story() -> None:
        with phone(620) as ear:
            async with (
                sipp("wants_digest", tmp_path, rtp=ear.port) as callee,
                desk(with_trunk(callee.port, registers=False)) as one,
            ):
                await one.gateway.originate("back-1", MOBILE, ring_seconds=10)
                assert (await one.next(OriginateResult)).outcome == "answered"
                await one.next(CallAnswered, leg="back-1")
                await one.gateway.play("back-1", "tone", (write_tone(tmp_path / "t.wav", 450, 9),))
                await until(lambda: ear.hears(450), "450 Hz in the called telephone")
                await one.gateway.hangup("back-1")
                assert (await one.next(CallEnded)).reason == "ended_by_us"
                await callee.succeeds()

    run(story())


@pytest.mark.parametrize(
    ("scenario", "outcome", "ring"),
    [("is_busy", "busy", 10), ("redirects", "refused", 10), ("rings_for_ever", "no_answer", 4)],
)
def test_we_call_and_nobody_answers(tmp_path: Path, scenario: str, outcome: str, ring: int) -> None:
    async def story() -> None:
        async with sipp(scenario, tmp_path, rtp=free_port()) as callee, desk(with_trunk(callee.port, "")) as one:
            await one.gateway.originate("back-2", MOBILE, ring_seconds=ring)
            await one.gateway.originate("back-2", MOBILE, ring_seconds=ring)  # safe to repeat
            assert (await one.next(OriginateResult)).outcome == outcome
            assert (await one.next(CallEnded)).leg == "back-2"
            await callee.succeeds()
            assert len(one.of(OriginateResult, "back-2")) == len(one.of(CallEnded, "back-2")) == 1

    run(story())


def test_the_called_party_hangs_up(tmp_path: Path) -> None:
    async def story() -> None:
        async with sipp("answers", tmp_path, rtp=free_port()) as callee, desk(with_trunk(callee.port, "")) as one:
            await one.gateway.originate("back-3", MOBILE, ring_seconds=10)
            await one.next(CallAnswered)
            assert (await one.next(CallEnded)).reason == "hung_up"
            await callee.succeeds()

    run(story())


def test_nothing_outside_the_dial_plan_is_dialled() -> None:
    async def story() -> None:
        async with desk(with_trunk(free_port(), "")) as one:
            for number in ("+19005550100", "+86901234567", "13800138000", "+86138*0013", "sip:x@y", ""):
                with pytest.raises(GatewayRefused, match="not_capable"):
                    await one.gateway.originate("out", TelephoneLine(number, ""), ring_seconds=5)
            assert "transfer" not in one.gateway.capabilities()
        async with desk(OPEN) as one:
            assert "originate" not in one.gateway.capabilities()
            with pytest.raises(GatewayRefused, match="not_capable"):
                await one.gateway.originate("out", MOBILE, ring_seconds=5)

    run(story())


# ── the trunk and the engine ──────────────────────────────────────────────────────────────────────────────────────────


def test_registration_is_proved_prolonged_refreshed_lost_and_found(tmp_path: Path) -> None:
    async def story() -> None:
        async with sipp("registrar", tmp_path) as registrar:
            port = registrar.port
            async with desk(with_trunk(port)) as one:
                await one.next(GatewayUp)
                await registrar.succeeds()
                down = await one.next(GatewayDown)
                assert down.reason.startswith("trunk"), "two seconds were granted, and nobody answers any more"
                async with sipp("registrar_returns", tmp_path, "", "-p", str(port)):
                    await one.next(GatewayUp)

    run(story())


def test_a_registrar_that_refuses_is_not_tried_with_the_same_proof_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with sipp("registrar_refuses", tmp_path) as registrar, desk(with_trunk(registrar.port)) as one:
            assert "401" in (await one.next(GatewayDown)).reason
            await registrar.succeeds()

    run(story())


def test_the_engine_dies_and_calls_are_told_so_and_taken_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(OPEN) as one:
            async with sipp("caller", tmp_path, one.address, rtp=free_port()) as caller:
                leg = await taken(one)
                assert one.gateway.engine.pid
                os.kill(one.gateway.engine.pid, 9)
                assert (await one.next(CallEnded, leg=leg)).reason == "gateway_down"
                await caller.succeeds()  # it got its BYE
                await one.next(GatewayUp)
            with phone() as ear:
                async with sipp("caller", tmp_path, one.address, rtp=ear.port):
                    leg = await taken(one)
                    await one.gateway.play(leg, "tone", (write_tone(tmp_path / "t.wav", 660, 5),))
                    await until(lambda: ear.hears(660), "sound from the new engine")
            assert [type(event) for event in one.told].count(GatewayDown) == 1

    run(story())
