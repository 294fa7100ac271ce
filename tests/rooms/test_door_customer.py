"""The customer's door on the real rooms: pay, see, be told the truth, and reach nobody else's things."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.factories.foundation import a_png
from tests.factories.identity import a_signed_in_browser
from tests.factories.money import a_key, a_payer, a_payment, a_shop, an_order, bank_is, has, proof_of, top_up, yuan
from tests.factories.trust import PIN, an_employee
from tests.factories.wallet_phone import phone_of, proved_by, text_of
from tests.fakes.bank import FakeBank
from walletdesk.doors._shared.step_up import note_sign_in
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import activity, start_top_up, transfer
from walletdesk.money.wallets.public import freeze_wallet, wallets_of
from walletdesk.service.agent_actions.public import ask_verification, unmask
from walletdesk.service.cases.public import THE_SYSTEM, ask_confirmation, case_of_customer, take_case
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.verification.public import level_of

pytestmark = pytest.mark.django_db
WRONG_PIN = "907218"
NOBODYS = uuid.UUID(int=7)


@pytest.fixture
def lin() -> CustomerView:
    """Lin Xiaoyu with 1,000.00 and a PIN."""
    return a_payer(1000, pin=PIN, email="lin@example.com")


@pytest.fixture
def zhou() -> CustomerView:
    return a_payer(200, name="周明", phone="139 0000 1111", pin=PIN, email="zhou@example.com")


@pytest.fixture
def shop() -> MerchantView:
    return a_shop("青禾面包", "Qinghe Bakery")


@pytest.fixture
def phone(lin: CustomerView) -> Client:
    return phone_of(lin)


# -- who may stand here -----------------------------------------------------------------------------------------------


def test_a_stranger_is_asked_to_sign_in_and_comes_back_here() -> None:
    answer = Client().get("/wallet/bills/?kind=refund")
    assert answer.headers["Location"] == "/sign-in/?next=/wallet/bills/%3Fkind%3Drefund"


def test_somebody_of_another_door_is_led_there_and_may_not_act() -> None:
    owner = User.objects.create_user("owner@example.com", "correct horse battery")
    a_shop(user_id=owner.pk)
    till = Client()
    till.force_login(owner)
    assert till.get("/wallet/").headers["Location"] == "/after-sign-in/"
    assert till.post("/wallet/scan/", {"code": "x"}).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("light", ["", "dark"])
def test_every_page_can_be_drawn(lin: CustomerView, shop: MerchantView, language: str, light: str) -> None:
    paid = a_payment(lin, shop)
    phone = phone_of(lin, language)
    phone.cookies["light"] = light
    asked = an_order(shop, "12.00")
    case = phone.post(f"/wallet/bills/{paid.id}/wrong/", {"kind": "question"}).headers["Location"]
    pages = [
        "/",
        "/bills/",
        "/scan/",
        "/top-up/",
        "/transfer/",
        "/help/",
        "/cases/",
        "/messages/",
        "/me/",
        "/me/pin/",
        "/me/who-looked/",
    ]
    for page in [*(f"/wallet{page}" for page in pages), f"/wallet/bills/{paid.id}/", f"/wallet/pay/{asked.id}/", case]:
        answer = phone.get(page)
        assert answer.status_code == 200, page
        markup = answer.content.decode()
        assert ("data-theme" in markup) == bool(light)
        assert " style=" not in markup and "<style" not in markup and "<c-" not in markup, page
        assert "no-store" in answer.headers["Cache-Control"]


# -- home -------------------------------------------------------------------------------------------------------------


def test_home_shows_the_balance_and_what_happened(phone: Client, lin: CustomerView, shop: MerchantView) -> None:
    a_payment(lin, shop, "38.00")
    page = text_of(phone.get("/wallet/"))
    assert "¥962.00" in page and "Qinghe Bakery" in page and "−¥38.00" in page


def test_hidden_amounts_do_not_leave_the_server(phone: Client, lin: CustomerView) -> None:
    phone.post("/wallet/hide-amounts/")
    assert "1,000" not in phone.get("/wallet/").content.decode()
    phone.post("/wallet/hide-amounts/")
    assert "1,000" in phone.get("/wallet/").content.decode()


def test_a_frozen_wallet_reads_frozen(phone: Client, lin: CustomerView) -> None:
    freeze_wallet(wallets_of(lin.id)[0].id, "debit", "odd sign-in", "system")
    assert "Wallet frozen" in text_of(phone.get("/wallet/"))


# -- bills ------------------------------------------------------------------------------------------------------------


def test_bills_are_found_filtered_and_paged(phone: Client, lin: CustomerView, shop: MerchantView) -> None:
    for number in range(32):
        a_payment(lin, shop, f"{number + 1}.00", f"QH-{number}")
    a_payment(lin, a_shop("老周水产", "Lao Zhou Seafood"), "20.50", "S-1")
    first = phone.get("/wallet/bills/").content.decode()
    more = re.search(r'href="(/wallet/bills/\?before=[^"]+)"', first)
    assert more is not None
    older = phone.get(more[1].replace("&amp;", "&")).content.decode()
    rows = re.compile(r'href="(/wallet/(?:bills|top-up)/[0-9a-f-]{36}/)"')
    assert len(rows.findall(first)) == 30 and not set(rows.findall(first)) & set(rows.findall(older))
    assert len(rows.findall(phone.get("/wallet/bills/?text=Seafood").content.decode())) == 1
    assert len(rows.findall(phone.get("/wallet/bills/?kind=top_up").content.decode())) == 1
    assert len(rows.findall(phone.get("/wallet/bills/?least=30&most=31.50").content.decode())) == 2
    assert "Nothing found" in text_of(phone.get("/wallet/bills/?until=2020-01-01"))


@pytest.mark.parametrize(
    "query", ["before=x", "before=2026-01-01_y", "kind=all'--", "since=yesterday", "least=1,5", "text=%25%00'"]
)
def test_a_strange_query_is_never_a_crash(phone: Client, query: str) -> None:
    """L21."""
    assert phone.get(f"/wallet/bills/?{query}").status_code in (200, 400, 422)


def test_the_statement_adds_up_and_runs_in_no_spreadsheet(
    lin: CustomerView, zhou: CustomerView, shop: MerchantView
) -> None:
    a_payment(lin, shop, "38.00")
    transfer(a_key(), zhou.id, lin.id, yuan(20), "=HYPERLINK(1)", proof_of(zhou.id))
    answer = phone_of(lin, "zh-hans").get("/wallet/bills.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *rows = list(csv.reader(io.StringIO(text)))
    assert head[:5] == ["时间", "种类", "对方", "金额", "之后余额"]
    assert [row[3] for row in rows] == ["1000.00", "-38.00", "20.00"]
    assert rows[-1][4] == has(lin) == "982.00"
    assert rows[-1][-1] == "'=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("query", "amounts", "balances"),
    [
        ("kind=payment", ["-38.00"], ["962.00"]),
        ("text=noodles", ["20.00"], ["982.00"]),
        ("least=30&most=100", ["-38.00"], ["962.00"]),
        ("kind=refund", [], []),
        ("kind=nonsense", ["1000.00", "-38.00", "20.00"], ["1000.00", "962.00", "982.00"]),
    ],
)
def test_the_statement_holds_what_the_page_shows(
    lin: CustomerView, zhou: CustomerView, shop: MerchantView, query: str, amounts: list[str], balances: list[str]
) -> None:
    """The balance after each counts what the filters leave out all the same."""
    a_payment(lin, shop, "38.00")
    transfer(a_key(), zhou.id, lin.id, yuan(20), "for the noodles", proof_of(zhou.id))
    answer = phone_of(lin, "zh-hans").get(f"/wallet/bills.csv?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    _, *rows = list(csv.reader(io.StringIO(text)))
    assert ([row[3] for row in rows], [row[4] for row in rows]) == (amounts, balances)


def test_a_bill_shows_its_twin_and_takes_one_tap_to_question(
    phone: Client, lin: CustomerView, shop: MerchantView
) -> None:
    paid = a_payment(lin, shop, "38.00", "QH-1")
    page = phone.get(f"/wallet/bills/{paid.id}/")
    assert paid.receipt_number in text_of(page) and "Something wrong?" in text_of(page)
    first = phone.post(f"/wallet/bills/{paid.id}/wrong/", {"kind": "not_mine"}).headers["Location"]
    second = phone.post(f"/wallet/bills/{paid.id}/wrong/", {"kind": "not_mine"}).headers["Location"]
    assert first == second and re.fullmatch(r"/wallet/cases/WD-[0-9]{6}-[0-9]{4,}/", first)
    case = text_of(phone.get(first))
    assert "Qinghe Bakery" in case and "Answer by" in case
    assert phone.post(f"/wallet/bills/{paid.id}/wrong/", {"kind": "give_me_money"}).status_code == 404


# -- O01: nobody else's things ----------------------------------------------------------------------------------------


def test_what_belongs_to_another_is_not_there(lin: CustomerView, zhou: CustomerView, shop: MerchantView) -> None:
    paid, his = a_payment(lin, shop), phone_of(zhou)
    case = phone_of(lin).post(f"/wallet/bills/{paid.id}/wrong/", {"kind": "question"}).headers["Location"]
    with bank_is(FakeBank()):
        charged = start_top_up(a_key(), lin.id, yuan(5))
    for address in (
        f"/wallet/bills/{paid.id}/",
        f"/wallet/bills/{paid.id}/receipt/",
        f"/wallet/top-up/{charged.id}/",
        case,
    ):
        assert his.get(address).status_code == 404, address
    for address in (
        f"/wallet/bills/{paid.id}/wrong/",
        f"{case}say/",
        f"{case}confirm/",
        f"{case}reopen/",
        f"{case}rate/",
    ):
        posted = his.post(address, {"kind": "question", "text": "hello", "stars": "1"})
        assert posted.status_code == 404, address
    assert "hello" not in phone_of(lin).get(case).content.decode()


# -- cases: words and files -------------------------------------------------------------------------------------------


def test_a_question_from_help_is_a_case_at_once(phone: Client) -> None:
    answer = phone.post("/wallet/help/ask/", {"text": "Where is my money?"})
    page = text_of(phone.get(answer.headers["Location"]))
    assert "Where is my money?" in page and "Answer by" in page


def test_an_empty_question_opens_nothing(phone: Client) -> None:
    assert phone.post("/wallet/help/ask/", {"text": "  "}).status_code == 422
    assert "WD-" not in text_of(phone.get("/wallet/cases/")).replace("Walletdesk", "")


def test_markup_in_a_message_stays_text(phone: Client) -> None:
    """X01."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}{% csrf_token %}"
    case = phone.post("/wallet/help/ask/", {"text": evil}).headers["Location"]
    markup = phone.get(case).content.decode()
    assert "<script>alert" not in markup and "<img" not in markup and "&lt;script&gt;" in markup


