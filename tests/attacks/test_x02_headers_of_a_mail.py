"""X02: a name that tries to be a header: in the subject, in From, in To, in what the mail server is told."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from django.conf import settings
from django.core import mail as outbox_of_django
from django.core.mail.message import sanitize_address
from django.db import transaction

from tests.factories.trust import a_customer
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.notifications.public import send_due_mails
from walletdesk.service.notifications.rules.headers import one_line
from walletdesk.trust.customers.models import Customer

pytestmark = pytest.mark.django_db
BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "%0d%0a", "=?utf-8?q?=0D=0A?=", "\\r\\n")
NAMES = [f"Lin{cut}Bcc: all@evil.example" for cut in BREAKS] + [
    'Lin" <all@evil.example>, "x',
    "Lin <all@evil.example>",
    "Lin, all@evil.example",
    "=?utf-8?b?PHNjcmlwdD4=?=",
    "Walletdesk <service@walletdesk.example>",
    "<script>alert(1)</script>",
    "\u202eelpmaxe.live@lla",
]


def the_mail_to(name: str) -> EmailMessage | None:
    """The welcome as a mail server gets it, for somebody whose name came into the database however it could."""
    try:
        with transaction.atomic():
            who = a_customer(name, "")
    except Refusal:
        who = a_customer("Lin", "")
        Customer.objects.filter(id=who.id).update(name=name)
    outbox_of_django.outbox.clear()
    deliver_all()
    send_due_mails()
    (sent,) = outbox_of_django.outbox
    told = [parseaddr(sanitize_address(one, "utf-8"))[1] for one in sent.recipients()]
    assert told == [who.email], "nobody else is told to the mail server"
    read = email.message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_x02_a_name_stays_inside_its_header(name: str) -> None:
    read = the_mail_to(name)
    assert read is not None
    known = {"content-type", "mime-version", "subject", "from", "to", "date", "message-id", "auto-submitted"}
    assert {header.lower() for header in read} == known | {"x-walletdesk-mail"}
    for header in ("subject", "from", "to", "message-id"):
        assert len(read.get_all(header) or []) == 1
        assert not {"\r", "\n"} & set(str(read[header]))
    assert len(read["to"].addresses) == 1
    assert [one.addr_spec for one in read["from"].addresses] == [settings.DEFAULT_FROM_EMAIL.split("<")[1].rstrip(">")]
    assert "evil.example" not in read["to"].addresses[0].addr_spec


@pytest.mark.parametrize("name", NAMES[:8])
def test_x02_a_header_is_one_line(name: str) -> None:
    assert len(one_line(name).splitlines()) == 1


def test_x02_the_name_is_text_in_the_html_of_the_mail() -> None:
    read = the_mail_to("<script>alert(1)</script>")
    assert read is not None
    html = read.get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content()
    assert "&lt;script&gt;" in html.get_content()
