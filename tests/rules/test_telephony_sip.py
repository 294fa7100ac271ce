"""The pure parts of the telephone line: addresses, lists, descriptions of sound, digits in INFO."""

from __future__ import annotations

import pytest

from walletdesk.adapters.telephony.gateway_settings import read_trunk
from walletdesk.adapters.telephony.sip.grammar import parameters, read_address, read_uri, read_via, split_list
from walletdesk.adapters.telephony.sip.keypad import Key, read_key
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.session import Ours, read_description, write_answer, write_offer
from walletdesk.adapters.telephony.sip.settings import LineSettings, Trunk

OURS = Ours("10.0.0.1", 20_000, 7)


def offer(media: str, *lines: str, connection: str = "IN IP4 192.0.2.5") -> str:
    return "\r\n".join(["v=0", "o=- 1 1 IN IP4 192.0.2.5", "s=-", f"c={connection}", "t=0 0", f"m={media}", *lines, ""])


@pytest.mark.parametrize(
    ("text", "uri", "after"),
    [
        ("<sip:a@b>;tag=1", "sip:a@b", ";tag=1"),
        ("sip:a@b;tag=1", "sip:a@b", ";tag=1"),
        ('"A, \\"B\\" <x>" <sip:a@b;lr>', "sip:a@b;lr", ""),
        ("Alice Bell <sip:a@b> ;tag=1", "sip:a@b", ";tag=1"),
    ],
)
def test_an_address_is_parted_from_what_stands_around_it(text: str, uri: str, after: str) -> None:
    assert read_address(text) == (uri, after)


