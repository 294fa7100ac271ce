"""V02: who looks for accounts and open lines finds nothing out, and is soon not heard at all."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.attacks.sip_calls import bare_caller, raw_call
from tests.attacks.sip_torture import SDP, message
from tests.contracts.telephones import desk
from walletdesk.adapters.telephony.gateway_settings import GatewaySettings
from walletdesk.adapters.telephony.sip.porter import BAN_SECONDS, STRIKES, Answer, Drop, Pass, Porter, PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings

WIDE = PorterRules(listed=("10.0.0.0/8", "192.0.2.7"), numbers=("hotline",))
SCANNER, TRUNK = ("10.1.2.3", 5060), ("192.0.2.7", 5060)


def register(user: str, number: int = 1) -> bytes:
    address = f"<sip:{user}@127.0.0.1>"
    return message("REGISTER", "sip:127.0.0.1", call=f"r{number}", replace={"From": f"{address};tag=x", "To": address})


def test_v02_every_account_gets_the_same_answer() -> None:
    answers = set()
    for user in ("100", "101", "admin", "hotline", "walletdesk", "a%20b"):
        verdict = Porter(WIDE).judge(register(user), SCANNER, 1.0)
        assert isinstance(verdict, Answer)
        answers.add(verdict.data.split(b"\r\n")[0])
    assert answers == {b"SIP/2.0 403 Forbidden"}


def test_v02_brute_force_is_banned_for_an_hour() -> None:
    porter = Porter(WIDE)
    for at in range(STRIKES):
        assert isinstance(porter.judge(register("100", at), SCANNER, 1.0 + at), Answer)
    good = message(call="good", body=SDP)
    assert porter.judge(good, SCANNER, 20.0) == Drop("banned")
    assert isinstance(porter.judge(good, ("10.9.9.9", 5060), 20.0), Pass), "nobody else is"
    assert isinstance(porter.judge(good, SCANNER, 20.0 + BAN_SECONDS), Pass)


@pytest.mark.parametrize("name", ["friendly-scanner", "sipvicious", "SIPCLI/1.8", "VaxSIPUserAgent/3.1", "sundayddr"])
def test_v02_a_scanner_that_says_its_name_is_not_answered_once(name: str) -> None:
    porter = Porter(WIDE)
    for method in ("OPTIONS", "INVITE", "REGISTER"):
        data = message(method, call=method, more=(f"User-Agent: {name}",))
        assert isinstance(porter.judge(data, SCANNER, 1.0), Drop)
    assert porter.judge(message("OPTIONS", call="later"), SCANNER, 2.0) == Drop("banned")


def test_v02_a_forged_sender_cannot_shut_out_the_trunk() -> None:
    porter = Porter(WIDE)
    for at in range(STRIKES * 3):
        porter.judge(register("100", at), TRUNK, 1.0)
        porter.judge(message("OPTIONS", call=f"o{at}", more=("User-Agent: friendly-scanner",)), TRUNK, 1.0)
    assert isinstance(porter.judge(message(call="good", body=SDP), TRUNK, 2.0), Pass)


def test_v02_dialling_through_numbers_is_a_strike_each() -> None:
    porter = Porter(WIDE)
    for at in range(STRIKES):
        verdict = porter.judge(message(uri=f"sip:{9000 + at}@127.0.0.1", call=f"d{at}", body=SDP), SCANNER, 1.0)
        assert isinstance(verdict, Answer)
        assert verdict.status == 403
    assert porter.judge(message(call="good", body=SDP), SCANNER, 2.0) == Drop("banned")


def test_v02_a_flood_of_calls_is_told_when_to_come_back_and_its_echoes_the_same() -> None:
    porter = Porter(PorterRules(numbers=("hotline",), calls_a_second=10, calls_at_once=20))
    here = ("127.0.0.1", 5099)
    calls = [message(call=f"f{at}", body=SDP) for at in range(100)]
    verdicts = [porter.judge(data, here, 1.0) for data in calls]
    let_in = [isinstance(verdict, Pass) for verdict in verdicts]
    assert let_in == [True] * 20 + [False] * 80
    refused = verdicts[50]
    assert isinstance(refused, Answer)
    assert refused.data.startswith(b"SIP/2.0 503 ")
    assert b"\r\nRetry-After: 10\r\n" in refused.data
    echoes = [porter.judge(data, here, 3.0) for data in calls]
    assert [isinstance(verdict, Pass) for verdict in echoes] == let_in, "an echo does not use up the room of a new call"
    assert echoes[50] == refused
    assert isinstance(porter.judge(message(call="later", body=SDP), here, 3.0), Pass)


def test_v02_a_stranger_hears_nothing_and_a_listed_caller_is_served_meanwhile(tmp_path: Path) -> None:
    async def story() -> None:
        rules = PorterRules(listed=("127.0.0.1",), numbers=("hotline",))
        async with desk(GatewaySettings(line=LineSettings(port=0, rules=rules))) as one:
            stranger = await bare_caller(one, "127.0.0.2")
            for at in range(50):
                stranger.send(register("100", at))
                stranger.send(message("OPTIONS", call=f"o{at}", port=stranger.port))
                stranger.send(message(call=f"i{at}", body=SDP, port=stranger.port))
            listed = await bare_caller(one)
            listed.send(message("OPTIONS", call="ours", port=listed.port))
            assert (await listed.answer_to("ours", method="OPTIONS"))[0] == 200
            await raw_call(one)
            assert stranger.heard == []
            assert len([event for event in one.told if type(event).__name__ == "CallOffered"]) == 1
            stranger.close()
            listed.close()

    asyncio.run(story())
