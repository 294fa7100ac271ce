"""An old password: the security page says how old it is, a reminder comes to who asked for one, and nobody is made to change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories.desk_browser import text_of
from tests.factories.telling import a_reader
from tests.factories.trust import an_employee
from tests.factories.way_back import NEW
from tests.fakes.carriers import carriers
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.public import (
    PeriodUnknown,
    choose_password_reminder,
    password_reminder,
    set_password,
)
from walletdesk.foundation.identity.services.remind_of_password import remind_of_passwords
from walletdesk.foundation.jobs.declared import declared_timers
from walletdesk.foundation.jobs.public import declare_all
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.public import notices
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db
PAGE, REMINDER = "/security/", "/security/password/reminder/"
HALF, YEAR = timedelta(days=183), timedelta(days=365)


@pytest.fixture(autouse=True)
def carried() -> Iterator[None]:
    with carriers():
        yield


@pytest.fixture
def lin() -> CustomerView:
    return a_reader()


def chose_password(who: CustomerView, ago: timedelta) -> None:
    User.objects.filter(pk=who.user_id).update(password_set_at=now() - ago)


def browser_of(user_id: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.get(pk=user_id))
    return client


def reminded(who: CustomerView) -> list[str]:
    deliver_all()
    return [one.words["en"] for one in reversed(notices("customer", who.id)) if one.kind == "password_due"]


def test_nobody_is_reminded_who_did_not_ask(lin: CustomerView) -> None:
    chose_password(lin, 5 * YEAR)
    assert (password_reminder(lin.user_id), remind_of_passwords(), reminded(lin)) == (0, 0, [])


def test_once_a_period_until_the_password_is_changed(lin: CustomerView) -> None:
    chose_password(lin, timedelta(0))
    choose_password_reminder(lin.user_id, 6)

    def comes_by(moment: datetime) -> int:
        with at(moment):
            return remind_of_passwords()

    begin = now()
    days = (182, 184, 185, 184 + 182, 184 + 184)
    assert [comes_by(begin + timedelta(days=day)) for day in days] == [0, 1, 0, 0, 1]
    with at(begin + timedelta(days=399)):
        assert reminded(lin) == ["Your password is 6 months old", "Your password is 12 months old"]
    with at(begin + timedelta(days=400)):
        set_password(lin.user_id, NEW)
    assert comes_by(begin + timedelta(days=400 + 182)) == 0, "the change counts, not the last reminder"
    assert comes_by(begin + timedelta(days=400 + 184)) == 1


def test_it_is_a_word_in_the_inbox_and_nothing_that_asks_for_a_secret(lin: CustomerView) -> None:
    chose_password(lin, YEAR + timedelta(days=1))
    choose_password_reminder(lin.user_id, 12)
    assert remind_of_passwords() == 1
    assert reminded(lin) == ["Your password is 12 months old"]
    told = next(one for one in notices("customer", lin.id) if one.kind == "password_due")
    assert "用了 12 个月" in told.words["zh-hans"] and "We never ask for a password" in told.more["en"]
    assert not Message.objects.filter(customer=lin.id).exists(), "no text, mail or push"


def test_staff_read_it_in_their_own_inbox() -> None:
    agent = an_employee()
    User.objects.filter(pk=agent.user_id).update(password_set_at=now() - YEAR)
    choose_password_reminder(agent.user_id, 6)
    remind_of_passwords()
    deliver_all()
    assert [one.kind for one in notices("user", agent.user_id)] == ["password_due"]


def test_the_page_says_how_old_it_is_and_keeps_the_wish(lin: CustomerView) -> None:
    chose_password(lin, timedelta(days=245))
    mine, other = browser_of(lin.user_id), a_reader("Wang")
    page = mine.get(PAGE)
    assert "Changed 8 months ago" in text_of(page)
    assert '<input type="radio" name="months" value="0" checked>' in page.content.decode()
    assert "every 12 months" in text_of(mine.post(REMINDER, {"months": "12"}, follow=True))
    assert '<input type="radio" name="months" value="12" checked>' in mine.get(PAGE).content.decode()
    assert (password_reminder(lin.user_id), password_reminder(other.user_id)) == (12, 0)
    mine.post(REMINDER, {"months": "0"})
    assert password_reminder(lin.user_id) == 0
    set_password(lin.user_id, NEW)
    assert "Changed less than a month ago" in text_of(browser_of(lin.user_id).get(PAGE))


@pytest.mark.parametrize("typed", ["", "1", "-6", "६", "6.0", "99"])
def test_other_periods_are_refused(lin: CustomerView, typed: str) -> None:
    assert browser_of(lin.user_id).post(REMINDER, {"months": typed}).status_code == 422
    with pytest.raises(PeriodUnknown):
        choose_password_reminder(lin.user_id, 3)
    assert password_reminder(lin.user_id) == 0


def test_the_timer_is_declared() -> None:
    declare_all()
    assert "identity.remind_of_passwords" in declared_timers()
