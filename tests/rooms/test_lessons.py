"""Short lessons about scams: for anybody, offered once at a risky moment; and the page for details that may have leaked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.factories.money import a_key, a_payer, proof_of, yuan
from tests.factories.trust import PIN
from tests.factories.wallet_phone import phone_of, text_of
from walletdesk.doors._shared.lessons import LESSONS
from walletdesk.doors.customer_web import monthly_review
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import enrol_device, session_lives
from walletdesk.money.payments.public import transfer
from walletdesk.service.cases.public import cases_of_customer, the_customer
from walletdesk.service.conversations.public import conversation
from walletdesk.service.freezes.public import freeze_state
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
EXPOSURE = "/wallet/me/exposure/"


@pytest.fixture
def lin() -> CustomerView:
    return a_payer(1_000, pin=PIN, email="lin@example.com")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_lesson_has_a_picture_three_signs_and_a_question_with_one_right_answer(language: str) -> None:
    visitor = Client()
    visitor.cookies["language"] = language
    listed = visitor.get("/lessons/").content.decode()
    for code, lesson in LESSONS.items():
        assert f"/lessons/{code}/" in listed and get_template(f"public_web/lessons/{code}.html")
        page = visitor.get(f"/lessons/{code}/").content.decode()
        assert 'class="lessonpic"' in page and len(lesson.signs) == 3
        assert page.count('<details class="faq') == 2
        assert len(re.findall(r">\s*(?:对|Right)\s*</", page)) == 1, code
    assert visitor.get("/lessons/nothing/").status_code == 404


def test_the_lesson_is_offered_once_and_only_before_somebody_new(lin: CustomerView) -> None:
    zhou, wang = a_payer(0, name="周明", email="zhou@example.com"), a_payer(0, name="王明", email="wang@example.com")
    transfer(a_key(), lin.id, zhou.id, yuan(1), "", proof_of(lin.id))
    phone, sheet = phone_of(lin), "/wallet/transfer/confirm/"
    known = phone.get(sheet, {"to": zhou.email, "amount": "1.00"})
    assert "/lessons/first-payee/" not in known.content.decode()
    first = phone.get(sheet, {"to": wang.email, "amount": "1.00"})
    assert "/lessons/first-payee/" in first.content.decode() and 'name="pin"' in first.content.decode()
    again = phone.get(sheet, {"to": wang.email, "amount": "1.00"})
    assert "/lessons/first-payee/" not in again.content.decode()


def test_one_page_names_all_that_reaches_the_account_and_one_report_tells_all(lin: CustomerView) -> None:
    phone, thief = phone_of(lin), phone_of(lin)
    enrol_device(lin.user_id, "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0", "first")
    shown = text_of(phone.get(EXPOSURE))
    for words in ("Devices", "API keys", "Nobody has looked", "Say it once"):
        assert words in shown, words
    stolen = str(thief.session.session_key)
    answer = phone.post(EXPOSURE, {"words": "A letter named my balance.", "freeze": "yes"})
    (case,) = cases_of_customer(lin.id)
    assert answer.headers["Location"] == f"/wallet/cases/{case.reference}/"
    assert case.title["en"] == "Details may have leaked"
    (said,) = conversation(case.id, the_customer(lin.id))
    assert "A letter named my balance." in said.text and "1 devices" in said.text
    assert freeze_state(lin.id).frozen
    assert not session_lives(stolen) and phone.get("/wallet/").status_code == 200


def test_a_report_without_the_tick_freezes_nothing(lin: CustomerView) -> None:
    phone_of(lin).post(EXPOSURE, {})
    assert not freeze_state(lin.id).frozen and len(cases_of_customer(lin.id)) == 1


def test_once_a_month_the_last_months_bills_are_to_be_looked_through(
    lin: CustomerView, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhou = a_payer(0, name="周明", email="zhou@example.com")
    transfer(a_key(), lin.id, zhou.id, yuan(1), "", proof_of(lin.id))
    early = phone_of(lin)
    assert "Look through your bills" not in text_of(early.get("/wallet/")), "nothing was paid last month"
    later = now() + timedelta(days=32 - now().day)
    monkeypatch.setattr(monthly_review, "now", lambda: later)
    phone = phone_of(lin)
    asked = re.search(r'href="(/wallet/bills/[^"]*review=yes)"', phone.get("/wallet/").content.decode())
    assert asked
    shown = text_of(phone.get(asked[1].replace("&amp;", "&")))
    assert "strange to you" in shown and "Nothing found" not in shown
    assert "Look through your bills" not in text_of(phone.get("/wallet/"))
