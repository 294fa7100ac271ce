"""V03: nobody who calls in can make us call out: not by a number, a transfer, a redirection, or keys."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path

import pytest

from tests.attacks.sip_calls import bare_caller
from tests.attacks.sip_torture import SDP, message
from tests.contracts.telephones import desk, free_port, phone, sipp
from walletdesk.adapters.telephony.dial_plan import DialPlan
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings, Trunk
from walletdesk.service.hotline.ports import GatewayRefused, TelephoneLine
from walletdesk.service.hotline.rules.gateway_words import CallAnswered, CallEnded, CallOffered, Digit

RULES = PorterRules(numbers=("hotline",))
INBOUND = GatewaySettings(line=LineSettings(port=0, rules=RULES))


@pytest.mark.parametrize(
    "number", ["+19005550100", "00441905550100", "9001", "*72*13800138000", "+8613800138000", "hotline2"]
)
def test_v03_an_invite_to_any_number_but_ours_is_forbidden(number: str) -> None:
    async def story() -> None:
        async with desk(INBOUND) as one:
            caller = await bare_caller(one)
            caller.send(message(uri=f"sip:{number}@127.0.0.1", call="out", body=SDP, port=caller.port))
            assert (await caller.answer_to("out"))[0] == 403
            assert one.told == one.told[:1], "nobody was told of a call"
            caller.close()

    asyncio.run(story())


def test_v03_refer_inside_a_call_and_outside_is_forbidden_and_the_call_stands() -> None:
    async def story() -> None:
        async with desk(INBOUND) as one:
            caller = await bare_caller(one)
            caller.send(message(call="in", body=SDP, port=caller.port))
            leg = (await one.next(CallOffered)).leg
            await one.gateway.answer(leg)
            _, answer = await caller.answer_to("in")
            tag = re.search(rb"\r\n[Tt]o: [^\r]*;tag=([^\r;]+)", answer)
            assert tag
            to = {"To": f"<sip:hotline@127.0.0.1>;tag={tag[1].decode()}"}
            caller.send(message("ACK", call="in", port=caller.port, replace=to))
            await one.next(CallAnswered)
            away = "Refer-To: <sip:+19005550100@192.0.2.1>"
            inside = {**to, "CSeq": "2 REFER", "Via": f"SIP/2.0/UDP 127.0.0.1:{caller.port};branch=z9hG4bKr"}
            caller.send(message("REFER", call="in", port=caller.port, replace=inside, more=(away,)))
            assert (await caller.answer_to("in", method="REFER"))[0] == 403
            caller.send(message("REFER", call="outside", port=caller.port, more=(away,)))
            assert (await caller.answer_to("outside", method="REFER"))[0] == 403
            assert not one.of(CallEnded, leg)
            caller.close()

    asyncio.run(story())


@pytest.mark.skipif(not shutil.which("sipp"), reason="sipp (sip-tester) is not installed")
def test_v03_star_codes_are_digits_and_nothing_is_dialled(tmp_path: Path) -> None:
    async def story() -> None:
        async with sipp("answers_until_bye", tmp_path, rtp=free_port()) as trunk:
            line = LineSettings(port=0, rules=RULES, trunk=Trunk("127.0.0.1", trunk.port))
            async with desk(GatewaySettings(line=line, dial_plan=DialPlan(("+86",)))) as one:
                with phone() as caller:
                    async with sipp("caller", tmp_path, one.address, rtp=caller.port) as called:
                        leg = (await one.next(CallOffered)).leg
                        await one.gateway.answer(leg)
                        await one.next(CallAnswered)
                        caller.key("*72#*900")
                        keyed = "".join([(await one.next(Digit)).digit for _ in range(8)])
                        assert keyed == "*72#*900"
                        await one.gateway.hangup(leg)
                        await called.succeeds()
                assert trunk.process.returncode is None, "the trunk was never called"

    asyncio.run(story())


def test_v03_the_dial_plan_knows_whole_numbers_only() -> None:
    plan = DialPlan(("+86", "+852"), ("+8690", "+852900"), frozenset({"+8610"}))
    allowed = ("+8613800138000", "+85221234567")
    refused = (
        "+19005550100",
        "+869012345678",
        "+85290012345",
        "8613800138000",
        "+86",
        "+86138001380001234567",
        "+86138x",
    )
    assert [plan.may_call(number) for number in allowed] == [True, True]
    assert not any(plan.may_call(number) for number in refused)
    assert not DialPlan().may_call("+8613800138000"), "without a plan nothing is dialled"


def test_v03_a_call_is_handed_over_to_listed_numbers_only() -> None:
    async def story() -> None:
        line = LineSettings(port=0, rules=RULES, trunk=Trunk("127.0.0.1", free_port()))
        plan = DialPlan(("+86",), (), frozenset({"+861012345"}))
        async with desk(GatewaySettings(line=line, dial_plan=plan)) as one:
            with pytest.raises(GatewayRefused, match="not_capable"):
                await one.gateway.transfer("any", TelephoneLine("+19005550100", ""))

    asyncio.run(story())
