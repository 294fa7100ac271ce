"""What any provider of text messages must keep: asked of the sandbox's own adapter, the Twilio-style and the Aliyun-style one."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from signal import SIGKILL
from typing import ClassVar

import httpx
import pytest

from tests.contracts.practice_post import PostOffice, post_office
from walletdesk.adapters.sms.aliyun_style import AliyunStyleSms
from walletdesk.adapters.sms.choice import SmsNotConfigured, provider
from walletdesk.adapters.sms.sandbox import SandboxSms
from walletdesk.adapters.sms.twilio_style import TwilioStyleSms
from walletdesk.service.notifications.ports import Answer, SmsProvider, SmsSent, SmsText

PATIENCE, HASTE = 30.0, 0.6
"""Seconds. Only who waits for a provider that is silent is hasty, so that a busy machine fails nothing."""
TO = "+8613800002046"
TEMPLATES = "code.zh-hans=SMS_100,code.en=SMS_101,alert.en=SMS_201"
SETTINGS = {
    "sandbox": {},
    "twilio": {"account": "AC" + "0" * 32, "token": "sandbox-token", "sender": "+15550001000"},
    "aliyun": {
        "key_id": "sandbox-key",
        "secret": "sandbox-secret",
        "sign_name": "Walletdesk",
        "templates": TEMPLATES,
    },
}
LOST_REQUEST, LOST_ANSWER, LATE = {"lose_request": True}, {"lose_answer": True}, {"latency_ms": 1_500}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostOffice]:
    with post_office(tmp_path_factory.mktemp("post")) as running:
        yield running


class _Heard(BaseHTTPRequestHandler):
    calls: ClassVar[list[tuple[str, bytes]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.calls.append((self.headers["X-Post-Signature"], body))
        self.send_response(self.answers.pop(0) if self.answers else 204)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Nothing."""


def test_the_practice_post_tells_by_itself_signed_and_again_when_it_came_too_early(
    tmp_path: Path,
) -> None:
    _Heard.answers[:] = [409]
    listening = HTTPServer(("127.0.0.1", 0), _Heard)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    with post_office(tmp_path, "both know it") as office:
        office.fault(then="lost")
        here = f"http://127.0.0.1:{listening.server_port}/"
        sms = SandboxSms(office.url, 5.0, here, "both know it")
        text = SmsText(str(uuid.uuid4()), TO, "Walletdesk: 123456", "code", {}, "en")
        assert sms.send(text).outcome == "taken"
        ends = time.monotonic() + 20
        while len(_Heard.calls) < 2 and time.monotonic() < ends:
            time.sleep(0.02)
        told = [sms.receipt(*call, datetime.now(UTC)) for call in _Heard.calls]
        assert [(one.reference, one.state, one.code) for one in told if one] == [
            (text.reference, "lost", "absent_subscriber")
        ] * 2
        sms.close()
    listening.shutdown()


@dataclass
class Bench:
    office: PostOffice
    carrier: SmsProvider
    in_haste: SmsProvider

    def sent(self, text: SmsText, answer: Answer) -> SmsSent:
        return SmsSent(text.reference, answer.reference, text.to, datetime.now(UTC))


@pytest.fixture(params=list(SETTINGS))
def bench(request: pytest.FixtureRequest, office: PostOffice) -> Iterator[Bench]:
    office.all_well()
    settings = SETTINGS[request.param] | {"url": office.url}
    carriers = [provider(request.param, settings, deadline) for deadline in (PATIENCE, HASTE)]
    yield Bench(office, *carriers)
    for carrier in carriers:
        carrier.close()  # type: ignore[attr-defined]
    if office.process is None:
        office.start()
    office.all_well()


def a_text(code: str = "493027", to: str = TO, template: str = "code") -> SmsText:
    said = f"Walletdesk: {code} to sign in"
    return SmsText(str(uuid.uuid4()), to, said, template, {"code": code, "minutes": "10"}, "en")


def test_a_text_arrives_with_its_code_and_the_provider_says_so(bench: Bench) -> None:
    code = f"{uuid.uuid4().int % 10**6:06d}"
    text = a_text(code)
    answer = bench.carrier.send(text)
    assert (answer.outcome, answer.gone) == ("taken", False)
    assert answer.reference
    (came, *_) = bench.office.received(TO)
    assert code in came["words"]
    assert bench.carrier.whereabouts(bench.sent(text, answer)) == "delivered"


@pytest.mark.parametrize(("then", "seen"), [("queued", "on_its_way"), ("lost", "lost"), ("delivered", "delivered")])
def test_where_a_text_is(bench: Bench, then: str, seen: str) -> None:
    bench.office.fault(then=then)
    text = a_text()
    answer = bench.carrier.send(text)
    assert bench.carrier.whereabouts(bench.sent(text, answer)) == seen


