"""The way back through the public pages: the same for every name, without scripts, with no secret in any address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import JsonResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.identity import TOTP_SECRET, SoftKey
from tests.factories.trust import an_employee
from tests.factories.wallet_phone import phone_of
from tests.factories.way_back import NEW, OLD, a_locked_out_customer, a_photo, the_worker_comes_by
from tests.fakes.carriers import FakeSms, carriers
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import add_passkey, begin_passkey, enrol_device, known_device, totp_now
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.agent_actions.public import accept_papers, approve_tier, start_reset, tier_proposal
from walletdesk.service.cases.public import cases_of_customer, take_case
from walletdesk.service.notifications.public import send_due_messages
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.verification.public import lock_account, waiting_papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def sms() -> Iterator[FakeSms]:
    with carriers() as (texts, _):
        yield texts


@pytest.fixture
def lin(sms: FakeSms) -> CustomerView:
    return a_locked_out_customer(email="lin@example.com", phone="+8613800002046", totp=True, language="en")


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def says_who(browser: Client, name: str = "lin@example.com") -> None:
    assert browser.post("/recover/", {"name": name}).url == "/recover/prove/"  # type: ignore[attr-defined]


def tries(browser: Client, act: str, typed: str = "") -> Any:
    return browser.post("/recover/prove/", {"act": act, "typed": typed})


def code_from(channel: str, sms: FakeSms) -> str:
    """What arrived last by this channel."""
    the_worker_comes_by()
    send_due_messages()
    said = mail.outbox[-1].body if channel == "email" else sms.texts[-1].text
    found = re.search(r"\b(\d{6})\b", str(said))
    assert found, said
    return found[1]


def proves_by(browser: Client, channel: str, sms: FakeSms) -> Any:
    tries(browser, f"send:{channel}")
    return tries(browser, f"code:{channel}", code_from(channel, sms))


def test_two_codes_and_a_new_password(browser: Client, lin: CustomerView, sms: FakeSms) -> None:
    says_who(browser)
    assert proves_by(browser, "email", sms).url == "/recover/prove/"
    assert "One more proof" in text_of(browser.get("/recover/prove/"))
    assert proves_by(browser, "sms", sms).url == "/recover/password/"
    page = browser.get("/recover/password/")
    assert "For 24 hours afterwards" in text_of(page)
    assert browser.post("/recover/password/", {"password": "12345678"}).status_code == 422
    assert browser.post("/recover/password/", {"password": NEW}).url == "/recover/done/"  # type: ignore[attr-defined]
    done = text_of(browser.get("/recover/done/"))
    assert "You are back" in done
    assert "l***@example.com" in done
    assert browser.get("/wallet/").status_code == 200, "signed in"
    assert Client().post("/sign-in/", {"login": lin.email, "password": OLD}).status_code == 422


def test_whoever_comes_back_leaves_no_device_trusted_but_the_one_in_hand(
    browser: Client, lin: CustomerView, sms: FakeSms
) -> None:
    """Somebody who got in before has a known device; after the way back it is a new one, asked and limited as any."""
    intruder = enrol_device(lin.user_id, "Mozilla/5.0 (X11; Linux x86_64)", "email")
    own = enrol_device(lin.user_id, "Mozilla/5.0 (Linux; Android 14)", "passkey")
    browser.cookies[settings.DEVICE_COOKIE_NAME] = own.token
    says_who(browser)
    for channel in ("email", "sms"):
        proves_by(browser, channel, sms)
    assert "No other device is trusted any more" in text_of(
        browser.post("/recover/password/", {"password": NEW}, follow=True)
    )
    assert known_device(lin.user_id, intruder.token) is None
    here = known_device(lin.user_id, own.token)
    assert here is not None
    assert here.id == own.view.id


def test_an_authenticator_makes_it_strong(browser: Client, lin: CustomerView, sms: FakeSms) -> None:
    says_who(browser)
    proves_by(browser, "email", sms)
    assert tries(browser, "factor:totp", totp_now(TOTP_SECRET, now())).url == "/recover/password/"
    assert "24 hours" not in text_of(browser.get("/recover/password/"))


def a_passkey_of(person: CustomerView) -> SoftKey:
    key, origin = SoftKey(), "http://testserver"
    options, state = begin_passkey(person.user_id, origin)
    add_passkey(person.user_id, origin, state, key.make(json.loads(JsonResponse(options).content)), "Phone")
    return key


def signs(browser: Client, key: SoftKey) -> Any:
    signed = key.sign(browser.get("/recover/passkey/").json())
    return browser.post("/recover/passkey/", {"credential": json.dumps(signed)})


def test_a_passkey_is_one_of_two_proofs_and_makes_it_strong(browser: Client, lin: CustomerView, sms: FakeSms) -> None:
    key = a_passkey_of(lin)
    says_who(browser)
    assert signs(browser, key).url == "/recover/prove/"
    assert "One more proof" in text_of(browser.get("/recover/prove/"))
    assert signs(browser, key).url == "/recover/prove/", "the same once more counts once"
    assert proves_by(browser, "email", sms).url == "/recover/password/"
    assert "24 hours" not in text_of(browser.get("/recover/password/"))


def test_somebody_elses_passkey_proves_nothing(browser: Client, lin: CustomerView) -> None:
    key = a_passkey_of(a_locked_out_customer(email="zhou@example.com", phone="+8613800002047"))
    says_who(browser)
    answer = signs(browser, key)
    assert (answer.status_code, "Proven" in text_of(answer)) == (403, False)
    assert browser.post("/recover/passkey/", {"credential": "{"}).status_code == 403
    stranger = Client(headers={"accept-language": "en"})
    stranger.post("/recover/", {"name": "nobody@example.com"})
    said = signs(stranger, key)
    assert (said.status_code, text_of(said)) == (answer.status_code, text_of(answer)), "as for a name that is nobody's"


def test_every_name_is_answered_alike(lin: CustomerView, sms: FakeSms) -> None:
    """Text, status and the number of questions to the database, for a name that is and one that is not."""
    answers = []
    for name in ("lin@example.com", "ghost@example.com"):
        browser, heard = Client(headers={"accept-language": "en"}), []
        with CaptureQueriesContext(connection) as asked:
            says_who(browser, name)
            for act, typed in (
                ("send:email", ""),
                ("send:sms", ""),
                ("factor:totp", "000000"),
                ("factor:recovery_code", "aaaa-bbbb-cccc"),
                ("reset", "K7QF-2M9T-XW4P-RDHB"),
            ):
                response = tries(browser, act, typed)
                heard.append((response.status_code, text_of(response)))
            heard.append((browser.post("/recover/person/").status_code, text_of(browser.get("/recover/prove/"))))
        the_worker_comes_by()
        for typed in ("000000", "", "000000"):
            response = tries(browser, "code:email", typed)
            heard.append((response.status_code, text_of(response)))
        answers.append((heard, len(asked)))
    assert answers[0][0] == answers[1][0]
    assert abs(answers[0][1] - answers[1][1]) <= 8, "what a lock of the factor's counter costs, and no more"


def test_no_page_names_an_address_or_holds_a_secret(browser: Client, lin: CustomerView, sms: FakeSms) -> None:
    says_who(browser)
    tries(browser, "send:email")
    code = code_from("email", sms)
    for page in (browser.get("/recover/prove/"), tries(browser, "code:email", code), browser.get("/recover/papers/")):
        assert "lin@example.com" not in page.content.decode()
        assert code not in page.content.decode()
        assert code not in getattr(page, "url", "")


def test_a_fourth_code_within_ten_minutes_has_to_wait(browser: Client, lin: CustomerView) -> None:
    says_who(browser)
    for _ in range(3):
        assert tries(browser, "send:email").status_code == 302
    refused = tries(browser, "send:email")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600


def test_help_of_a_person_opens_one_case_and_tells_every_address(
    browser: Client, lin: CustomerView, sms: FakeSms
) -> None:
    says_who(browser)
    for _ in range(2):
        browser.post("/recover/person/")
    assert "If this name is with us" in text_of(browser.get("/recover/prove/"))
    the_worker_comes_by()
    (case,) = cases_of_customer(lin.id)
    assert (case.kind, case.state) == ("locked_out", "open")
    send_due_messages()
    (text,), (letter,) = sms.texts, mail.outbox
    assert "locked out of your account" in text.text
    assert case.reference in str(letter.body)


def test_papers_two_agents_and_a_code_by_mail(browser: Client, lin: CustomerView, sms: FakeSms) -> None:
    agent, reviewer = an_employee(), an_employee("senior_agent", "review")
    says_who(browser)
    proves_by(browser, "email", sms)
    sent = {side: SimpleUploadedFile(f"{side}.jpg", a_photo(), "image/jpeg") for side in ("front", "face")} | {
        "document": "passport"
    }
    assert browser.post("/recover/papers/", sent).status_code == 302
    assert "Being looked at" in text_of(browser.get("/recover/papers/"))
    (waiting,), (case,) = waiting_papers(), cases_of_customer(lin.id)
    take_case(agent.id, case.id)
    accept_papers(reviewer.id, waiting.id)
    assert browser.get("/recover/password/").url == "/recover/prove/"  # type: ignore[attr-defined]
    start_reset(agent.id, case.id, "sms")
    send_due_messages()
    token = re.search(r"\b([2-9A-Z]{16})\b", sms.texts[-1].text)
    assert token, sms.texts[-1].text
    assert tries(browser, "reset", token[1]).url == "/recover/password/"
    browser.post("/recover/password/", {"password": NEW})
    deliver_all()
    (closed,) = cases_of_customer(lin.id)
    assert (closed.state, closed.summary["closed_by"]) == ("closed", "restored")  # type: ignore[index]


def test_a_photo_that_cannot_be_read_is_refused_with_what_to_do(
    browser: Client, lin: CustomerView, sms: FakeSms
) -> None:
    says_who(browser)
    proves_by(browser, "email", sms)
    small = {side: SimpleUploadedFile("x.jpg", a_photo(300, 200), "image/jpeg") for side in ("front", "face")}
    refused = browser.post("/recover/papers/", small)
    assert (refused.status_code, "too small" in text_of(refused)) == (422, True)
    assert waiting_papers() == []
    assert cases_of_customer(lin.id) == []


def test_papers_are_for_who_has_proven_something(browser: Client, lin: CustomerView) -> None:
    assert browser.get("/recover/papers/").status_code == 200
    says_who(browser)
    assert browser.get("/recover/papers/").url == "/recover/prove/"  # type: ignore[attr-defined]


def test_pages_without_a_beginning_begin(browser: Client) -> None:
    for address in ("/recover/prove/", "/recover/password/", "/recover/papers/"):
        assert "Get back in" in text_of(browser.get(address))
    assert browser.get("/recover/done/").url == "/recover/"  # type: ignore[attr-defined]


def test_a_locked_account_says_why_after_the_right_password_only(browser: Client, lin: CustomerView) -> None:
    lock_account(lin.id, "reported", "risk")
    wrong = browser.post("/sign-in/", {"login": lin.email, "password": "not-this-one"})
    assert wrong.status_code == 422
    assert "misused" not in text_of(wrong)
    right = browser.post("/sign-in/", {"login": lin.email, "password": OLD})
    assert right.status_code == 403
    assert "Somebody reported that this account is misused" in text_of(right)
    assert 'href="/unlock/"' in right.content.decode()


def test_the_procedure_is_public_in_both_languages(browser: Client) -> None:
    assert "Two different proofs" in text_of(browser.get("/unlock/"))
    browser.cookies["language"] = "zh-hans"
    page = browser.get("/unlock/")
    assert "两样不同的凭证" in text_of(page)
    assert "居民身份证" in text_of(page)


def test_papers_for_a_higher_tier_are_handed_in_from_the_wallet(lin: CustomerView) -> None:
    phone = phone_of(lin)
    assert "Two photos raise your limits" in text_of(phone.get("/wallet/me/identity/"))
    sent = {side: SimpleUploadedFile(f"{side}.jpg", a_photo(), "image/jpeg") for side in ("front", "back")}
    assert phone.post("/wallet/me/identity/", sent | {"document": "id_card"}).status_code == 302
    assert "Being looked at" in text_of(phone.get("/wallet/me/identity/"))
    (handed,) = waiting_papers()
    accept_papers(an_employee("senior_agent", "checks").id, handed.id)
    assert "Being looked at" in text_of(phone.get("/wallet/me/identity/")), "one of two has looked"
    made = tier_proposal(handed)
    assert made is not None
    approve_tier(an_employee("supervisor", "floor").id, made.id, made.payload_hash)
    assert "You are in tier 2 now" in text_of(phone.get("/wallet/me/identity/"))
