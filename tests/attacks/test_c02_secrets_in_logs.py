"""C02: passwords, PINs, session keys, tickets and signing keys are in no log line and in no table that keeps attempts."""

from __future__ import annotations

import base64
import logging
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.test import Client

from tests.factories.money import a_key, a_payer, a_shop, an_order, bank_is
from tests.factories.trust import PIN
from tests.fakes.bank import FakeBank
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.notifications.public import send_due_mails
from walletdesk.trust.official_contacts.signing_key import signing_key

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "correct horse battery", "swordfish-typed-in-a-hurry"
WRONG_PIN, NEW_PIN = "907218", "730519"


class Everything(logging.Handler):
    """Every record of every logger, with its arguments and its trace, as text."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def heard() -> Any:
    """All loggers speak, the quiet ones too, while the test runs."""
    root, ears = logging.getLogger(), Everything()
    quiet = {logger: (logger.level, logger.propagate) for logger in _loggers()}
    for logger in quiet:
        logger.setLevel(
            logging.INFO
        )  # one step louder than the product; DEBUG is the libraries' own, never switched on
        logger.propagate = True
    root.addHandler(ears)
    yield ears
    root.removeHandler(ears)
    for logger, (level, propagate) in quiet.items():
        logger.setLevel(level)
        logger.propagate = propagate


def _loggers() -> list[logging.Logger]:
    known = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    return [logging.getLogger(), *known]


def a_day_of_a_customer(phone: Client) -> list[str]:
    """Signs up, mistypes, signs in, sets a PIN, pays, mistypes the PIN, changes it. The secrets that were used."""
    lin = a_payer(1000, email="lin@example.com", pin=PIN)
    order = an_order(a_shop(), "5.00")
    sign_up = {"name": "Wang Ming", "email": "wang@example.com", "password1": "four unrelated words here"}
    Client().post("/sign-up/", sign_up)
    Client().post("/sign-up/meter/", sign_up)
    for address in (lin.email, "nobody@example.com"):
        phone.post("/sign-in/", {"login": address, "password": WRONG})
    assert phone.post("/sign-in/", {"login": lin.email, "password": PASSWORD}).status_code == 302
    ticket = phone.get("/wallet/").content.decode().partition('data-live="')[2].partition('"')[0]
    phone.post(f"/wallet/pay/{order.id}/", {"pin": WRONG_PIN, "key": a_key()})
    phone.post(f"/wallet/pay/{order.id}/", {"pin": PIN, "key": a_key()})
    with bank_is(FakeBank()):
        phone.post("/wallet/top-up/", {"amount": "10.00", "bank": "linjiang", "key": a_key()})
    phone.post("/wallet/me/pin/", {"pin": NEW_PIN, "again": NEW_PIN, "old_pin": PIN})
    phone.get("/wallet/bills/not-an-id/")
    session = phone.cookies[settings.SESSION_COOKIE_NAME].value
    deliver_all()
    send_due_mails()
    phone.post("/sign-out/")
    return [WRONG, PASSWORD, "four unrelated words", PIN, WRONG_PIN, NEW_PIN, session, ticket, *the_keys()]


def the_keys() -> list[str]:
    raw = signing_key().private_bytes_raw()
    return [settings.SECRET_KEY, base64.b64encode(raw).decode(), raw.hex()]


def test_c02_no_log_line_holds_a_secret(heard: Everything) -> None:
    secrets = a_day_of_a_customer(Client(raise_request_exception=False))
    assert all(secrets), "each of them was really used"
    assert heard.lines, "there were log lines to look at"
    for secret in secrets:
        assert not [line for line in heard.lines if secret in line]


def test_c02_a_crash_report_holds_no_secret(heard: Everything, monkeypatch: pytest.MonkeyPatch) -> None:
    lin = a_payer(100, email="lin@example.com", pin=PIN)
    order = an_order(a_shop(), "5.00")
    phone = Client(raise_request_exception=False)
    phone.post("/sign-in/", {"login": lin.email, "password": PASSWORD})

    def broken(*args: Any, **more: Any) -> None:
        raise RuntimeError("the books did not answer")

    monkeypatch.setattr("walletdesk.doors.customer_web.views.pay.pay", broken)
    answer = phone.post(f"/wallet/pay/{order.id}/", {"pin": PIN, "key": a_key()})
    assert answer.status_code == 500
    report = "\n".join(heard.lines)
    assert "the books did not answer" in report, "the reason is in the log"
    for secret in (PIN, PASSWORD, phone.cookies[settings.SESSION_COOKIE_NAME].value, settings.SECRET_KEY):
        assert secret not in report
        assert secret.encode() not in answer.content


def test_c02_what_is_kept_of_failed_tries_holds_no_password() -> None:
    a_day_of_a_customer(Client(raise_request_exception=False))
    kept = [str(row) for table in (AccessAttempt, AccessFailureLog, AccessLog) for row in table.objects.values()]
    assert kept, "the failures were written down"
    for row in kept:
        assert not [secret for secret in (WRONG, PASSWORD, PIN) if secret in row]


def test_c02_no_page_leads_elsewhere_with_our_address() -> None:
    phone = Client()
    for place in ("/", "/sign-in/", "/contact/", "/nowhere/"):
        assert phone.get(place).headers["Referrer-Policy"] in ("same-origin", "no-referrer")