@pytest.mark.parametrize(
    ("fault", "outcome", "came"),
    [
        ({"decline": True}, "for_good", 0),
        ({"busy": True}, "for_now", 0),
        ({"down": True}, "for_now", 0),
        ({"broken": True}, "answer_lost", 0),
        (LOST_REQUEST, "answer_lost", 0),
        (LOST_ANSWER, "answer_lost", 1),
        (LATE, "answer_lost", 1),
    ],
)
def test_what_goes_wrong_is_never_guessed(bench: Bench, fault: dict[str, object], outcome: str, came: int) -> None:
    code = f"{uuid.uuid4().int % 10**6:06d}"

    def arrived() -> int:
        return sum(code in one["words"] for one in bench.office.received(TO))

    bench.office.fault(**fault)
    carrier = bench.in_haste if fault in (LOST_REQUEST, LOST_ANSWER, LATE) else bench.carrier
    assert carrier.send(a_text(code)).outcome == outcome
    bench.office.all_well()
    ends = time.monotonic() + PATIENCE
    while arrived() < came:  # what was asked for too late is done all the same: the very reason not to send it twice
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.02)
    assert arrived() == came


def test_nobody_there_means_that_nothing_was_sent(bench: Bench) -> None:
    bench.office.end(SIGKILL)
    assert bench.carrier.send(a_text()).outcome == "not_reached"
    assert bench.carrier.whereabouts(SmsSent("x", "y", TO, datetime.now(UTC))) == "on_its_way"
    bench.office.start()
    assert bench.carrier.send(a_text()).outcome == "taken"


def test_a_number_that_is_none_is_refused_for_good(bench: Bench) -> None:
    assert bench.carrier.send(a_text(to="+0123")).outcome == "for_good"


def test_a_question_about_an_unknown_text_is_answered_patiently(bench: Bench) -> None:
    assert bench.carrier.whereabouts(SmsSent("x", "nobody", TO, datetime.now(UTC))) == "on_its_way"


def test_our_own_dialect_takes_a_reference_once(office: PostOffice) -> None:
    carrier, text = SandboxSms(office.url, PATIENCE), a_text(f"{uuid.uuid4().int % 10**8:08d}")
    first, second = carrier.send(text), carrier.send(text)
    assert (first.outcome, second.outcome) == ("taken", "taken")
    assert first.reference == second.reference
    assert sum(text.text == one["words"] for one in office.received(TO)) == 1


@pytest.mark.parametrize(
    "carrier",
    [
        lambda url: TwilioStyleSms("AC" + "0" * 32, "another token", "+15550001000", url, PATIENCE),
        lambda url: AliyunStyleSms("sandbox-key", "another secret", "W", {"code.en": "SMS_1"}, url, PATIENCE),
        lambda url: AliyunStyleSms("another-key", "sandbox-secret", "W", {"code.en": "SMS_1"}, url, PATIENCE),
    ],
)
def test_a_wrong_secret_sends_nothing(office: PostOffice, carrier: object) -> None:
    office.all_well()
    before = len(office.received(TO))
    assert carrier(office.url).send(a_text()).outcome == "for_good"  # type: ignore[operator]
    assert len(office.received(TO)) == before


def test_aliyun_sends_no_template_that_was_not_approved(office: PostOffice) -> None:
    carrier = AliyunStyleSms("sandbox-key", "sandbox-secret", "W", {"code.en": "SMS_1"}, office.url, PATIENCE)
    assert carrier.send(a_text(template="alert")).outcome == "for_good"


def test_a_signed_request_counts_once(office: PostOffice) -> None:
    """Whoever listens on the wire and says it again is not heard."""
    carrier = AliyunStyleSms("sandbox-key", "sandbox-secret", "W", {"code.en": "SMS_1"}, office.url, PATIENCE)
    said: list[httpx.Request] = []
    carrier._line._client.event_hooks["request"].append(said.append)
    assert carrier.send(a_text()).outcome == "taken"
    again = httpx.post(str(said[0].url), headers=dict(said[0].headers), trust_env=False)
    assert again.json()["Code"] == "SignatureNonceUsed"
    changed = str(said[0].url).replace("SMS_1", "SMS_2")
    assert httpx.post(changed, headers=dict(said[0].headers), trust_env=False).json()["Code"] == "SignatureDoesNotMatch"


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("pigeon", {}, "WALLETDESK_SMS"),
        (
            "twilio",
            {"url": "https://api.example"},
            "WALLETDESK_SMS_ACCOUNT, WALLETDESK_SMS_TOKEN, WALLETDESK_SMS_SENDER",
        ),
        ("aliyun", {"url": "x", "key_id": "x", "secret": "x", "sign_name": "x"}, "WALLETDESK_SMS_TEMPLATES"),
    ],
)
def test_settings_that_do_not_suffice_are_said_at_once(name: str, settings: dict[str, str], said: str) -> None:
    with pytest.raises(SmsNotConfigured, match=said):
        provider(name, settings, PATIENCE)


def test_the_post_office_shows_what_came_as_text_and_to_this_machine_only(office: PostOffice) -> None:
    SandboxSms(office.url, PATIENCE).send(a_text(code="<img src=x onerror=alert(1)>"))
    page = httpx.get(office.url, trust_env=False)
    assert "&lt;img" in page.text and "<img" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert httpx.get(office.url, headers={"Host": "evil.example"}, trust_env=False).status_code == 400


def test_mail_comes_in_too(office: PostOffice, tmp_path: Path) -> None:
    import smtplib
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "您的验证码", "a@walletdesk.example", "lin@example.com"
    mail.set_content("验证码 493027")
    with smtplib.SMTP("127.0.0.1", office.mail_port) as server:
        server.send_message(mail)
    (came,) = office.received("lin@example.com")
    assert (came["kind"], came["subject"], "493027" in came["words"]) == ("mail", "您的验证码", True)