def test_a_file_is_served_as_a_download_to_its_own_people_only(phone: Client, zhou: CustomerView) -> None:
    """O06 and X03 at the door."""

    case = phone.post("/wallet/help/ask/", {"text": "See the picture"}).headers["Location"]
    upload = io.BytesIO(a_png())
    upload.name = "till.png"
    assert phone.post(f"{case}say/", {"text": "here", "files": [upload]}).status_code == 302
    markup = phone.get(case).content.decode()
    link = re.search(r"/wallet/files/[0-9a-f-]{36}/", markup)
    assert link is not None
    assert f"SHA-256 {hashlib.sha256(a_png()).hexdigest()}" in markup
    content = phone.get(link[0]).headers["Location"]
    served = phone.get(content)
    assert served.content == a_png()
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    for stranger in (phone_of(zhou), Client()):
        assert stranger.get(link[0]).status_code in (302, 404) and stranger.get(content).status_code in (302, 404)
        assert a_png() not in stranger.get(content, follow=True).content


def test_a_file_that_could_run_is_refused_and_the_words_stay(phone: Client) -> None:
    case = phone.post("/wallet/help/ask/", {"text": "first"}).headers["Location"]
    upload = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    upload.name = "picture.png"
    answer = phone.post(f"{case}say/", {"text": "look at this", "files": [upload]})
    assert 400 <= answer.status_code < 500 and "look at this" in answer.content.decode()
    assert f'hx-get="{case}"' in answer.content.decode()


