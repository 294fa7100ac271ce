"""A02: the reset code of the desk, reused, guessed, stolen from another's attempt, or sought in headers and addresses."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.factories.trust import an_employee
from tests.factories.way_back import NEW, OLD, a_case_of, a_locked_out_customer, begun, proves
from tests.fakes.carriers import carriers
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import User
from walletdesk.service.agent_actions.public import start_reset
from walletdesk.service.cases.public import CaseView
from walletdesk.service.notifications.public import send_due_messages
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification import errors
from walletdesk.trust.verification.public import RecoveryView, finish_recovery, open_reset

pytestmark = pytest.mark.django_db


def sent_by(agent: EmployeeView, case: CaseView) -> str:
    """The code that reaches the customer by mail when this agent starts a reset."""
    with carriers():
        mail.outbox.clear()
        start_reset(agent.id, case.id, "email")
        send_due_messages()
    found = re.search(r"\b([2-9A-Z]{16})\b", str(mail.outbox[-1].body))
    assert found
    return found[1]


def ordered(customer: CustomerView) -> tuple[RecoveryView, str]:
    """A reset that an agent started, and its code."""
    agent = an_employee()
    way = proves(begun(customer), "email", "sms")
    return way, sent_by(agent, a_case_of(way, agent))


@pytest.fixture
def lin() -> CustomerView:
    return a_locked_out_customer()


def test_it_works_once(lin: CustomerView) -> None:
    _, code = ordered(lin)
    here = begun(lin)
    open_reset(here.id, code)
    with pytest.raises(errors.CodeRunOut):
        open_reset(here.id, code)
    with pytest.raises(errors.CodeRunOut):
        open_reset(begun(lin).id, code)


def test_it_works_for_ten_minutes(lin: CustomerView) -> None:
    _, code = ordered(lin)
    here = begun(lin)
    with at(now() + timedelta(minutes=10)), pytest.raises(errors.CodeRunOut):
        open_reset(here.id, code)


def test_it_works_for_its_owner_alone(lin: CustomerView) -> None:
    _, code = ordered(lin)
    thief = a_locked_out_customer("贼")
    with pytest.raises(errors.CodeRunOut):
        open_reset(begun(thief).id, code)


def test_a_thousand_guesses_neither_open_it_nor_use_it_up(lin: CustomerView) -> None:
    """Eighty bits; ten wrong answers end the attempt of who guesses, and the owner's code still works."""
    _, code = ordered(lin)
    guesser, opened = begun(lin), 0
    for number in range(1_000):
        try:
            open_reset(guesser.id, f"{number:016d}".replace("0", "A").replace("1", "B"))
            opened += 1
        except (errors.CodeRunOut, errors.RecoveryOver):
            continue
    assert opened == 0
    assert open_reset(begun(lin).id, code).is_open


def test_a_second_reset_makes_the_first_code_void(lin: CustomerView) -> None:
    agent = an_employee()
    case = a_case_of(proves(begun(lin), "email", "sms"), agent)
    first, second = sent_by(agent, case), sent_by(agent, case)
    here = begun(lin)
    with pytest.raises(errors.CodeRunOut):
        open_reset(here.id, first)
    assert open_reset(here.id, second).is_open


def test_the_message_holds_no_address_to_press_on_and_no_host_of_an_attacker(lin: CustomerView) -> None:
    """There is no link at all: nothing a forged Host header could bend, nothing a Referer could carry away."""
    ordered(lin)
    letter = mail.outbox[-1]
    html = "".join(str(content) for content, kind in letter.alternatives) + str(letter.body)  # type: ignore[attr-defined]
    assert "/recover" not in html
    browser = Client(headers={"host": "attacker.example"})
    assert browser.get("/recover/").status_code == 400


def test_no_page_of_the_way_back_tells_others_where_it_was(lin: CustomerView) -> None:
    browser = Client()
    for address in ("/recover/", "/recover/prove/", "/unlock/"):
        assert browser.get(address).headers["Referrer-Policy"] == "same-origin"
    browser.post("/recover/", {"name": lin.email})
    page = browser.get("/recover/prove/")
    assert "no-store" in page.headers["Cache-Control"]


def test_a_finished_way_back_opens_nothing_more(lin: CustomerView) -> None:
    way, _ = ordered(lin)
    finish_recovery(way.id, NEW)
    with pytest.raises(errors.RecoveryOver):
        finish_recovery(way.id, OLD)
    assert User.objects.get(pk=lin.user_id).check_password(NEW)


def test_another_browser_cannot_take_over_an_attempt(lin: CustomerView) -> None:
    """The attempt is bound to the session in which it was begun; its number is in no page and no address."""
    owner, thief = Client(), Client()
    owner.post("/recover/", {"name": lin.email})
    number = owner.session["way_back"]
    assert number not in owner.get("/recover/prove/").content.decode()
    assert b"Get back in" in thief.get("/recover/password/", headers={"accept-language": "en"}).content
