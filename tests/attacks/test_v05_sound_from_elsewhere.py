"""V05: sound and signalling from or to places that are not the caller's; encryption that is offered is not pretended."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.attacks.sip_calls import bare_caller
from tests.attacks.sip_torture import SDP, message
from tests.contracts.telephones import desk, phone, sipp, until
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.session import NotAcceptable, read_description
from walletdesk.adapters.telephony.sip.settings import LineSettings
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, CallEnded, CallOffered

INBOUND = GatewaySettings(line=LineSettings(port=0, rules=PorterRules(numbers=("hotline",))))


@pytest.mark.skipif(not shutil.which("sipp"), reason="sipp (sip-tester) is not installed")
def test_v05_a_tone_from_another_address_is_not_heard(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(INBOUND) as one:
            with phone(500) as first, phone() as second, phone(1_700, local="127.0.0.9") as intruder:
                async with (
                    sipp("caller", tmp_path, one.address, rtp=first.port) as a,
                    sipp("caller", tmp_path, one.address, rtp=second.port) as b,
                ):
                    legs = []
                    for _ in range(2):
                        legs.append((await one.next(CallOffered)).leg)
                        await one.gateway.answer(legs[-1])
                    await one.next(CallAnswered, leg=legs[1])
                    await one.gateway.bridge("talk", tuple(legs))
                    await until(lambda: first.to is not None and (first.hears(500) or second.hears(500)), "500 Hz")
                    assert first.to
                    assert second.to
                    intruder.to = first.to
                    await until(lambda: intruder.sent > 60, "the intruder spoke for more than a second")
                    assert second.hears(500)
                    assert not second.hears(1_700)
                    assert intruder.heard_nothing_at_all, "and what we say did not go there"
                    for leg in legs:
                        await one.gateway.hangup(leg)
                    await a.succeeds()
                    await b.succeeds()

    asyncio.run(story())


def test_v05_our_bye_goes_to_the_caller_whatever_address_his_message_names() -> None:
    async def story() -> None:
        async with desk(INBOUND) as one:
            caller, victim = await bare_caller(one), await bare_caller(one, "127.0.0.3")
            away = {"Contact": f"<sip:x@127.0.0.3:{victim.port}>", "Record-Route": f"<sip:127.0.0.3:{victim.port};lr>"}
            caller.send(message(call="away", body=SDP, port=caller.port, replace=away))
            leg = (await one.next(CallOffered)).leg
            await one.gateway.answer(leg)
            assert (await caller.answer_to("away"))[0] == 200
            await one.gateway.hangup(leg)
            await one.next(CallEnded)
            await until(lambda: any(data.startswith(b"BYE ") for data in caller.heard), "our BYE")
            assert victim.heard == []
            caller.close()
            victim.close()

    asyncio.run(story())


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ((b"RTP/AVP", b"RTP/SAVP"), 488),
        ((b"RTP/AVP", b"UDP/TLS/RTP/SAVPF"), 488),
        ((b"RTP/AVP 0 101", b"RTP/AVP 111"), 488),
        ((b"c=IN IP4 127.0.0.1", b"c=IN IP4 224.1.2.3/127"), 488),
        ((b"c=IN IP4 127.0.0.1", b"c=IN IP4 255.255.255.255"), 488),
        ((b"c=IN IP4 127.0.0.1", b"c=IN IP4 victim.example"), 488),
        ((b"c=IN IP4 127.0.0.1", b"c=IN IP6 ::1"), 488),
        ((b"c=IN IP4 127.0.0.1\r\n", b""), 400),
        ((b"m=audio 40000", b"m=audio 0"), 488),
        ((b"m=audio 40000", b"m=audio 70000"), 400),
        ((b"m=audio 40000", b"m=audio x"), 400),
        ((b"v=0", b"v=1"), 400),
        ((b"m=audio 40000 RTP/AVP 0 101", b"m=video 40000 RTP/AVP 96"), 488),
    ],
)
def test_v05_a_description_that_we_do_not_take_is_refused(change: tuple[bytes, bytes], status: int) -> None:
    with pytest.raises(NotAcceptable) as refused:
        read_description(SDP.replace(*change).decode())
    assert refused.value.status == status
