"""Mail: the welcome with its signed card, what a mail server may answer, and a name that tries to be a header (X02)."""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail as outbox_of_django
from django.core.mail import EmailMultiAlternatives

from tests.factories.service import everybody_hears
from tests.factories.trust import a_customer
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.jobs.public import declare_all, run_waiting_tasks
from walletdesk.service.notifications import handlers
from walletdesk.service.notifications.models import Mail
from walletdesk.service.notifications.public import mail_log, notices, send_due_mails
from walletdesk.service.notifications.services import send_mails
from walletdesk.trust.customers.models import Customer
from walletdesk.trust.customers.public import CustomerRegistered, CustomerView
from walletdesk.trust.official_contacts.public import contacts, key_id, public_key, verifier_script

pytestmark = pytest.mark.django_db


def registered(who: CustomerView) -> CustomerRegistered:
    return CustomerRegistered(who.id, who.user_id, who.number, who.name, who.email, who.language, now())


def welcomed(name: str = "林晓雨", language: str = "zh-hans") -> tuple[CustomerView, EmailMultiAlternatives]:
    who = a_customer(name, "", language=language)
    handlers.on_customer_registered([registered(who)])
    send_due_mails()
    (message,) = outbox_of_django.outbox
    return who, message  # type: ignore[return-value]


def html_of(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def test_the_welcome_mail_speaks_both_languages_the_readers_first() -> None:
    who, message = welcomed()
    assert message.subject == "林晓雨，您的钱包开好了；官方联系方式请收好"
    assert message.body.index("您好") < message.body.index("Dear 林晓雨")
    assert who.number in message.body
    for text in (message.body, html_of(message)):
        assert "我们从不问您的密码" in text
        assert "We never ask for your password" in text
    english = welcomed_again("Anna", "en")
    assert english.subject.startswith("Anna, your wallet is open")
    assert english.body.index("Dear Anna") < english.body.index("您好")


def welcomed_again(name: str, language: str) -> EmailMultiAlternatives:
    outbox_of_django.outbox.clear()
    return welcomed(name, language)[1]


def test_no_link_in_the_mail_asks_for_anything() -> None:
    _, message = welcomed()
    assert "<a " not in html_of(message)
    assert "<script" not in html_of(message)
    official = {entry.shown for entry in contacts().entries} | {entry.value for entry in contacts().entries}
    links = {word.rstrip(",，。") for word in message.body.split() if word.startswith("http")} - official
    assert links == {f"{settings.PUBLIC_URL}/contact/"}


def test_the_card_in_the_mail_verifies_on_its_own(tmp_path: Path) -> None:
    _, message = welcomed()
    ((name, content, media_type),) = message.attachments
    assert (name, media_type) == ("walletdesk-contacts.json", "application/json")
    card = json.loads(content)
    assert card["key_id"] == key_id()
    assert " ".join(key_id()[place : place + 4] for place in range(0, 16, 4)) in message.body
    (tmp_path / "card.json").write_text(content)
    (tmp_path / "verify.py").write_bytes(verifier_script())
    done = subprocess.run(
        [sys.executable, "verify.py", "--key", public_key(), "card.json"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_signing_up_brings_one_notice_and_one_mail_however_often_it_is_heard() -> None:
    who = a_customer()
    for _ in range(3):
        handlers.on_customer_registered([registered(who)])
    everybody_hears()
    declare_all()
    run_waiting_tasks()
    send_due_mails()
    assert len(outbox_of_django.outbox) == 1
    assert [one.kind for one in notices("customer", who.id)] == ["welcome"]
    (line,) = mail_log(customer_id=who.id)
    assert (line.state, line.tries) == ("sent", 1)


@pytest.mark.parametrize(
    "name",
    [
        "林\r\nBcc: everybody@example.org",
        "林\nSubject: you won",
        "林\u2028X-Evil: 1",
        'a" <all@example.org>, "b',
        "=?utf-8?q?evil?=",
        "<img src=x onerror=alert(1)>",
        "{{ part }} {number} %s",
    ],
)
def test_x02_a_name_stays_in_its_header_and_in_its_text(name: str) -> None:
    """Names as they may lie in the database from elsewhere; the form has its own guard."""
    who = a_customer()
    Customer.objects.filter(id=who.id).update(name=name[:60])
    handlers.on_customer_registered([registered(who)])
    send_due_mails()
    (message,) = outbox_of_django.outbox
    sent = message.message()
    assert sent.get_all("Bcc") is None
    assert sent.get_all("X-Evil") is None
    assert len(sent.get_all("Subject")) == 1
    assert message.recipients() == [message.to[0]]
    assert who.email in message.to[0]
    assert "<img" not in html_of(message)  # type: ignore[arg-type]


class Refusing:
    """A mail server that answers as it is told."""

    def __init__(self, answer: Exception) -> None:
        self.answer = answer
        self.asked = 0

    def __call__(self, message: Any) -> None:
        self.asked += 1
        raise self.answer


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (ConnectionRefusedError(), "waiting"),
        (smtplib.SMTPConnectError(421, b"busy"), "waiting"),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (450, b"greylisted")}), "waiting"),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no such user")}), "refused"),
        (smtplib.SMTPDataError(554, b"no"), "refused"),
        (smtplib.SMTPServerDisconnected("in the middle"), "unknown"),
        (TimeoutError(), "unknown"),
    ],
)
def test_what_the_mail_server_answers_is_kept(monkeypatch: pytest.MonkeyPatch, answer: Exception, state: str) -> None:
    server = Refusing(answer)
    monkeypatch.setattr(send_mails, "_hand_over", server)
    handlers.on_customer_registered([registered(a_customer())])
    send_due_mails()
    (line,) = mail_log()
    assert (line.state, server.asked) == (state, 1)
    send_due_mails()
    assert server.asked == 1, "not before its time"
    with at(now() + timedelta(minutes=2)):
        send_due_mails()
    assert server.asked == (2 if state == "waiting" else 1)


def test_a_mail_server_that_stays_away_is_given_up_after_six_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Refusing(ConnectionRefusedError())
    monkeypatch.setattr(send_mails, "_hand_over", server)
    handlers.on_customer_registered([registered(a_customer())])
    for day in range(10):
        with at(now() + timedelta(days=day)):
            send_due_mails()
    (line,) = mail_log()
    assert (line.state, line.tries, server.asked) == ("refused", 6, 6)


def test_a_sender_that_died_half_way_is_never_repeated() -> None:
    handlers.on_customer_registered([registered(a_customer())])
    Mail.objects.update(state="sending", tries=1)
    with at(now() + timedelta(minutes=11)):
        send_due_mails()
    (line,) = mail_log()
    assert line.state == "unknown"
    assert not outbox_of_django.outbox


def test_a_mail_that_cannot_be_written_waits_and_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = a_customer(), a_customer("王明")
    handlers.on_customer_registered([registered(first), registered(second)])
    compose = send_mails.compose

    def broken_for_first(mail: Mail) -> EmailMultiAlternatives:
        if mail.customer_id == first.id:
            raise RuntimeError("no directory")
        return compose(mail)

    monkeypatch.setattr(send_mails, "compose", broken_for_first)
    send_due_mails()
    assert {line.customer_id: line.state for line in mail_log()} == {first.id: "waiting", second.id: "sent"}
