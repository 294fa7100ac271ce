"""Rings, refusals and nonsense of pages: what ``BrowserLegs`` answers before any sound is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserLegs, BrowserSettings, RtpAddress
from walletdesk.adapters.telephony.webrtc.offers import usable
from walletdesk.service.hotline.ports import CallEnded, CallOffered, GatewayEvent, OriginateResult

OFFER = "\r\n".join(
    [
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=group:BUNDLE 0",
        "m=audio 9 UDP/TLS/RTP/SAVPF 0",
        "c=IN IP4 0.0.0.0",
        "a=rtpmap:0 PCMU/8000",
        "a=mid:0",
        "a=ice-ufrag:abcd",
        "a=ice-pwd:0123456789abcdef01234567",
        "a=fingerprint:sha-256 00:11",
        "a=candidate:1 1 udp 1 192.0.2.9 5000 typ host",
        "",
    ]
)
AGENT, CALLER = "agent:1024:window", "caller:lin"


class Bench:
    """Legs whose carriers never start, what they told the hotline, and what they told each page."""

    def __init__(self, **settings: Any) -> None:
        self.told: list[tuple[str, dict[str, Any]]] = []
        self.legs = BrowserLegs(self._no_media, self._send, BrowserSettings(**settings))

    async def _no_media(self, leg: str, browser: RtpAddress) -> RtpAddress:
        raise AssertionError("no sound is made here")

    async def _send(self, seat: str, word: dict[str, Any]) -> None:
        self.told.append((seat, word))

    async def next(self) -> GatewayEvent:
        return await asyncio.wait_for(anext(self.legs.events()), 10)

    async def called(self, seat: str = CALLER) -> str:
        await self.legs.hear(seat, {"type": "offer", "sdp": OFFER, "leg": "", "language": "en"})
        offered = await self.next()
        assert isinstance(offered, CallOffered)
        return offered.leg


def run(story: Callable[[Bench], Coroutine[Any, Any, None]], **settings: Any) -> None:
    async def through() -> None:
        await story(Bench(**settings))

    asyncio.run(through())


def test_a_call_from_a_page_is_offered_with_its_token_and_language() -> None:
    async def story(bench: Bench) -> None:
        await bench.legs.hear(CALLER, {"type": "offer", "sdp": OFFER, "leg": "", "language": "en"})
        offered = await bench.next()
        assert isinstance(offered, CallOffered)
        assert (offered.kind, offered.token, offered.language, offered.number) == ("browser", "lin", "en", "")

    run(story)


def test_the_same_page_calling_twice_has_one_call() -> None:
    async def story(bench: Bench) -> None:
        leg = await bench.called()
        await bench.legs.hear(CALLER, {"type": "offer", "sdp": OFFER, "leg": "", "language": "en"})
        await bench.legs.hangup(leg)
        assert await bench.next() == CallEnded(leg, "ended_by_us")

    run(story)


def test_a_declined_ring_is_refused() -> None:
    async def story(bench: Bench) -> None:
        await bench.legs.originate("out", AGENT, ring_seconds=20)
        assert bench.told == [(AGENT, {"type": "ring", "leg": "out", "seconds": 20})]
        await bench.legs.hear(AGENT, {"type": "decline", "leg": "out"})
        assert await bench.next() == OriginateResult("out", "refused")
        assert await bench.next() == CallEnded("out", "refused")

    run(story)


def test_a_ring_that_nobody_takes_ends_by_itself() -> None:
    async def story(bench: Bench) -> None:
        await bench.legs.originate("out", AGENT, ring_seconds=0)
        assert await bench.next() == OriginateResult("out", "no_answer")
        assert await bench.next() == CallEnded("out", "no_answer")

    run(story)


def test_a_page_that_said_goodbye_is_not_rung_until_it_is_back() -> None:
    async def story(bench: Bench) -> None:
        await bench.legs.hear(AGENT, {"type": "gone"})
        await bench.legs.originate("one", AGENT, ring_seconds=20)
        assert await bench.next() == OriginateResult("one", "unreachable")
        assert await bench.next() == CallEnded("one", "unreachable")
        await bench.legs.hear(AGENT, {"type": "here"})
        await bench.legs.originate("two", AGENT, ring_seconds=20)
        assert bench.told[-1] == (AGENT, {"type": "ring", "leg": "two", "seconds": 20})

    run(story)


def test_one_window_one_call() -> None:
    async def story(bench: Bench) -> None:
        await bench.legs.originate("one", AGENT, ring_seconds=20)
        await bench.legs.originate("two", AGENT, ring_seconds=20)
        assert await bench.next() == OriginateResult("two", "busy")

    run(story)


def test_a_page_cannot_touch_another_pages_call() -> None:
    async def story(bench: Bench) -> None:
        leg = await bench.called()
        for word in ("hangup", "decline", "offer"):
            await bench.legs.hear("agent:0387:other", {"type": word, "leg": leg, "sdp": OFFER})
        assert bench.legs.owns(leg)
        assert bench.told[-1][1]["reason"] == "no_such_call"

    run(story)


def test_a_full_house_says_when_to_come_back() -> None:
    async def story(bench: Bench) -> None:
        await bench.called()
        await bench.legs.hear("caller:wu", {"type": "offer", "sdp": OFFER})
        assert bench.told == [("caller:wu", {"type": "ended", "leg": "", "reason": "busy", "retry_after": 30})]

    run(story, legs=1)


def test_a_refused_call_is_told_why_and_ends_once() -> None:
    async def story(bench: Bench) -> None:
        leg = await bench.called()
        await bench.legs.reject(leg, busy=True, retry_after=12)
        await bench.legs.reject(leg, busy=True)
        assert await bench.next() == CallEnded(leg, "ended_by_us")
        assert bench.told == [(CALLER, {"type": "ended", "leg": leg, "reason": "busy", "retry_after": 12})]

    run(story)


def test_a_caller_who_leaves_before_we_answer_has_cancelled() -> None:
    async def story(bench: Bench) -> None:
        leg = await bench.called()
        await bench.legs.hear(CALLER, {"type": "gone"})
        assert await bench.next() == CallEnded(leg, "cancelled")

    run(story)


@pytest.mark.parametrize("word", [{}, {"type": "ring"}, {"type": None}, {"type": "offer", "sdp": 7}])
def test_nonsense_is_answered_and_does_nothing(word: dict[str, Any]) -> None:
    async def story(bench: Bench) -> None:
        await bench.legs.hear(CALLER, word)
        assert [word["type"] for _, word in bench.told] == ["again"]
        assert not bench.legs._legs

    run(story)


def changed(old: str, new: str) -> str:
    assert old in OFFER
    return OFFER.replace(old, new)


@pytest.mark.parametrize(
    ("offer", "taken"),
    [
        (OFFER, True),
        (changed("PCMU/8000", "opus/48000/2"), True),
        (changed("PCMU/8000", "G729/8000"), False),
        (changed("a=fingerprint:sha-256 00:11\r\n", ""), False),
        (changed("a=ice-ufrag:abcd\r\n", ""), False),
        (changed("m=audio", "m=video"), False),
        (OFFER + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n", False),
        (OFFER + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", False),
        (OFFER + "a=candidate:1 1 udp 1 192.0.2.9 5000 typ host\r\n" * 40, False),
        (OFFER + "a=x:" + "y" * 70_000 + "\r\n", False),
        ("", False),
        (None, False),
        ({"sdp": OFFER}, False),
    ],
)
def test_which_offers_are_taken(offer: object, taken: bool) -> None:
    assert usable(offer) is taken
