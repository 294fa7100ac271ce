"""The page of limits on the real rooms: what it says, in whose time, and what it lets somebody change."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories.limits import a_limited_payer, line
from tests.factories.money import a_payer, a_shop, an_order, bank_is, pay, to_pay, yuan
from tests.factories.trust import PIN, of_tier
from tests.factories.wallet_phone import pay_by_phone, phone_of, text_of
from tests.fakes.bank import FakeBank
from walletdesk.doors._shared.step_up import note_proof
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import User
from walletdesk.money.wallets.public import payee_limit, set_own_limit, set_payee_limit
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 5, 19, 4, tzinfo=UTC)  # in Shanghai
LIMITS = "/wallet/me/limits/"


@pytest.fixture
def lin() -> CustomerView:
    return a_limited_payer(8_000, pin=PIN)


def proved(phone: Client) -> Client:
    """The person has just proved who they are in this session."""
    session = phone.session
    note_proof(session, "totp", now())
    session.save()
    return phone


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("tier", [4, 3, 2, 1])
def test_the_page_can_be_drawn_for_every_tier(lin: CustomerView, tier: int, language: str) -> None:
    of_tier(lin.id, tier)
    page = phone_of(lin, language).get(LIMITS)
    assert page.status_code == 200
    assert ("等级 {0}" if language == "zh-hans" else "Tier {0}").format(tier) in text_of(page)


def test_it_says_what_is_used_what_is_left_and_when_it_starts_again(lin: CustomerView) -> None:
    with at(NOON):
        pay(to_pay(lin, an_order(a_shop(), "1234.56")))
        said = text_of(phone_of(lin).get(LIMITS))
    assert "Left ¥3,765.44" in said
    assert "Used ¥1,234.56 / ¥5,000.00" in said
    assert "Starts again Tomorrow 00:00:00" in said
    assert "Starts again 1 Jun 00:00:00" in said
    assert "Starts again 1 Jan 2032 00:00:00" in said
    assert "Room for ¥3,234.56" in said


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Shanghai", "Tomorrow 00:00:00"),
        ("America/New_York", "Today 12:00:00"),
        ("Asia/Kathmandu", "Today 21:45:00"),
        ("Europe/London", "Today 17:00:00"),
        ("Pacific/Auckland", "Tomorrow 04:00:00"),
    ],
)
def test_the_same_midnight_in_the_readers_own_time(lin: CustomerView, zone: str, shown: str) -> None:
    User.objects.filter(pk=lin.user_id).update(time_zone=zone)
    with at(NOON):
        said = text_of(phone_of(lin).get(LIMITS))
    assert f"Starts again {shown}" in said
    assert ("shown here in your time zone" in said) is (zone != "Asia/Shanghai")


def test_hidden_amounts_stay_hidden(lin: CustomerView) -> None:
    pay(to_pay(lin, an_order(a_shop(), "1234.56")))
    phone = phone_of(lin)
    phone.post("/wallet/hide-amounts/")
    page = phone.get(LIMITS)
    assert "1,234" not in text_of(page)
    assert b"gauge" not in page.content


def test_lower_holds_at_once_and_asks_nothing(lin: CustomerView) -> None:
    phone = phone_of(lin)
    assert "Your tier allows" in text_of(phone.get(f"{LIMITS}out/day/"))
    answer = phone.post(f"{LIMITS}out/day/", {"amount": "300"})
    assert (answer.status_code, answer.headers["Location"]) == (302, LIMITS)
    said = text_of(phone.get(LIMITS))
    assert "In force now: ¥300.00" in said
    assert "Set by you ¥300.00" in said


def test_higher_asks_who_is_there_and_comes_back_with_what_was_typed(lin: CustomerView) -> None:
    set_own_limit(lin.id, "out", "day", yuan(300))
    phone = phone_of(lin)
    answer = phone.post(f"{LIMITS}out/day/", {"amount": "900"})
    assert answer.status_code == 302
    place = urlsplit(answer.headers["Location"])
    assert place.path == "/step-up/"
    back = parse_qs(place.query)["next"][0]
    assert back == f"{LIMITS}out/day/?amount=900.00"
    assert 'value="900.00"' in phone.get(back).content.decode()
    assert line(lin, "out", "day").planned is None


def test_higher_waits_is_shown_with_its_second_and_can_be_cancelled(lin: CustomerView) -> None:
    with at(NOON):
        set_own_limit(lin.id, "out", "day", yuan(300))
        phone = proved(phone_of(lin))
        phone.post(f"{LIMITS}out/day/", {"amount": "900"})
        said = text_of(phone.get(LIMITS))
        assert "From Tomorrow 12:00:00" in said
        assert "At most a day ¥900.00" in said
        assert line(lin, "out", "day").holds == yuan(300)
        phone.post(f"{LIMITS}out/day/cancel/")
        assert "Cancelled; the limit stays as it is" in text_of(phone.get(LIMITS))
        assert phone.post(f"{LIMITS}out/day/cancel/").status_code == 409
    assert line(lin, "out", "day").planned is None


def test_no_limit_of_ones_own_any_more_is_a_raise(lin: CustomerView) -> None:
    set_own_limit(lin.id, "transfer", "month", yuan(300))
    phone = phone_of(lin)
    assert phone.post(f"{LIMITS}transfer/month/", {"none": "1"}).headers["Location"].startswith("/step-up/")
    assert proved(phone).post(f"{LIMITS}transfer/month/", {"none": "1"}).headers["Location"] == LIMITS
    assert "no limit" in text_of(phone.get(LIMITS))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Give an amount"),
        ("abc", "This amount cannot be read"),
        ("-5", "This amount cannot be read"),
        ("5000.01", "Your tier allows ¥5,000.00 at most"),
    ],
)
def test_what_cannot_be_set_says_why_and_keeps_what_was_typed(lin: CustomerView, typed: str, says: str) -> None:
    page = phone_of(lin).post(f"{LIMITS}out/day/", {"amount": typed})
    assert page.status_code == 422
    assert says in text_of(page)


@pytest.mark.parametrize("place", ["out/year/", "top_up/day/", "x/y/", "out/day/x/"])
def test_what_is_no_limit_of_ones_own_is_not_found(lin: CustomerView, place: str) -> None:
    phone = phone_of(lin)
    assert phone.get(f"{LIMITS}{place}").status_code == 404
    assert phone.post(f"{LIMITS}{place}cancel/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refused_payment_shows_the_limit_and_the_way_to_it(lin: CustomerView, language: str) -> None:
    shop = a_shop()
    with at(NOON):
        for figure in (2000, 2000, 500):
            pay(to_pay(lin, an_order(shop, figure)))
        page = pay_by_phone(proved(phone_of(lin, language)), an_order(shop, 600).id)
    said = text_of(page)
    assert page.status_code == 409
    assert "limit_day" in said
    assert "¥500.00" in said
    assert "/wallet/me/limits/" in page.content.decode()
    assert ("明天 00:00:00" if language == "zh-hans" else "Tomorrow 00:00:00") in said
    assert ("今天的不够了" if language == "zh-hans" else "Not enough left today") in said


def test_a_refused_transfer_and_a_refused_top_up_show_it_too(lin: CustomerView) -> None:
    phone, bert = phone_of(lin), a_payer(name="Bert", phone="139 0000 1111")
    sheet = {"to": bert.number, "amount": "2000.01", "note": "", "pin": PIN, "key": "k-1"}
    said = text_of(phone.post("/wallet/transfer/confirm/", sheet))
    assert "limit_single" in said
    assert "¥2,000.00" in said
    with bank_is(FakeBank()):
        said = text_of(phone.post("/wallet/top-up/", {"amount": "2000.01", "bank": "linjiang", "key": "k-2"}))
    assert "limit_balance" in said
    assert "Room for¥2,000.00" in said


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_one_payee_is_limited_from_the_bill_and_raised_late(lin: CustomerView, language: str) -> None:
    shop, phone = a_shop("面包房", "Bakery"), phone_of(lin, language)
    with at(NOON):
        paid = pay(to_pay(lin, an_order(shop, 30)))
        place = f"{LIMITS}payee/{shop.id}/day/"
        assert place in phone.get(f"/wallet/bills/{paid.payment_id}/").content.decode()
        assert phone.post(place, {"amount": "100"}).headers["Location"] == LIMITS
        said = text_of(phone.get(LIMITS))
        assert ("给面包房" if language == "zh-hans" else "To Bakery") in said
        assert ("已用 ¥30.00 / ¥100.00" if language == "zh-hans" else "Used ¥30.00 / ¥100.00") in said
        assert ("明天 00:00:00" if language == "zh-hans" else "Tomorrow 00:00:00") in text_of(phone.get(place))
        refused = pay_by_phone(phone, an_order(shop, 80).id)
        assert refused.status_code == 409 and "limit_payee_day" in text_of(refused)
        assert ("今天给对方的不够了" if language == "zh-hans" else "Not enough left today to them") in text_of(refused)
        assert phone.post(place, {"amount": "200"}).headers["Location"].startswith("/step-up/")
        assert proved(phone).post(place, {"amount": "200"}).headers["Location"] == LIMITS
        waiting = payee_limit(lin.id, shop.id, "day")
        assert waiting is not None and waiting.planned is not None and waiting.holds == yuan(100)
        assert phone.post(f"{place}cancel/").headers["Location"] == LIMITS
        assert phone.post(f"{place}cancel/").status_code == 409


def test_a_payee_who_was_never_paid_is_not_there(lin: CustomerView) -> None:
    shop, stranger, phone = a_shop(), a_payer(name="Bert", phone="139 0000 1111"), phone_of(lin)
    pay(to_pay(lin, an_order(shop, 30)))
    for place in (f"payee/{stranger.id}/day/", f"payee/{lin.id}/day/", f"payee/{shop.id}/month/"):
        assert phone.get(f"{LIMITS}{place}").status_code == 404
        assert phone.post(f"{LIMITS}{place}", {"amount": "1"}).status_code == 404
        assert phone.post(f"{LIMITS}{place}cancel/").status_code == 404
    set_payee_limit(lin.id, shop.id, "single", yuan(50))
    sent = {"to": stranger.number, "amount": "20", "note": "", "pin": PIN, "key": "k-1"}
    phone.post("/wallet/transfer/confirm/", sent)
    assert "Bert" not in text_of(phone.get(f"{LIMITS}payee/{stranger.id}/day/")), "masked, as on a transfer"


def test_me_names_the_tier(lin: CustomerView) -> None:
    assert "LimitsTier 4" in text_of(phone_of(lin).get("/wallet/me/"))
