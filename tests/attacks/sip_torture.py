"""Messages that try a SIP reader: the kinds that RFC 4475 speaks of, written here by hand, and endless seeded variations.

Each of the written ones says what may become of it: ``pass`` (read, and a call's own layers decide), a status, or ``drop``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

SDP = (
    b"v=0\r\no=mallory 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    b"m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
)


@dataclass(frozen=True)
class Trial:
    name: str
    data: bytes
    becomes: str


def message(
    method: str = "INVITE",
    uri: str = "sip:hotline@127.0.0.1",
    *,
    call: str = "torture",
    body: bytes = b"",
    replace: dict[str, str] | None = None,
    more: tuple[str, ...] = (),
    start: str = "",
    port: int = 5099,
) -> bytes:
    """A good message, with some fields replaced (or left out by an empty name) and others added as they stand."""
    fields = {
        "Via": f"SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{call}",
        "From": "<sip:mallory@127.0.0.1>;tag=m1",
        "To": "<sip:hotline@127.0.0.1>",
        "Call-ID": call,
        "CSeq": f"1 {method}",
        "Max-Forwards": "70",
        "Contact": f"<sip:mallory@127.0.0.1:{port}>",
        **({"Content-Type": "application/sdp"} if body else {}),
        "Content-Length": str(len(body)),
        **(replace or {}),
    }
    lines = [
        start or f"{method} {uri} SIP/2.0",
        *(f"{name}: {value}" for name, value in fields.items() if value != "-"),
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def trial(name: str, becomes: str, data: bytes | None = None, **about: object) -> Trial:
    about.setdefault("body", SDP)
    return Trial(name, data if data is not None else message(call=f"t-{name}", **about), becomes)  # type: ignore[arg-type]


def field(name: str, field: str, value: str, becomes: str) -> Trial:
    return trial(name, becomes, replace={field: value})


def written() -> list[Trial]:
    """The set written by hand."""
    return [
        *good_if_odd(),
        *fields_out_of_bounds(),
        *messages_out_of_shape(),
        *understood_and_refused(),
        *answers_to_nobody(),
    ]


def good_if_odd() -> list[Trial]:
    """Allowed, however strange."""
    return [
        trial("plain", "pass"),
        trial("folded", "pass", replace={"Subject": "one\r\n  two\r\n\tthree"}),
        trial("spaces-before-colon", "pass", replace={"CSeq": "-", "CSeq ": "1 INVITE"}),
        trial("odd-case", "pass", replace={"To": "-", "tO": "<sip:hotline@127.0.0.1>"}),
        field("escaped-quotes", "From", '"a \\" b \\\\" <sip:a%20b@127.0.0.1>;tag=1', "pass"),
        field("semicolon-in-user", "From", "<sip:user;par=u%40example.net@example.com>;tag=1", "pass"),
        field("unknown-parameters", "From", "sip:a@example.com;tag=1;unknown=yes;flag", "pass"),
        field("spaced-via", "Via", "SIP  / 2.0\r\n /UDP\r\n    127.0.0.1;branch=z9hG4bKspaced", "pass"),
        trial("two-vias", "pass", more=("Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK2, SIP/2.0/UDP 192.0.2.8",)),
        trial("unknown-fields", "pass", more=('NewFangled: yes;;,,;=;"quoted"', "X-" + "y" * 200 + ": z")),
        trial("leading-line-ends", "pass", b"\r\n\r\n" + message(call="t-crlf", body=SDP)),
        trial("more-after-the-body", "pass", message(call="t-extra", body=SDP) + b"INVITE sip:x SIP/2.0\r\n"),
        field("largest-cseq", "CSeq", "2147483647 INVITE", "pass"),
        trial("ack-to-nothing", "pass", method="ACK"),
        trial("bye-to-nothing", "pass", method="BYE", body=b""),
    ]


def fields_out_of_bounds() -> list[Trial]:
    """Fields that are wrong, missing or twice there."""
    return [
        field("cseq-of-another-method", "CSeq", "1 OPTIONS", "400"),
        field("cseq-too-large", "CSeq", "9292394834772304023312 INVITE", "400"),
        field("cseq-negative", "CSeq", "-1 INVITE", "400"),
        field("too-many-hops", "Max-Forwards", "0", "483"),
        field("hops-too-large", "Max-Forwards", "300", "400"),
        field("hops-negative", "Max-Forwards", "-1", "400"),
        field("length-too-large", "Content-Length", "9999", "400"),
        field("length-negative", "Content-Length", "-999", "400"),
        field("length-no-number", "Content-Length", "twelve", "400"),
        field("open-quotes", "To", '"Mr. J. User <sip:j.user@example.com>', "400"),
        field("open-brackets", "To", "<sip:j.user@example.com", "400"),
        field("comma-without-quotes", "From", "Bell, Alexander <sip:a.g.bell@example.com>;tag=43", "400"),
        field("no-tag", "From", "<sip:mallory@127.0.0.1>", "400"),
        field("no-address", "From", "mallory", "400"),
        trial("no-call-id", "drop", replace={"Call-ID": "-"}),
        trial("no-via", "drop", replace={"Via": "-"}),
        trial("no-to", "drop", replace={"To": "-"}),
        trial("no-contact", "400", replace={"Contact": "-"}),
        field("contact-star", "Contact", "*", "400"),
        trial("two-contacts", "400", more=("Contact: <sip:other@127.0.0.1>",)),
        trial("two-from", "400", more=("From: <sip:eve@127.0.0.1>;tag=e",)),
        trial("two-cseq", "400", more=("CSeq: 2 INVITE",)),
        trial("two-lengths", "400", more=("Content-Length: 5",)),
    ]


def messages_out_of_shape() -> list[Trial]:
    """Start lines, characters and sizes."""
    return [
        field("via-of-another-version", "Via", "SIP/7.0/UDP 127.0.0.1;branch=z9hG4bKx", "drop"),
        field("via-without-host", "Via", "SIP/2.0/UDP ;branch=z9hG4bKx", "drop"),
        trial("uri-in-brackets", "400", start="INVITE <sip:hotline@127.0.0.1> SIP/2.0"),
        trial("uri-with-space", "400", start="INVITE sip:hot line@127.0.0.1 SIP/2.0"),
        trial("uri-with-headers", "400", start="INVITE sip:hotline@127.0.0.1?Replaces=1 SIP/2.0"),
        trial("spaces-in-start-line", "400", start="INVITE  sip:hotline@127.0.0.1  SIP/2.0"),
        trial("space-behind-start-line", "400", start="INVITE sip:hotline@127.0.0.1 SIP/2.0  "),
        trial("uri-of-no-scheme-we-know", "416", uri="soap.beep://192.0.2.103:3002"),
        trial("uri-that-is-nothing", "400", uri="nobodyKnowsThisScheme"),
        trial("another-version", "drop", start="INVITE sip:hotline@127.0.0.1 SIP/7.0"),
        trial("http", "drop", b"GET / HTTP/1.1\r\nHost: 127.0.0.1:5060\r\nUser-Agent: curl\r\n\r\n"),
        trial("only-line-feeds", "drop", message(call="t-lf", body=SDP).replace(b"\r\n", b"\n")),
        trial("nothing", "drop", b""),
        trial("keep-alive", "drop", b"\r\n\r\n"),
        trial("zeros", "drop", b"\x00" * 700),
        trial("zero-in-a-field", "400", replace={"Subject": "a\x00b"}),
        trial(
            "not-utf-8",
            "400",
            message(call="t-latin", body=SDP).replace(b"Max-Forwards", b"Subject: \xff\xfe\r\nMax-Forwards"),
        ),
        trial("too-long", "drop", message(call="t-long", body=SDP, more=("X-Long: " + "a" * 9_000,))),
        trial("a-thousand-fields", "drop", message(call="t-many", body=SDP, more=("A: b",) * 1_000)),
        trial("a-long-line", "drop", message(call="t-line", body=SDP, more=("X: " + "a" * 5_000,))),
        trial("a-hundred-vias", "400", more=("Via: " + ", ".join(["SIP/2.0/UDP 192.0.2.1"] * 60),)),
    ]


def understood_and_refused() -> list[Trial]:
    """Well said, and not done here."""
    return [
        trial("unknown-extension", "420", replace={"Require": "nothingSupportsThis, nothingSupportsThisEither"}),
        trial("reliable-ringing-demanded", "420", replace={"Require": "100rel"}),
        trial("unknown-method", "405", method="NEWMETHOD"),
        trial("odd-method", "405", method="!interesting-Method0123456789_*+`.%indeed'~", body=b""),
        trial("message", "405", method="MESSAGE", replace={"Content-Type": "text/plain"}),
        trial("register", "403", method="REGISTER", body=b""),
        trial("refer", "403", method="REFER", body=b"", more=("Refer-To: <sip:+19005550100@192.0.2.1>",)),
        trial("another-number", "403", uri="sip:+19005550100@127.0.0.1"),
        trial("no-number", "403", uri="sip:127.0.0.1"),
        trial("body-of-another-kind", "415", replace={"Content-Type": "application/unknown"}),
        trial("many-parts", "415", replace={"Content-Type": "multipart/mixed;boundary=x"}),
        trial("body-in-code", "415", replace={"Content-Encoding": "gzip"}),
        trial("options", "200", method="OPTIONS", body=b""),
    ]


def answers_to_nobody() -> list[Trial]:
    """Responses."""
    return [
        trial("answer-to-nobody", "pass", start="SIP/2.0 200 OK"),
        trial("answer-with-two-vias", "drop", start="SIP/2.0 200 OK", more=("Via: SIP/2.0/UDP 192.0.2.1",)),
        trial("answer-of-a-strange-status", "drop", start="SIP/2.0 4294967301 better not break the receiver"),
        trial("answer-of-no-status", "drop", start="SIP/2.0 099 low"),
    ]


def variations(seed: int, number: int, port: int = 5099) -> Iterator[bytes]:
    """Good messages of all kinds, damaged one to three times each. The same seed gives the same messages."""
    dice = Random(seed)
    kinds = ("INVITE", "INVITE", "ACK", "BYE", "CANCEL", "INFO", "OPTIONS", "REFER", "REGISTER", "answer")
    for at in range(number):
        kind = dice.choice(kinds)
        start = f"SIP/2.0 {dice.choice([100, 180, 200, 302, 401, 487, 500])} OK" if kind == "answer" else ""
        data = message(
            "INVITE" if kind == "answer" else kind,
            call=f"v{seed}-{at}",
            body=SDP if kind in ("INVITE", "answer") else b"",
            start=start,
            port=port,
            replace={"To": f"<sip:hotline@127.0.0.1>{dice.choice(['', '', ';tag=t1'])}"},
        )
        for _ in range(dice.choice([1, 1, 1, 2, 3])):
            data = _damaged(data, dice)
        yield data[:60_000]


ODD = (
    *(
        b"\x00",
        b"\r\n",
        b"\r\n\r\n",
        b"\n",
        b"\r",
        b"\t",
        b" ",
        b'"',
        b"<",
        b">",
        b";",
        b",",
        b":",
        b"@",
        b"%",
        b"\\",
        b"=",
        b"[",
    ),
    *(
        b"\xff",
        b"\xe4\xb8\xad",
        b"%00",
        b"sip:",
        b"tel:+1",
        b"-1",
        b"0",
        b"99999999999999999999",
        b"4294967296",
        b"z9hG4bK",
    ),
    *(
        b";tag=",
        b";rport",
        b";received=192.0.2.1",
        b";maddr=224.0.0.1",
        b";lr",
        b"*",
        b"0.0.0.0",
        b"[::1]",
        b"c=IN IP6 ::1\r\n",
    ),
    *(
        b"m=audio 0 RTP/AVP 0\r\n",
        b"a=rtpmap:0 PCMU/0\r\n",
        b"Require: x\r\n",
        b"Route: <sip:192.0.2.1;lr>\r\n",
        b"A" * 3_000,
    ),
)


def _damaged(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    what = dice.randrange(8)
    if what == 0:
        return data[:at] + dice.choice(ODD) + data[at:]
    if what == 1:
        return data[:at] + data[at + dice.randint(1, 30) :]
    if what == 2:
        return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
    if what == 3:
        return data[:at]
    lines = data.split(b"\r\n")
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    if what == 4:
        lines[one], lines[two] = lines[two], lines[one]
    elif what == 5:
        lines.insert(one, lines[two])
    elif what == 6:
        del lines[one]
    else:
        name, colon, _ = lines[one].partition(b":")
        lines[one] = name + colon + dice.choice(ODD) * dice.randint(1, 40)
    return b"\r\n".join(lines)
