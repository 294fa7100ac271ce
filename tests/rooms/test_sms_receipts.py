"""A carrier calls back: signed, once, and what was lost offers another way (W04)."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.telling import PASSWORD, a_reader
from tests.factories.trust import an_employee
from tests.fakes.carriers import FakeSms, carriers
from walletdesk.adapters.sms.sandbox import SandboxSms
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import enrol_device
from walletdesk.service.cases.public import open_case
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.public import post_code
from walletdesk.service.notifications.services.send_messages import send_due_messages

pytestmark = pytest.mark.django_db
DOOR, TO = "/carriers/sms/receipts/", "+8613800009999"


@pytest.fixture(autouse=True)
def carried() -> Iterator[FakeSms]:
    with carriers() as (sms, _):
        yield sms


def a_code(to: str = TO) -> Message:
    found = Message.objects.get(id=post_code("sms", to, "sign_in", "123456", "en", 10))
    send_due_messages()
    found.refresh_from_db()
    return found


def tells(message: Message, state: str, code: str = "", signed: str = "good") -> int:
    body = json.dumps({"reference": str(message.id), "state": state, "code": code})
    answer = Client(enforce_csrf_checks=True).post(
        DOOR, body, content_type="application/json", headers={"x-post-signature": signed}
    )
    message.refresh_from_db()
    return answer.status_code


def test_delivered_and_lost_are_written_down_once() -> None:
    one, other = a_code(), a_code()
    assert (tells(one, "delivered"), one.state) == (204, "delivered")
    assert (tells(one, "lost", "late"), one.state, one.last_answer) == (204, "delivered", "")
    assert (tells(other, "lost", "absent_subscriber"), other.state, other.last_answer) == (
        204,
        "lost",
        "absent_subscriber",
    )


def test_too_early_is_told_again_and_forged_changes_nothing() -> None:
    one = a_code()
    assert (tells(one, "delivered", signed="bad"), one.state) == (403, "sent")
    waiting = Message.objects.get(id=post_code("sms", TO, "sign_in", "123456", "en", 10))
    Message.objects.filter(id=waiting.id).update(state="sending")
    assert (tells(waiting, "delivered"), waiting.state) == (409, "sending")
    assert Client().post(DOOR, b"x" * 5_000, content_type="application/json").status_code == 413


SECRET = "a secret that both know"


def signed(body: bytes, at: int, secret: str = SECRET) -> str:
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"


def test_w04_only_what_they_signed_a_moment_ago_is_believed() -> None:
    moment, body = now(), b'{"reference": "r", "state": "lost", "code": "off"}'
    at, sms = int(moment.timestamp()), SandboxSms("http://127.0.0.1:1", receipt_secret=SECRET)
    told = sms.receipt(signed(body, at), body, moment)
    assert told is not None and (told.reference, told.state, told.code) == ("r", "lost", "off")
    forged = {
        "missing": ("", body), "other key": (signed(body, at, "another"), body), "body changed": (signed(body, at), body + b" "),
        "old": (signed(body, at - 360), body), "of tomorrow": (signed(body, at + 360), body), "garbled": ("t=x,v1=y", body),
        "no object": (signed(b"[]", at), b"[]"), "no state": (signed(b'{"state": "read"}', at), b'{"state": "read"}'),
    }  # fmt: skip
    for why, (signature, sent) in forged.items():
        assert sms.receipt(signature, sent, moment) is None, why
    assert SandboxSms("http://127.0.0.1:1").receipt(signed(body, at, ""), body, moment) is None, "no secret, no belief"
    assert sms.receipt(signed(body, at), body, moment + timedelta(minutes=6)) is None
    sms.close()


def test_a_lost_code_offers_the_other_address() -> None:
    lin = a_reader("Lin", language="en")
    enrol_device(lin.user_id, "", "first", "")
    page = Client(headers={"accept-language": "en"}, REMOTE_ADDR="203.0.113.9")
    page.cookies["language"] = "en"
    user = get_user_model().objects.get(pk=lin.user_id)
    page.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    page.post("/sign-in/second/", {"way": "send", "to": "sms"})
    send_due_messages()
    state = "/sign-in/second/state/?of=code"
    assert "did not reach" not in page.get(state).content.decode()
    (sent,) = Message.objects.filter(kind="code:sign_in")
    tells(sent, "lost", "absent_subscriber")
    shown = page.get(state).content.decode()
    assert "The code did not reach" in shown and re.search(r'name="to" value="email"', shown)
    whole = text_of(page.get("/sign-in/second/"))
    assert "Please use the other address below" in whole
    page.post("/sign-in/second/", {"way": "send", "to": "email"})
    assert "did not reach" not in page.get(state).content.decode()


def test_the_desk_reads_why_and_what_to_advise() -> None:
    lin, zhou = a_reader("Lin", language="en"), an_employee("agent", "care")
    case = open_case("question", lin.id)
    tells(a_code(get_user_model().objects.get(pk=lin.user_id).phone), "lost", "absent_subscriber")
    shown = text_of(at_desk(zhou).get(f"/desk/cases/{case.reference}/messages/"))
    assert "Not delivered" in shown and "The telephone is off or out of reach" in shown
    assert "Ask them to take the code by e-mail, on the same page" in shown
