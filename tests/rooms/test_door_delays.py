"""A delayed transfer at the doors: the payer's bill, the link without a sign-in, the desk's pane; and what leaves the app."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client

from tests.factories.delays import a_delayed_transfer, delaying, sends, under_report
from tests.factories.desk_browser import at_desk, text_of
from tests.factories.money import a_payer, has, top_up, yuan
from tests.factories.telling import a_reader, pushed_to
from tests.factories.trust import PIN, an_employee
from tests.factories.wallet_phone import phone_of
from tests.fakes.carriers import carriers
from walletdesk.foundation.audit.public import acts_of_case
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.public import scheduled_of, stop_token, transfer_view
from walletdesk.money.wallets.public import open_wallet
from walletdesk.service.agent_actions.public import acts_seen_by_customer
from walletdesk.service.cases.public import open_case, take_case
from walletdesk.service.notifications.services.send_messages import send_due_messages
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.risk.queries.rule_sets import forget_remembered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    forget_remembered()
    yield
    forget_remembered()


@pytest.fixture
def lin() -> CustomerView:
    return a_payer(100, pin=PIN, email="lin@example.com")


def test_the_payer_sees_that_it_waits_and_stops_it(lin: CustomerView) -> None:
    delaying()
    wang, phone = under_report(a_payer(name="Wang Fang")), phone_of(lin)
    sheet = phone.get("/wallet/transfer/confirm/", {"to": wang.number, "amount": "60", "sure": "1"}).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', sheet)
    assert key
    sent = phone.post("/wallet/transfer/confirm/", {"to": wang.number, "amount": "60", "pin": PIN, "key": key[1]})
    bill = phone.get(sent.headers["Location"])
    shown = text_of(bill)
    assert "Waiting; the money is held" in shown and "Somebody reported them" in shown and "Stop it" in shown
    assert 'class="clock' in bill.content.decode()
    assert "Waits" in text_of(phone.get("/wallet/transfer/later/"))
    (waits,) = scheduled_of(lin.id)
    phone.post(f"/wallet/transfer/{waits.id}/cancel/", {"key": "stop-1"})
    assert "Stopped by you; nothing moved" in text_of(phone.get(sent.headers["Location"]))
    assert has(lin) == "100.00"


def test_the_link_needs_no_sign_in_shows_nothing_and_works_once(lin: CustomerView) -> None:
    waits = a_delayed_transfer(lin, a_payer(name="Wang Fang"))
    link, anybody = f"/stop/{stop_token(waits.id)}/", Client(headers={"accept-language": "en"})
    page = anybody.get(link)
    assert page.status_code == 200 and "Stop this transfer?" in text_of(page)
    for secret in ("Wang", "60.00", waits.number, lin.number, str(waits.id)):
        assert secret not in page.content.decode()
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert anybody.head(link).status_code == 200 and has(lin) == "40.00", "a look stops nothing"
    assert "It is stopped" in text_of(anybody.post(link))
    assert has(lin) == "100.00"
    for wrong in (link, "/stop/nonsense/", f"/stop/{'A' * 43}/"):
        for answer in (anybody.get(wrong), anybody.post(wrong)):
            assert answer.status_code == 404 and "This link was used, has run out, or is not right" in text_of(answer)


def test_a_forged_form_stops_nothing(lin: CustomerView) -> None:
    waits = a_delayed_transfer(lin, a_payer())
    assert Client(enforce_csrf_checks=True).post(f"/stop/{stop_token(waits.id)}/").status_code == 403
    assert has(lin) == "40.00"


def test_the_desk_sees_it_and_stops_it_with_a_reason_that_the_customer_reads(lin: CustomerView) -> None:
    waits = a_delayed_transfer(lin, a_payer())
    zhou, other = an_employee("agent", "care"), an_employee("agent", "care")
    case = open_case("question", lin.id)
    take_case(zhou.id, case.id)
    page, stop = f"/desk/cases/{case.reference}/", f"/desk/cases/{case.reference}/transfers/{waits.id}/stop/"
    shown = text_of(at_desk(zhou).get(page))
    assert "Held back by risk" in shown and "Stop the transfer" in shown and waits.number in shown
    assert at_desk(other).post(stop, {"reason": "a scam"}).status_code in (403, 409)
    assert at_desk(zhou).post(stop, {"reason": " "}).status_code == 422
    assert has(lin) == "40.00"
    assert at_desk(zhou).post(stop, {"reason": "The caller confirmed a scam"}).status_code == 302
    assert has(lin) == "100.00"
    assert "Held back by risk" not in text_of(at_desk(zhou).get(page))
    assert "stop_transfer" in [act.verb for act in acts_of_case(case.id)]
    seen = [one for one in acts_seen_by_customer(lin.id) if one.verb == "stop_transfer"]
    assert [one.reason for one in seen] == ["The caller confirmed a scam"]
    strange = a_delayed_transfer(a_payer(100), a_payer())
    assert (
        at_desk(zhou).post(f"/desk/cases/{case.reference}/transfers/{strange.id}/stop/", {"reason": "x"}).status_code
        == 404
    )


def test_every_address_is_told_with_the_one_link_that_may_stand_outside() -> None:
    with carriers() as (sms, push):
        lin = a_reader("Lin", language="en")
        open_wallet(lin.id)
        top_up(lin.id, yuan(100))
        pushed_to(lin)
        deliver_all()
        send_due_messages()
        mail.outbox.clear()
        delaying()
        sent = sends(lin, under_report(a_payer(name="Wang https://evil.example")), 60)
        deliver_all()
        send_due_messages()
        waits = transfer_view(sent.transfer_id)
        assert waits is not None
        link = f"http://localhost:8000/stop/{stop_token(waits.id)}/"
        text = sms.texts[-1].text
        assert link in text and "evil.example" not in text and text.count("http") == 1
        (letter,) = [one for one in mail.outbox if "waits until" in one.subject]
        assert link in letter.body and "evil.example" not in letter.body
        html = letter.alternatives[0][0]
        assert f'href="{link}"' in html
        assert link not in str(push.pushed), "a push opens the app"
