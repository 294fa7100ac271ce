"""The edge as it is shipped (deploy/kamailio): TLS, SRTP and Opus outside, and a person who hears and is heard.

Runs Kamailio and rtpengine themselves, with their own files, on this machine; without them it says so and is not run.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.soft_phone import baresip
from tests.contracts.telephone_edge import PROGRAMS, edge, heard_on, missing
from tests.contracts.telephones import Desk, desk, free_port, phone, sipp, until, write_tone
from walletdesk.adapters.telephony.dial_plan import DialPlan
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings, Trunk
from walletdesk.service.hotline.ports import TelephoneLine
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, CallEnded, CallOffered, OriginateResult

NOT_HERE = missing(*PROGRAMS, "sipp")
pytestmark = [pytest.mark.skipif(bool(NOT_HERE), reason=f"not run: no {NOT_HERE} here"), pytest.mark.serial]
SETTINGS = GatewaySettings(line=LineSettings(port=0, rules=PorterRules(numbers=("hotline",))))


@pytest.mark.parametrize(("codec", "rate"), [("PCMU/8000/1", 8_000), ("opus/48000/2", 48_000)])
def test_tls_and_srtp_outside_and_both_sides_hear_each_other(tmp_path: Path, codec: str, rate: int) -> None:
    async def story() -> None:
        async with desk(SETTINGS) as one, edge(tmp_path, one.address) as tls:
            with phone(800) as agent:
                async with contextlib.AsyncExitStack() as both:
                    await both.enter_async_context(sipp("caller", tmp_path, one.address, rtp=agent.port))
                    a = await answered(one)
                    account = f"<sip:phone@127.0.0.1;transport=tls>;regint=0;mediaenc=srtp-mand;audio_codecs={codec}"
                    dial = f"sip:hotline@127.0.0.1:{tls};transport=tls"
                    soft = baresip(
                        tmp_path,
                        440,
                        dial,
                        account=account,
                        modules=("srtp", "opus"),
                        rate=rate,
                        more="sip_verify_server no\n",
                    )
                    soft_phone = await both.enter_async_context(soft)
                    b = await answered(one)
                    await one.gateway.bridge("talk", (a, b))
                    await until(lambda: agent.hears(440), "440 Hz through SRTP")
                    await until(lambda: soft_phone.hears(800), "800 Hz through SRTP")
                    await one.gateway.hangup(b)
                    await until(lambda: soft_phone.is_over, "our BYE through TLS")
                    assert (await one.next(CallEnded, leg=b)).reason == "ended_by_us"
                    await one.gateway.hangup(a)
            assert "SRTP is Enabled" in soft_phone.log()

    asyncio.run(story())


def test_we_call_back_and_it_leaves_by_tls_and_srtp(tmp_path: Path) -> None:
    async def story() -> None:
        inside, theirs = free_port(), free_port()
        line = replace(SETTINGS.line, trunk=Trunk("127.0.0.1", inside, domain="trunk.example"))
        settings = replace(SETTINGS, line=line, dial_plan=DialPlan(("+86",)))
        async with (
            desk(settings) as one,
            edge(tmp_path, one.address, inside=inside, trunk=f"sip:127.0.0.1:{theirs + 1};transport=tls"),
        ):
            (tmp_path / "phone.pem").write_text(
                (tmp_path / "edge.pem").read_text() + (tmp_path / "edge.key").read_text()
            )
            account = "<sip:+8613800138000@127.0.0.1;transport=tls>;regint=0;answermode=auto;mediaenc=srtp-mand"
            more = f"sip_certificate {tmp_path}/phone.pem\nsip_verify_server no\n"
            async with baresip(tmp_path, 440, "", account=account, modules=("srtp",), port=theirs, more=more) as soft:
                await heard_on(theirs + 1, socket.SOCK_STREAM)
                await one.gateway.originate("back", TelephoneLine("+8613800138000", "+864001234567"), ring_seconds=15)
                assert (await one.next(OriginateResult)).outcome == "answered"
                await one.next(CallAnswered)
                await one.gateway.play("back", "tone", (write_tone(tmp_path / "t.wav", 650, 15),))
                await until(lambda: soft.hears(650), "650 Hz through SRTP")
                await one.gateway.hangup("back")
                await one.next(CallEnded)
                await until(lambda: soft.is_over, "our BYE through TLS")

    asyncio.run(story())


async def answered(one: Desk) -> str:
    offered = await one.next(CallOffered)
    await one.gateway.answer(offered.leg)
    await one.next(CallAnswered, leg=offered.leg)
    return offered.leg
