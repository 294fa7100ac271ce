"""The edge as it is shipped (deploy/kamailio): TLS, SRTP and Opus outside, and a person who hears and is heard.

Runs Kamailio and rtpengine themselves, with their own files, on this machine; without them it says so and is not run.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.telephones import (
    Desk,
    baresip,
    desk,
    free_port,
    loudness_of,
    phone,
    pitch_of,
    sipp,
    until,
    write_tone,
)
from walletdesk.adapters.telephony.dial_plan import DialPlan
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings, Trunk
from walletdesk.service.hotline.ports import TelephoneLine
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, CallEnded, CallOffered, OriginateResult

NEEDED = ("kamailio", "rtpengine", "baresip", "sipp", "openssl")
pytestmark = [
    pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}"),
    pytest.mark.serial,
]
SHIPPED = Path(__file__).parents[2] / "deploy" / "kamailio"
SETTINGS = GatewaySettings(line=LineSettings(port=0, rules=PorterRules(numbers=("hotline",))))


def shipped(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A shipped file with this machine's addresses in it."""
    text = (SHIPPED / name).read_text()
    for pattern, instead in changes:
        text, found = re.subn(pattern, instead, text)
        assert found, f"{name} has no {pattern} any more"
    (folder / name).write_text(text)
    return folder / name


async def heard_on(port: int, kind: int) -> None:
    """Until a TCP port listens (or a UDP port is taken)."""

    def there() -> bool:
        with socket.socket(socket.AF_INET, kind) as probe:
            if kind == socket.SOCK_STREAM:
                return probe.connect_ex(("127.0.0.1", port)) == 0
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return True
            return False

    await until(there, f"port {port}")


@contextlib.asynccontextmanager
async def program(log: Path, *command: str) -> AsyncIterator[None]:
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(*command, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


@contextlib.asynccontextmanager
async def edge(folder: Path, one: Desk, *, inside: int = 0, trunk: str = "") -> AsyncIterator[int]:
    """Kamailio and rtpengine before this desk; yields the port of TLS."""
    tls, inside, control = free_port(), inside or free_port(), free_port()
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run(
        [*certificate, "-keyout", folder / "edge.key", "-out", folder / "edge.pem"], check=True, capture_output=True
    )
    rtp = shipped(folder, "rtpengine.conf", (r"203\.0\.113\.10", "127.0.0.1"), ("2223", str(control)))
    authorities = ("/etc/ssl/certs/ca-certificates.crt", str(folder / "edge.pem"))
    trust = shipped(folder, "tls.cfg", ("/etc/kamailio/edge", str(folder / "edge")), authorities)
    words = {
        "OUTSIDE": f"tls:127.0.0.1:{tls}",
        "INSIDE": f"udp:127.0.0.1:{inside}",
        "DESK": f'"sip:{one.address}"',
        "LISTED": '"127.0.0.0/8"',
        "RTPENGINE": f'"udp:127.0.0.1:{control}"',
        "TLS_CONFIG": f'"{trust}"',
        "TRUNK": f'"{trunk or "sip:127.0.0.1:9"}"',
    }
    told = [part for name, value in words.items() for part in ("-A", f"{name}={value}")]
    kamailio = (
        "kamailio",
        "-f",
        str(SHIPPED / "kamailio.cfg"),
        "-DD",
        "-E",
        "-Y",
        str(folder),
        "-P",
        str(folder / "pid"),
    )
    async with program(folder / "rtpengine.log", "rtpengine", "--config-file", str(rtp)):
        await heard_on(control, socket.SOCK_DGRAM)
        async with program(folder / "kamailio.log", *kamailio, *told):
            await heard_on(tls, socket.SOCK_STREAM)
            yield tls


@pytest.mark.parametrize(("codec", "rate"), [("PCMU/8000/1", 8_000), ("opus/48000/2", 48_000)])
def test_tls_and_srtp_outside_and_both_sides_hear_each_other(tmp_path: Path, codec: str, rate: int) -> None:
    async def story() -> None:
        async with desk(SETTINGS) as one, edge(tmp_path, one) as tls:
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
                    heard = await both.enter_async_context(soft)
                    b = await answered(one)
                    await one.gateway.bridge("talk", (a, b))
                    await until(lambda: agent.hears(440), "440 Hz through SRTP")

                    def hears_it() -> bool:
                        sound = heard()[-rate // 2 :]
                        pitch = pitch_of(sound) * rate / 8_000
                        return len(sound) >= rate // 2 and abs(pitch - 800) < 8 and loudness_of(sound) > 1_000

                    await until(hears_it, "800 Hz through SRTP")
                    await one.gateway.hangup(b)
                    await until(
                        lambda: b"session closed" in (tmp_path / "baresip.log").read_bytes(), "our BYE through TLS"
                    )
                    assert (await one.next(CallEnded, leg=b)).reason == "ended_by_us"
                    await one.gateway.hangup(a)
            log = (tmp_path / "baresip.log").read_text(errors="replace")
            assert "SRTP is Enabled" in log

    asyncio.run(story())


def test_we_call_back_and_it_leaves_by_tls_and_srtp(tmp_path: Path) -> None:
    async def story() -> None:
        inside, theirs = free_port(), free_port()
        line = replace(SETTINGS.line, trunk=Trunk("127.0.0.1", inside, domain="trunk.example"))
        settings = replace(SETTINGS, line=line, dial_plan=DialPlan(("+86",)))
        async with (
            desk(settings) as one,
            edge(tmp_path, one, inside=inside, trunk=f"sip:127.0.0.1:{theirs + 1};transport=tls"),
        ):
            (tmp_path / "phone.pem").write_text(
                (tmp_path / "edge.pem").read_text() + (tmp_path / "edge.key").read_text()
            )
            account = "<sip:+8613800138000@127.0.0.1;transport=tls>;regint=0;answermode=auto;mediaenc=srtp-mand"
            more = f"sip_certificate {tmp_path}/phone.pem\nsip_verify_server no\n"
            async with baresip(tmp_path, 440, "", account=account, modules=("srtp",), port=theirs, more=more) as heard:
                await heard_on(theirs + 1, socket.SOCK_STREAM)
                await one.gateway.originate("back", TelephoneLine("+8613800138000", "+864001234567"), ring_seconds=15)
                assert (await one.next(OriginateResult)).outcome == "answered"
                await one.next(CallAnswered)
                await one.gateway.play("back", "tone", (write_tone(tmp_path / "t.wav", 650, 15),))

                def hears_it() -> bool:
                    sound = heard()[-4_000:]
                    return len(sound) == 4_000 and abs(pitch_of(sound) - 650) < 8 and loudness_of(sound) > 1_000

                await until(hears_it, "650 Hz through SRTP")
                await one.gateway.hangup("back")
                await one.next(CallEnded)
                await until(lambda: b"session closed" in (tmp_path / "baresip.log").read_bytes(), "our BYE through TLS")

    asyncio.run(story())


async def answered(one: Desk) -> str:
    offered = await one.next(CallOffered)
    await one.gateway.answer(offered.leg)
    await one.next(CallAnswered, leg=offered.leg)
    return offered.leg