# -- me ---------------------------------------------------------------------------------------------------------------


def test_a_pin_is_set_and_changed_only_by_who_knows_it() -> None:
    newcomer = a_payer(10)
    phone = phone_of(newcomer)
    proved_by(phone, "password_pin")
    assert "do not agree" in text_of(phone.post("/wallet/me/pin/", {"pin": PIN, "again": "111111"}))
    assert phone.post("/wallet/me/pin/", {"pin": "123456", "again": "123456"}).status_code == 422
    assert phone.post("/wallet/me/pin/", {"pin": PIN, "again": PIN}).status_code == 302
    assert customers([newcomer.id])[newcomer.id].has_pin
    wrong = phone.post("/wallet/me/pin/", {"old_pin": WRONG_PIN, "pin": "582047", "again": "582047"})
    assert wrong.status_code == 403 and "Tries left" in text_of(wrong)
    assert phone.post("/wallet/me/pin/", {"old_pin": PIN, "pin": "582047", "again": "582047"}).status_code == 302


def test_the_first_pin_is_set_by_who_came_lately_or_proves_themselves() -> None:
    newcomer = a_payer(10)
    phone, wish = phone_of(newcomer), {"pin": PIN, "again": PIN}
    for answer in (phone.get("/wallet/me/pin/?next=/wallet/transfer/"), phone.get("/wallet/me/pin/")):
        assert answer.headers["Location"].startswith("/step-up/?next=%2Fwallet%2Fme%2Fpin%2F")
    assert phone.post("/wallet/me/pin/", wish).headers["Location"].startswith("/step-up/")
    session = phone.session
    note_sign_in(session, now() - timedelta(minutes=10, seconds=1))
    session.save()
    assert phone.post("/wallet/me/pin/", wish).headers["Location"].startswith("/step-up/"), "a page that stood open"
    assert not customers([newcomer.id])[newcomer.id].has_pin
    note_sign_in(session, now() - timedelta(minutes=9))
    session.save()
    assert phone.post("/wallet/me/pin/", wish).headers["Location"] == "/wallet/me/"
    assert customers([newcomer.id])[newcomer.id].has_pin


