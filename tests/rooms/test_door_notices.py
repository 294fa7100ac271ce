"""The inboxes of those who help and of those who sell: a bell that counts, a list that leads on, and alarms that arrive."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.service import a_desk, charged_twice, everybody_hears, in_hand
from tests.factories.trust import an_employee
from tests.rooms.test_door_till import a_browser
from walletdesk.money.merchants.public import members_of
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.service.agent_actions.public import approve_refund, ask_verification, propose_refund
from walletdesk.service.notifications.public import notices
from walletdesk.service.oversight.public import alarms, approve_recovery, propose_recovery
from walletdesk.trust.verification.public import answer_prompt

pytestmark = pytest.mark.django_db


def test_the_maker_hears_what_became_of_a_proposal_and_reads_it() -> None:
    story, people = charged_twice(), a_desk()
    desk = at_desk(people.zhou)
    assert "No notices yet" in text_of(desk.get(reverse("desk-notices")))
    in_hand(story, people.zhou)
    made = propose_refund(people.zhou.id, story.case.id, story.second.id, 3_800, "Charged twice")
    approve_refund(people.he.id, made.id, made.payload_hash)
    assert "1 unread" in text_of(desk.get(reverse("desk-bell")))
    page = desk.get(reverse("desk-notices"))
    assert "was approved; the ledger has moved" in text_of(page)
    assert f"/desk/cases/{story.case.reference}/" in page.content.decode()
    assert desk.post(reverse("desk-notices-read")).status_code == 302
    assert "unread" not in text_of(desk.get(reverse("desk-bell")))
    assert "New" not in text_of(desk.get(reverse("desk-notices")))


def test_a_customer_who_says_that_an_agent_is_none_of_ours_reaches_those_who_watch() -> None:
    """The page says that security has been told, and so it is: by an alarm, to everybody who watches but the agent."""
    story, people = charged_twice(), a_desk()
    in_hand(story, people.zhou, verified=False)
    answer_prompt(story.lin.id, ask_verification(people.zhou.id, story.case.id).id, genuine=False)
    everybody_hears()
    (alarm,) = alarms()
    assert (alarm.kind, alarm.about.id) == ("agent_disowned", people.zhou.id)
    assert "none of ours" in text_of(at_desk(people.he).get(reverse("desk-notices")))
    assert [one.kind for one in notices("employee", people.zhou.id)] == []
    everybody_hears()
    assert len(alarms()) == 1


def test_who_lost_their_factors_hears_it_and_so_do_all_administrators() -> None:
    zhou, *administrators = a_desk().zhou, an_employee("administrator", "it"), an_employee("administrator", "ops")
    one, other = administrators
    made = propose_recovery(one.id, zhou.id, "Lost the phone", "In person, with the badge")
    approve_recovery(other.id, made.id, made.payload_hash)
    everybody_hears()
    for person in (zhou, one, other):
        assert "staff_recovered" in [notice.kind for notice in notices("employee", person.id)]


def test_a_shop_hears_of_a_refund_and_reads_it() -> None:
    story = charged_twice()
    refund_once(RefundIntent("r-1", story.second.id, 3_800, "merchant"))
    everybody_hears()
    (owner,) = members_of(story.bakery.id)
    till = a_browser(owner.user_id)
    assert "38.00 was refunded to a customer" in text_of(till.get(reverse("till-notices")))
    assert till.post(reverse("till-notices-read")).status_code == 302
    assert "New" not in text_of(till.get(reverse("till-notices")))
