"""The public door: anyone finds the official contacts, signs up in a minute, signs in, and is told the truth."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.factories.foundation import a_user
from tests.factories.money import a_payer, a_shop
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.public import devices_of, strength_of
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.notifications.public import send_due_messages
from walletdesk.trust.customers.public import customer_of_user
from walletdesk.trust.official_contacts.public import contacts, key_id, public_key

pytestmark = pytest.mark.django_db

PASSWORD = "four unrelated words here"
GOOD = {"name": "林小雨", "address": "lin@example.com", "password1": PASSWORD}


@pytest.fixture
def browser() -> Client:
    """A browser that checks CSRF tokens and follows nothing by itself."""
    return Client(headers={"accept-language": "en"})


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sign_in(browser: Client, email: str, password: str = "correct horse battery", **more: Any) -> Any:
    return browser.post("/sign-in/", {"login": email, "password": password, **more})


# -- the official contacts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_contact_page_needs_no_sign_in_and_no_script(browser: Client, language: str) -> None:
    browser.cookies["language"] = language
    page = browser.get("/contact/")
    assert page.status_code == 200
    assert "<script" not in page.content.decode()
    for entry in contacts().entries:
        assert entry.shown in page.content.decode()
    assert " ".join(re.findall("....", key_id())) in text_of(page)
    assert public_key() in page.content.decode()


def test_the_published_directory_is_proved_by_the_published_verifier(browser: Client, tmp_path: Path) -> None:
    (tmp_path / "contacts.json").write_bytes(browser.get("/.well-known/walletdesk-contacts.json").content)
    (tmp_path / "verify_contacts.py").write_bytes(browser.get("/contact/verify_contacts.py").content)
    command = [sys.executable, "-I", "verify_contacts.py", "contacts.json", "--key", public_key()]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    document = json.loads((tmp_path / "contacts.json").read_text())
    document["directory"]["entries"][0]["value"] = "+8613900000000"
    (tmp_path / "contacts.json").write_text(json.dumps(document))
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/sign-up/", "/nowhere/"])
def test_the_official_contact_is_at_the_foot_of_every_page(browser: Client, address: str) -> None:
    hotline = next(entry for entry in contacts().entries if entry.channel == "phone")
    page = browser.get(address).content.decode()
    assert hotline.shown in page and 'href="/contact/"' in page


# -- headers ----------------------------------------------------------------------------------------------------------


def test_every_page_carries_the_strict_policy(browser: Client) -> None:
    for address in ("/", "/contact/", "/nowhere/"):
        answer = browser.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy and "'unsafe-eval'" not in policy
        assert "frame-ancestors 'none'" in policy and "object-src 'none'" in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


# -- language ---------------------------------------------------------------------------------------------------------


def test_the_language_is_switched_and_kept(browser: Client) -> None:
    answer = browser.get("/language/", {"to": "zh-hans", "next": "/contact/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/contact/")
    assert "官方名录" in browser.get("/contact/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example", ""]
)
def test_the_switch_leads_nowhere_else(browser: Client, elsewhere: str) -> None:
    assert browser.get("/language/", {"to": "en", "next": elsewhere}).headers["Location"] == "/"


def test_a_signed_in_user_keeps_the_language_everywhere(browser: Client) -> None:
    user = a_user(language="zh-hans")
    browser.force_login(user)
    browser.post("/language/", {"to": "en", "next": "/"})
    user.refresh_from_db()
    assert user.language == "en"


# -- signing up -------------------------------------------------------------------------------------------------------


def code_sent(address: str) -> str:
    """The six digits on their way to this address."""
    send_due_messages()
    return re.findall(r"\b\d{6}\b", str(next(one for one in reversed(mail.outbox) if address in one.to).body))[0]


def test_signing_up_makes_a_customer_with_a_wallet_once_the_code_came_back(browser: Client) -> None:
    answer = browser.post("/sign-up/", GOOD | {"time_zone": "Europe/Berlin"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-up/code/")
    assert not User.objects.filter(email="lin@example.com").exists(), "nobody yet"
    assert "l***@example.com" in browser.get("/sign-up/code/").content.decode()
    assert browser.post("/sign-up/code/", {"code": "000000"}).status_code == 403
    opened = browser.post("/sign-up/code/", {"code": code_sent("lin@example.com")})
    assert opened.headers["Location"] == "/after-sign-in/"
    user = User.objects.get(email="lin@example.com")
    customer = customer_of_user(user.pk)
    assert customer is not None and customer.name == "林小雨"
    assert (user.language, user.time_zone, user.email_verified_at is not None) == ("en", "Europe/Berlin", True)
    assert user.check_password(PASSWORD)
    assert [wallet.asset.code for wallet in wallets_of(customer.id)] == ["CNY"]
    assert browser.get("/after-sign-in/").headers["Location"] == "/wallet/"
    assert [one.limits_until for one in devices_of(user.pk)] == [None], "the first device has no limits"


def test_what_waits_for_its_code_holds_no_password_and_no_code(browser: Client) -> None:
    browser.post("/sign-up/", GOOD)
    kept = str(dict(browser.session.items()))
    assert "argon2" in kept and PASSWORD not in kept
    assert code_sent("lin@example.com") not in kept


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password1": "password"}, "list of guesses"),
        ({"password1": "short"}, "At least 8"),
        ({"password1": "aaaaaaaaaaaaab"}, "Too easy to guess"),
        ({"password1": "lin@example"}, "Too much like"),
        ({"address": "not an address"}, "Neither a number nor an address"),
        ({"name": ""}, "Give your name"),
        ({"name": "a\u202eb"}, "cannot be written"),
    ],
)
def test_a_refused_sign_up_loses_nothing_that_was_typed_and_makes_nobody(
    browser: Client, change: dict[str, str], said: str
) -> None:
    answer = browser.post("/sign-up/", GOOD | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in text_of(answer)
    for field in ("name", "address"):
        assert f'value="{(GOOD | change)[field]}"' in page or not (GOOD | change)[field]
    assert f'value="{(GOOD | change)["password1"]}"' not in page
    assert not User.objects.filter(email="lin@example.com").exists()


def test_an_address_that_has_an_account_is_told_to_its_owner_alone(browser: Client) -> None:
    """The same page, status and message as for a new one; only who reads the code learns more."""
    a_user("lin@example.com")
    known, unknown = browser.post("/sign-up/", GOOD | {"address": "LIN@example.com"}), Client()
    other = unknown.post("/sign-up/", GOOD | {"address": "new@example.com"}, headers={"accept-language": "en"})
    assert (known.status_code, known.headers["Location"]) == (other.status_code, other.headers["Location"])
    unknown.cookies["language"] = "en"
    pages = [text_of(one.get("/sign-up/code/")) for one in (browser, unknown)]
    assert pages[0].replace("l***@", "x@") == pages[1].replace("n***@", "x@")
    told = browser.post("/sign-up/code/", {"code": code_sent("lin@example.com")}, follow=True)
    assert "has an account already" in text_of(told)
    assert User.objects.filter(email="lin@example.com").count() == 1


def test_the_meter_judges_without_keeping(browser: Client) -> None:
    assert "Very good" in text_of(browser.post("/sign-up/meter/", {"password1": "correct horse battery staple"}))
    weak = browser.post(
        "/sign-up/meter/", {"password1": "linxiaoyu1", "name": "Lin Xiaoyu", "address": "x@example.com"}
    )
    assert "guess" in text_of(weak)
    assert browser.get("/sign-up/meter/").status_code == 405


def test_long_passwords_are_welcome() -> None:
    assert strength_of("ein ziemlich langer Satz, den nur ich kenne, und zwar seit gestern" * 3).enough
    assert not strength_of("12345678").enough


# -- signing in -------------------------------------------------------------------------------------------------------


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(browser: Client) -> None:
    a_user("lin@example.com")
    wrong = sign_in(browser, "lin@example.com", "not the password")
    unknown = sign_in(browser, "nobody@example.com", "not the password")
    assert wrong.status_code == unknown.status_code == 422
    assert text_of(wrong).replace("lin@", "x@") == text_of(unknown).replace("nobody@", "x@")
    assert 'value="lin@example.com"' in wrong.content.decode()


def test_five_failures_lock_this_address_from_here_and_the_page_says_how_to_get_help(browser: Client) -> None:
    a_user("lin@example.com")
    answers = [sign_in(browser, "lin@example.com", "wrong") for _ in range(5)]
    locked = answers[-1]
    assert locked.status_code == 429 and int(locked.headers["Retry-After"]) > 1700
    hotline = next(entry for entry in contacts().entries if entry.channel == "phone").shown
    assert "Your money is safe" in text_of(locked) and hotline in locked.content.decode()
    assert sign_in(browser, "lin@example.com").status_code == 429
    a_user("zhou@example.com")
    assert sign_in(browser, "zhou@example.com").status_code == 302


def test_an_address_that_nobody_has_is_locked_alike(browser: Client) -> None:
    answers = [sign_in(browser, "nobody@example.com", "wrong") for _ in range(5)]
    assert answers[-1].status_code == 429


def test_the_session_is_a_new_one_after_signing_in(browser: Client) -> None:
    """A05: a session that somebody planted before does not become the signed-in one."""
    a_customer("林小雨", email="lin@example.com")
    browser.get("/sign-in/")
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies["session"] = session.session_key
    sign_in(browser, "lin@example.com")
    assert browser.session.session_key != session.session_key
    assert not browser.session.exists(session.session_key)


def test_signing_in_needs_the_token_of_our_own_form() -> None:
    """A05: login CSRF."""
    a_user("lin@example.com")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"login": "lin@example.com", "password": "correct horse battery"})
    assert answer.status_code == 403
    assert "放得太久" in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_signing_in_leads_only_to_our_own_pages(browser: Client, elsewhere: str) -> None:
    a_customer("林小雨", email="lin@example.com")
    assert sign_in(browser, "lin@example.com", next=elsewhere).headers["Location"] == "/after-sign-in/"
    browser.post("/sign-out/")
    assert sign_in(browser, "lin@example.com", next="/wallet/bills/").headers["Location"] == "/wallet/bills/"


def test_signing_out_is_asked_first_and_done_by_post(browser: Client) -> None:
    payer = a_payer()
    browser.force_login(User.objects.get(pk=payer.user_id))
    assert browser.get("/sign-out/").status_code == 200
    assert browser.get("/wallet/").status_code == 200
    assert browser.post("/sign-out/").status_code == 302
    assert browser.get("/wallet/").headers["Location"].startswith("/sign-in/")


def test_each_is_led_to_their_own_door(browser: Client) -> None:
    clerk, shop_user, payer = an_employee(), a_user(), a_payer()
    a_shop(user_id=shop_user.pk)
    for user_id, door in ((clerk.user_id, "/desk/"), (shop_user.pk, "/till/"), (payer.user_id, "/wallet/")):
        browser.force_login(User.objects.get(pk=user_id))
        assert browser.get("/after-sign-in/").headers["Location"] == door
    browser.force_login(a_user())
    assert "/till/sign-up/" in browser.get("/after-sign-in/").content.decode()


# -- the demo's list --------------------------------------------------------------------------------------------------


def test_the_front_page_lists_demo_people_in_a_demo_only(browser: Client, settings: Any, tmp_path: Path) -> None:
    settings.DATA_FOLDER = tmp_path
    person = {
        "door": "wallet",
        "name_zh": "林小雨",
        "name_en": "Lin Xiaoyu",
        "email": "lin@example.com",
        "password": "x",
    }
    (tmp_path / "demo_people.json").write_text(
        json.dumps([person | {"note_zh": "扣了两次", "note_en": "Charged twice"}])
    )
    settings.DEMO = True
    shown = browser.get("/").content.decode()
    assert "Lin Xiaoyu" in shown and 'name="login" value="lin@example.com"' in shown and "Customers" in shown
    settings.DEMO = False
    assert "lin@example.com" not in browser.get("/").content.decode()


# -- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有这一页"), ("en", "There is no such page")])
def test_an_unknown_address_is_answered_in_our_own_hand(browser: Client, language: str, words: str) -> None:
    browser.cookies["language"] = language
    answer = browser.get("/wallet-of-somebody/")
    assert answer.status_code == 404 and words in answer.content.decode()


def test_too_much_at_once_is_413_with_words(browser: Client) -> None:
    answer = browser.post("/sign-in/", {"login": "x" * 3_000_000})
    assert answer.status_code == 413 and "too large" in answer.content.decode()


def test_our_own_failure_shows_a_number_and_no_trace(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.raise_request_exception = False

    def broken(*_: Any) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("walletdesk.doors.public_web.views.front.demo_doors", broken)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode() and "E-500" in answer.content.decode()
    assert "No money moved" in answer.content.decode()
