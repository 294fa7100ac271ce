"""“Is this you?”: what stands in the signed directory, what is known to be false, and what is neither."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.trust import an_employee
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.official_contacts.errors import FakeIsOurs, FakeListed, FakeNotFound, FakeNotUsable
from walletdesk.trust.official_contacts.models import KnownFake
from walletdesk.trust.official_contacts.public import check, end_fake, known_fakes, list_fake, read_asked
from walletdesk.trust.staff.public import EmployeeView

pytestmark = pytest.mark.django_db
FALSE_NOTE = {"note_zh": "冒充客服要验证码", "note_en": "Poses as our desk and asks for a code"}


def listed(text: str) -> None:
    list_fake(read_asked(text), FALSE_NOTE["note_zh"], FALSE_NOTE["note_en"], "employee:test")


@pytest.fixture
def editor() -> EmployeeView:
    return an_employee("editor", "words")


@pytest.mark.parametrize(
    "pasted",
    [
        "400-555-0100",
        " +86 400 555 0100 ",
        "tel:0086-4005550100",
        "021-5550 0199",
        "walletdesk.example",
        "https://walletdesk.example/help?x=1",
        "HTTPS://WALLETDESK.EXAMPLE",
        "Service@Walletdesk.example",
        "Walletdesk <service@walletdesk.example>",
        "@WalletdeskService",
        "walletdesk-service",
    ],
)
def test_what_stands_in_the_directory_is_us_however_it_is_written(pasted: str) -> None:
    assert check(pasted).says == "official"


@pytest.mark.parametrize(
    "pasted",
    [
        "400-555-0101",
        "https://walletdesk.example.evil.test/",
        "https://walletdesk.example@evil.test/",
        "https://evil.test/walletdesk.example",
        "https://login.walletdesk.example",
        "https://walletdesk.example:8443/",
        "https://wаlletdesk.example",
        "service@walletdesk.example.evil.test",
        "walletdesk service team",
        "http://[::1",
        "https://",
        "110",
        "?",
    ],
)
def test_what_only_looks_like_us_is_not_us(pasted: str) -> None:
    assert check(pasted).says == "unknown"


def test_a_known_fake_is_found_with_all_that_stands_below_it() -> None:
    listed("https://evil.test/login")
    listed("021 5550 9999")
    for pasted in ("evil.test", "http://www.evil.test/x", "help@evil.test", "help@mail.evil.test", "+86 21 5550 9999"):
        found = check(pasted)
        assert found.says == "fake" and found.fake is not None and found.fake.note.en == FALSE_NOTE["note_en"], pasted
    assert check("notevil.test").says == "unknown"


def test_what_cannot_be_listed() -> None:
    for text in ("walletdesk.example", "https://x@walletdesk.example:99/", "400-555-0100"):
        with pytest.raises(FakeIsOurs):
            listed(text)
    for text in ("", "x" * 120):
        with pytest.raises(FakeNotUsable):
            listed(text)
    with pytest.raises(FakeNotUsable):
        list_fake(read_asked("evil.test"), "", "False", "employee:test")
    listed("evil.test")
    with pytest.raises(FakeListed):
        listed("https://EVIL.test")
    with pytest.raises(IntegrityError, match="only ended, once"), transaction.atomic():
        KnownFake.objects.update(value="good.test")
    (one,) = known_fakes()
    end_fake(one.id, "employee:test")
    assert check("evil.test").says == "unknown"
    with pytest.raises(FakeNotFound):
        end_fake(one.id, "employee:test")


def test_the_list_changes_by_two_persons(editor: EmployeeView) -> None:
    desk, supervisor = at_desk(editor), at_desk(an_employee("supervisor", "floor"))
    assert desk.post(reverse("desk-fakes"), {"value": "walletdesk.example", **FALSE_NOTE}).status_code == 422
    assert desk.post(reverse("desk-fakes"), {"value": "@Wallet.Desk Help", **FALSE_NOTE}).status_code == 302
    assert known_fakes() == [] and "wallet.desk help" in text_of(desk.get(reverse("desk-fakes")))
    proposal = open_proposal_for("known_fake", "wallet.desk help")
    assert proposal is not None
    slip = text_of(supervisor.get(reverse("desk-proposal", args=[proposal.id])))
    assert "List as a fake, wallet.desk help" in slip and FALSE_NOTE["note_en"] in slip
    supervisor.post(reverse("desk-approve", args=[proposal.id]), {"hash": proposal.payload_hash})
    (one,) = known_fakes()
    assert one.channel == "social" and check("@wallet.desk HELP").says == "fake"

    assert desk.post(reverse("desk-end-fake", args=[one.id])).status_code == 302
    assert check("@wallet.desk help").says == "fake", "one person alone takes nothing off"
    proposal = open_proposal_for("known_fake", "wallet.desk help")
    assert proposal is not None
    supervisor.post(reverse("desk-approve", args=[proposal.id]), {"hash": proposal.payload_hash})
    assert known_fakes() == []
    assert at_desk(an_employee()).get(reverse("desk-fakes")).status_code == 403


def test_the_page_answers_without_sign_in_and_without_the_question_in_an_address() -> None:
    listed("evil.test")
    visitor = Client(headers={"accept-language": "en"})
    assert 'method="post"' in visitor.get("/check/").content.decode()
    for pasted, words in (
        ("400-555-0100", "A displayed number can be forged"),
        ("https://evil.test/<script>", "A known fake: not us"),
        ("somebody.test", "Not in our directory: not us"),
        ("https://walletdesk.example@evil2.test", "no honest sender needs"),
    ):
        answer = visitor.post("/check/", {"what": pasted})
        assert answer.status_code == 200 and words in text_of(answer), pasted
        assert "<script>" not in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
    assert "/check/" in visitor.get("/contact/").content.decode()


def test_who_asks_too_often_waits() -> None:
    cache.clear()
    visitor = Client(headers={"accept-language": "en"})
    answers = [visitor.post("/check/", {"what": "x.test"}).status_code for _ in range(31)]
    cache.clear()
    assert answers[:30] == [200] * 30 and answers[30] == 429