@pytest.mark.parametrize("text", ['"open <sip:a@b>', "<sip:a@b", "Bell, Alex <sip:a@b>", '"a" sip:a@b', "<sip:a@b>x"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_address(text)


def test_lists_are_parted_at_their_own_commas_only() -> None:
    assert split_list('<sip:a,b@c>, "x,y" <sip:d@e> ,f') == ["<sip:a,b@c>", '"x,y" <sip:d@e>', "f"]


@pytest.mark.parametrize(
    "text", ["sip:", "sip:@h", "sip:a@", "sip:a@b:0", "sip:a@b:70000", "sip:a@b c", "sip:a@[::x]", "a@b", "mailto:a@b"]
)
def test_what_is_no_uri_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_uri(text)


def test_a_uri_and_a_hop_are_read() -> None:
    assert (read_uri("sip:a;x=1:pw@h.example:5070;lr").user, read_uri("sip:a@[::1]:5070").host) == ("a", "[::1]")
    assert read_via("SIP / 2.0 / UDP h.example:5070 ;branch=z;rport") == (
        "h.example",
        5070,
        {"branch": "z", "rport": ""},
    )
    assert read_via("SIP/2.0/UDP h;branch=z")[1] == 5060  # type: ignore[index]
    with pytest.raises(ValueError, match="bad parameter"):
        parameters(";a=1;a=2")


@pytest.mark.parametrize(
    ("media", "lines", "codec", "number", "events", "ptime"),
    [
        ("audio 4000 RTP/AVP 0 8 101", ["a=rtpmap:101 telephone-event/8000"], "PCMU", 0, 101, 20),
        ("audio 4000 RTP/AVP 8 0", [], "PCMA", 8, None, 20),
        ("audio 4000 RTP/AVP 18 8 96", ["a=rtpmap:96 telephone-event/8000", "a=ptime:30"], "PCMA", 8, 96, 30),
        ("audio 4000 RTP/AVP 97", ["a=rtpmap:97 PCMU/8000"], "PCMU", 97, None, 20),
        (
            "audio 4000 RTP/AVP 111 0 100",
            ["a=rtpmap:111 opus/48000/2", "a=rtpmap:100 telephone-event/48000"],
            "PCMU",
            0,
            None,
            20,
        ),
        ("audio 4000 RTP/AVP 0", ["a=ptime:7"], "PCMU", 0, None, 20),
    ],
)
def test_the_first_codec_that_both_know_is_agreed(
    media: str, lines: list[str], codec: str, number: int, events: int | None, ptime: int
) -> None:
    theirs = read_description(offer(media, *lines))
    assert (theirs.codec, theirs.payload_type, theirs.events, theirs.ptime) == (codec, number, events, ptime)
    again = read_description(write_answer(theirs, OURS))
    assert (again.codec, again.payload_type, again.events, again.ptime) == (codec, number, events, ptime)


@pytest.mark.parametrize(
    ("lines", "connection", "held", "they_send", "ours"),
    [
        ([], "IN IP4 192.0.2.5", False, True, "sendrecv"),
        (["a=sendonly"], "IN IP4 192.0.2.5", True, True, "recvonly"),
        (["a=inactive"], "IN IP4 192.0.2.5", True, False, "inactive"),
        (["a=recvonly"], "IN IP4 192.0.2.5", False, False, "sendonly"),
        ([], "IN IP4 0.0.0.0", True, False, "sendrecv"),
    ],
)
def test_hold_is_understood_in_all_its_forms(
    lines: list[str], connection: str, held: bool, they_send: bool, ours: str
) -> None:
    theirs = read_description(offer("audio 4000 RTP/AVP 0", *lines, connection=connection))
    assert (theirs.held, theirs.they_send) == (held, they_send)
    assert f"a={ours}" in write_answer(theirs, OURS)


def test_streams_that_we_do_not_take_are_declined_in_their_place() -> None:
    text = offer("video 5000 RTP/AVP 96", "m=audio 4000 RTP/AVP 0", "m=image 5002 udptl t38")
    answer = write_answer(read_description(text), OURS).splitlines()
    media = [line for line in answer if line.startswith("m=")]
    assert media == ["m=video 0 RTP/AVP 96", "m=audio 20000 RTP/AVP 0", "m=image 0 udptl t38"]


def test_our_offer_names_both_codecs_and_inside_a_call_only_what_was_agreed() -> None:
    assert "m=audio 20000 RTP/AVP 0 8 101" in write_offer(OURS)
    held = read_description(offer("audio 4000 RTP/AVP 8 97", "a=rtpmap:97 telephone-event/8000", "a=sendonly"))
    again = write_offer(OURS, like=held)
    assert "m=audio 20000 RTP/AVP 8 97" in again
    assert "a=sendrecv" in again


@pytest.mark.parametrize(
    ("kind", "body", "key"),
    [
        ("application/dtmf-relay", "Signal=5\r\nDuration=250\r\n", Key("5", 250)),
        ("application/dtmf-relay; charset=utf-8", " signal = * \n", Key("*", 160)),
        ("application/dtmf-relay", "Signal=11\rDuration=160", Key("#", 160)),
        ("APPLICATION/DTMF", " 7 \r\n", Key("7", 160)),
        ("application/dtmf-relay", "Signal=D", None),
        ("application/dtmf-relay", "Duration=160", None),
        ("application/dtmf", "77", None),
        ("text/plain", "7", None),
        ("application/dtmf", "7" * 2_000, None),
    ],
)
def test_a_key_in_info(kind: str, body: str, key: Key | None) -> None:
    assert read_key(kind, body) == key


def test_a_trunk_is_read_from_one_line_of_settings() -> None:
    assert read_trunk("") is None
    assert read_trunk("sip://10.0.0.9") == Trunk("10.0.0.9")
    whole = read_trunk("sip://desk:p%40ss@trunk.example:5070/carrier.example?expires=120&register=0")
    assert whole == Trunk("trunk.example", 5070, "desk", "p@ss", "carrier.example", 120, register=False)
    with pytest.raises(ValueError, match="not a trunk"):
        read_trunk("https://trunk.example")
    assert not Trunk("10.0.0.9").registers


def test_bound_to_everything_we_must_be_told_our_name() -> None:
    with pytest.raises(ValueError, match="HOTLINE_PUBLIC_HOST"):
        LineSettings(host="0.0.0.0")
    assert LineSettings(host="0.0.0.0", public_host="192.0.2.1", rules=PorterRules()).shown_host == "192.0.2.1"
