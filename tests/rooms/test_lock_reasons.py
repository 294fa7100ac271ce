"""Why sign-in is closed, each reason by what causes it: the owner's own device said "not me", somebody told the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.identity import a_browser, a_signed_in_browser, sign_in
from tests.factories.trust import an_employee
from tests.factories.way_back import NEW, OLD, a_case_of, a_locked_out_customer, begun, proves
from walletdesk.foundation.audit.public import acts_of_case
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.models import Approval, User
from walletdesk.foundation.identity.public import SignInDenied, set_password
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.service.agent_actions.public import acts_seen_by_customer
from walletdesk.service.notifications.public import notices
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.verification import handlers
from walletdesk.trust.verification.errors import LockStays
from walletdesk.trust.verification.public import finish_recovery, locks_of

pytestmark = pytest.mark.django_db
SECOND = "/sign-in/second/"


@pytest.fixture
def lin() -> CustomerView:
    return a_locked_out_customer(totp=True)


def owner_of(lin: CustomerView) -> Client:
    return a_signed_in_browser(User.objects.get(pk=lin.user_id), OLD)


def who_asks(lin: CustomerView) -> Client:
    """Somebody who knows the password stands before the second question, and has asked the owner's device."""
    thief = a_browser("198.51.100.66")
    assert sign_in(thief, lin.email, OLD).headers["Location"] == SECOND
    thief.post(SECOND, {"way": "ask"})
    return thief


def answered(owner: Client, **form: str) -> None:
    owner.post(f"/security/approve/{Approval.objects.get().id}/", form)
    deliver_all()


def reasons(lin: CustomerView) -> list[str]:
    return [one.reason for one in locks_of(lin.id)]


def test_not_me_closes_sign_in_until_the_known_password_is_changed(lin: CustomerView) -> None:
    owner = owner_of(lin)
    thief = who_asks(lin)
    thief.post(SECOND, {"way": "send", "to": "email"})
    answered(owner, answer="no")
    assert reasons(lin) == ["risk"]
    stopped = thief.get(SECOND)
    assert stopped.status_code == 403, "also who was past the password already, with a code on its way"
    assert "said “not me”" in text_of(stopped) and "Change the password" in text_of(stopped)
    assert thief.get(SECOND).status_code == 302, "nothing waits any more"
    assert sign_in(a_browser(), lin.email, OLD).status_code == 403
    told = [one for one in notices("customer", lin.id) if one.kind in ("sign_in_denied", "account_locked")]
    assert [one.kind for one in told] == ["sign_in_denied"], "one happening, one message"
    assert "nobody can sign in with it for now" in told[0].more["en"]
    assert owner.get("/security/").status_code == 200, "the owner stays inside: from there it is opened"
    set_password(lin.user_id, NEW)
    deliver_all()
    assert reasons(lin) == []
    assert sign_in(a_browser(), lin.email, NEW).headers["Location"] == SECOND


def test_it_opens_by_itself_after_a_day(lin: CustomerView) -> None:
    owner = owner_of(lin)
    who_asks(lin)
    answered(owner, answer="no")
    with at(now() + timedelta(hours=24, seconds=1)):
        assert reasons(lin) == []


def test_a_misread_number_locks_nobody_out(lin: CustomerView) -> None:
    owner = owner_of(lin)
    who_asks(lin)
    answered(owner, answer="yes", number="1")
    assert reasons(lin) == []


def test_a_no_that_is_heard_after_the_password_was_changed_locks_nobody_out(lin: CustomerView) -> None:
    said_no = SignInDenied(lin.user_id, lin.id, "Firefox", "198.51.100.66", now())
    set_password(lin.user_id, NEW)
    handlers.on_sign_in_denied([said_no])
    assert reasons(lin) == []


def test_the_desk_locks_what_somebody_reported_and_a_strong_proof_opens_it(lin: CustomerView) -> None:
    agent = an_employee(number="1024")
    way = proves(begun(lin), "email", "sms")
    case = a_case_of(way, agent)
    desk, sheet = at_desk(agent), f"/desk/cases/{case.reference}/way-back/"
    assert "Misuse was reported" in text_of(desk.get(sheet))
    assert desk.post(f"{sheet}lock/", {"kind": "reported", "reason": ""}).status_code == 422
    assert desk.post(f"{sheet}lock/", {"kind": "risk", "reason": "x"}).status_code == 422, (
        "a word of ours, not of the desk"
    )
    desk.post(f"{sheet}lock/", {"kind": "reported", "reason": "Her brother pays from it"})
    assert reasons(lin) == ["reported"]
    assert "Misuse was reported" not in text_of(desk.get(sheet)), "once"
    assert "We see the danger" in text_of(desk.get(sheet)), "and the heavier lock may follow"
    assert "lock_reported" in [act.verb for act in acts_of_case(case.id)]
    assert "misuse was reported" in acts_seen_by_customer(lin.id)[0].what.both()["en"]
    assert "misused" in text_of(sign_in(a_browser(), lin.email, OLD))
    with pytest.raises(LockStays):
        finish_recovery(way.id, NEW)
    finish_recovery(proves(way, "totp").id, NEW)
    assert reasons(lin) == []