def test_a_sign_in_is_lately_enough_for_the_first_pin() -> None:
    newcomer = a_payer(10, email="newcomer@example.com")
    phone = a_signed_in_browser(User.objects.get(pk=newcomer.user_id))
    assert phone.get("/wallet/me/pin/").status_code == 200


def test_an_own_page_is_the_only_way_back(phone: Client) -> None:
    page = phone.get("/wallet/top-up/?next=https://evil.example/").content.decode()
    assert 'value="https://evil' not in page and 'href="https://evil' not in page


def test_times_are_told_in_the_zone_of_the_user(lin: CustomerView, shop: MerchantView) -> None:
    a_payment(lin, shop)
    paid_at = activity(lin.id, limit=1).rows[0].at
    User.objects.filter(pk=lin.user_id).update(time_zone="America/New_York")

    assert f"{paid_at.astimezone(ZoneInfo('America/New_York')):%H:%M}" in text_of(phone_of(lin).get("/wallet/"))


def test_a_case_goes_through_confirmation_and_rating(phone: Client, lin: CustomerView) -> None:

    address = phone.post("/wallet/help/ask/", {"text": "Please look"}).headers["Location"]
    case = case_of_customer(lin.id, address.split("/")[-2])
    ask_confirmation(case.id, THE_SYSTEM)
    assert "Is it solved?" in text_of(phone.get(address))
    assert phone.post(f"{address}rate/", {"stars": "5"}).status_code == 409
    phone.post(f"{address}not-yet/")
    assert case_of_customer(lin.id, case.reference).state == "open"
    ask_confirmation(case.id, THE_SYSTEM)
    phone.post(f"{address}confirm/")
    closed = text_of(phone.get(address))
    assert "both sides read the same" in closed and "How did we do" in closed
    assert phone.post(f"{address}rate/", {"stars": "9"}).status_code == 422
    phone.post(f"{address}rate/", {"stars": "4", "words": "thank you"})
    assert 'aria-label="4/5"' in phone.get(address).content.decode()
    phone.post(f"{address}reopen/")
    assert case_of_customer(lin.id, case.reference).is_open


def test_the_agents_question_shows_number_case_and_code_and_takes_yes_or_no(phone: Client, lin: CustomerView) -> None:

    address = phone.post("/wallet/help/ask/", {"text": "Call me"}).headers["Location"]
    case = case_of_customer(lin.id, address.split("/")[-2])
    agent = an_employee()
    take_case(agent.id, case.id)
    prompt = ask_verification(agent.id, case.id)
    page = text_of(phone.get(f"/wallet/verify/{prompt.id}/"))
    assert agent.employee_number in page and case.reference in page and prompt.code_shown in page
    assert f"/wallet/verify/{prompt.id}/" in phone.get("/wallet/").content.decode()
    assert phone.post(f"/wallet/verify/{prompt.id}/", {"genuine": "maybe"}).status_code == 422
    assert phone.post(f"/wallet/verify/{prompt.id}/", {"genuine": "yes"}).status_code == 302
    level = level_of(case.id)
    assert level is not None and level.level == 2
    assert phone.post(f"/wallet/verify/{NOBODYS}/", {"genuine": "yes"}).status_code == 404


def test_who_looked_is_told(phone: Client, lin: CustomerView) -> None:

    address = phone.post("/wallet/help/ask/", {"text": "Call me"}).headers["Location"]
    case = case_of_customer(lin.id, address.split("/")[-2])
    agent = an_employee()
    take_case(agent.id, case.id)
    unmask(agent.id, case.id, "phone", "to call back")
    page = text_of(phone.get("/wallet/me/who-looked/"))
    assert "to call back" in page and agent.employee_number in page


def test_money_in_makes_the_top_up_visible_and_the_inbox_readable(phone: Client, lin: CustomerView) -> None:

    top_up(lin.id, yuan(5))
    deliver_all()
    assert "Mark all as read" in text_of(phone.get("/wallet/messages/"))
    phone.post("/wallet/messages/read/")
    assert "Mark all as read" not in text_of(phone.get("/wallet/messages/"))
