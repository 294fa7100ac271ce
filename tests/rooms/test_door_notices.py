"""The bell at the desk and at the till: who is told what, that it counts, and that it can be read."""

from __future__ import annotations

import pytest

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.foundation import a_user
from tests.factories.money import a_shop
from tests.factories.service import a_desk, charged_twice, everybody_hears, in_hand
from tests.factories.trust import an_employee
from tests.rooms.test_door_till import a_browser
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import PasswordChanged
from walletdesk.foundation.outbox.public import publish
from walletdesk.money.merchants.public import add_cashier, members_of
from walletdesk.service.agent_actions.public import ask_verification
from walletdesk.service.notifications.public import NoticeDraft, notices, tell_many, unread_count
from walletdesk.service.oversight.public import alarms, approve_recovery, propose_recovery
from walletdesk.service.oversight.services.raise_alarm import AlarmDraft, raise_alarm
from walletdesk.trust.verification.public import answer_prompt

pytestmark = pytest.mark.django_db
NEWS = {"zh-hans": "有新密钥", "en": "A new key was made"}


def test_an_alarm_rings_for_who_watches_and_leads_to_it() -> None:
    about, agent = an_employee("agent", "care"), an_employee("agent", "care")
    watching = [an_employee(role) for role in ("supervisor", "risk_officer", "auditor")]
    raise_alarm(AlarmDraft("many_looks", about.id, "1", detail={"count": 51}))
    everybody_hears()
    for one in watching:
        page = at_desk(one).get("/desk/notices/")
        assert 'href="/desk/oversight/"' in page.content.decode() and "1 new" in text_of(page)
        assert f"Agent {about.employee_number}" in text_of(page), "it says whom it is about"
    for one in (about, agent):
        assert "No messages yet" in text_of(at_desk(one).get("/desk/notices/"))


def test_a_recovery_is_told_to_both_administrators_and_the_person() -> None:
    maker, checker = an_employee("administrator", "systems"), an_employee("administrator", "nights")
    person = an_employee("agent", "care")
    made = propose_recovery(maker.id, person.id, "The phone is lost", "In person, with the badge")
    approve_recovery(checker.id, made.id, made.payload_hash)
    for one in (maker, checker, person):
        assert [told.kind for told in notices("employee", one.id)] == ["staff_recovery"]
    assert "The factors of" in text_of(at_desk(maker).get("/desk/notices/"))


def test_one_is_read_then_all_and_nobody_reads_for_another() -> None:
    reader, other = an_employee("supervisor"), an_employee("auditor")
    for number in range(3):
        raise_alarm(AlarmDraft("many_looks", an_employee("agent").id, str(number), detail={"count": 51}))
    browser, (first, *_) = at_desk(reader), notices("employee", reader.id)
    assert at_desk(other).post(f"/desk/notices/{first.id}/read/").status_code == 404
    assert browser.post(f"/desk/notices/{first.id}/read/").headers["Location"] == "/desk/notices/"
    assert (unread_count("employee", reader.id), unread_count("employee", other.id)) == (2, 3)
    assert "2 new" in text_of(browser.get("/desk/")), "the bell stands on every page of the desk"
    browser.post("/desk/notices/read/")
    assert (unread_count("employee", reader.id), unread_count("employee", other.id)) == (0, 3)
    assert "Mark all as read" not in text_of(browser.get("/desk/notices/"))


def test_somebody_at_the_desk_reads_there_that_their_password_changed() -> None:
    reader = an_employee("editor")
    publish(PasswordChanged(reader.user_id, now()))
    everybody_hears()
    page = at_desk(reader).get("/desk/notices/")
    assert "Your password was changed" in text_of(page) and 'href="/security/"' in page.content.decode()


def test_a_notice_leads_to_no_other_door() -> None:
    reader = an_employee()
    for number, link in enumerate(("/wallet/", "//evil.example/desk/", "/desk/../wallet/", "")):
        tell_many([NoticeDraft("employee", reader.id, "news", NEWS, {}, link, str(number))])
    page = at_desk(reader).get("/desk/notices/").content.decode()
    assert page.count("A new key was made") == 4 and "evil.example" not in page and 'href="/wallet/"' not in page


def test_a_shop_is_told_at_the_till_and_its_cashier_of_their_own_sign_in_only() -> None:
    owner, cashier = a_user(), a_user()
    shop = a_shop(user_id=owner.id)
    add_cashier(shop.id, members_of(shop.id)[0].id, cashier.id, "小吴")
    tell_many([NoticeDraft("merchant", shop.id, "api_key_made", NEWS, NEWS, "/till/keys/", "1", at=now())])
    publish(PasswordChanged(cashier.id, now()))
    everybody_hears()
    at_till, beside = a_browser(owner.id), a_browser(cashier.id)
    page = at_till.get("/till/notices/")
    assert 'href="/till/keys/"' in page.content.decode() and "Messages, 1 new" in text_of(page)
    assert "Your password was changed" not in text_of(page)
    theirs = text_of(beside.get("/till/notices/"))
    assert "Your password was changed" in theirs and "A new key was made" not in theirs
    beside.post("/till/notices/read/")
    assert unread_count("merchant", shop.id) == 1, "a cashier reads nothing for the owner"
    at_till.post("/till/notices/read/")
    assert unread_count("merchant", shop.id) == 0 and "Messages, 1 new" not in text_of(at_till.get("/till/"))


def test_a_customer_who_says_that_an_agent_is_none_of_ours_reaches_those_who_watch() -> None:
    """The page says that security has been told, and so it is: by an alarm, to everybody who watches but the agent."""
    story, people = charged_twice(), a_desk()
    in_hand(story, people.zhou, verified=False)
    answer_prompt(story.lin.id, ask_verification(people.zhou.id, story.case.id).id, genuine=False)
    everybody_hears()
    (alarm,) = alarms()
    assert (alarm.kind, alarm.about.id) == ("agent_disowned", people.zhou.id)
    assert "none of ours" in text_of(at_desk(people.he).get("/desk/notices/"))
    assert [one.kind for one in notices("employee", people.zhou.id)] == []
    everybody_hears()
    assert len(alarms()) == 1
