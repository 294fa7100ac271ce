"""O08: an agent changes what is not theirs to change. O10: an account is opened without a case that is tied to it."""

from __future__ import annotations

import pytest

from tests.factories.desk_browser import at_desk
from tests.factories.service import a_desk, a_payer, charged_twice
from tests.factories.trust import an_employee
from walletdesk.service.agent_actions.public import NoCase, look_up, unmask
from walletdesk.service.hotline.public import live_menu, publish_menu, save_menu_draft
from walletdesk.service.hotline.rules.menu import write_menu
from walletdesk.service.oversight.public import alarms, break_glass
from walletdesk.trust.staff.public import ACTS

pytestmark = pytest.mark.django_db
SETTINGS_PAGES = {
    "/wall/menu/1/draft/": {"tree": "{}"},
    "/wall/menu/1/publish/": {"reason": "mine"},
    "/wall/planner/save/": {},
    "/desk/staff/employ/": {},
    "/desk/staff/team/": {"code": "mine", "name_zh": "我", "name_en": "Mine"},
    "/desk/staff/1024/post/": {"role": "administrator"},
    "/desk/staff/1024/caps/": {"each": "999999"},
    "/desk/staff/1024/pass/": {},
    "/desk/staff/1024/recover/": {"reason": "mine", "seen_how": "by me"},
    "/desk/oversight/canaries/": {"number": "WD-1"},
}


@pytest.mark.parametrize("address", SETTINGS_PAGES)
def test_o08_an_agent_changes_no_setting(address: str) -> None:
    agent = at_desk(an_employee("agent", number="1024"))
    assert agent.post(address, SETTINGS_PAGES[address]).status_code == 403


def test_o08_what_every_caller_hears_takes_two() -> None:
    """One editor drafts; the same one does not publish; a second one does."""
    one, other = an_employee("editor", "words"), an_employee("supervisor", "checks")
    number = save_menu_draft(one.id, write_menu(live_menu().menu))
    with pytest.raises(Exception, match="own"):
        publish_menu(one.id, number, "I read it")
    publish_menu(other.id, number, "Read by two")
    assert live_menu().number == number


def test_o08_no_page_publishes_contacts() -> None:
    """The directory changes by its own verb, from the command line, by who holds its key: no role has a page for it."""
    assert "publish_contacts" in ACTS
    assert at_desk(an_employee("editor", "words")).post("/contact/", {}).status_code == 405


def test_o10_no_case_no_account() -> None:
    desk, lin = a_desk(), a_payer()
    for act in (lambda: look_up(desk.zhou.id, None), lambda: unmask(desk.zhou.id, None, "email", "Curious")):
        with pytest.raises(NoCase):
            act()
    agent = at_desk(desk.zhou)
    assert lin.name not in agent.get(f"/desk/palette/?q={lin.number}").content.decode()
    assert agent.post("/desk/emergency/", {"number": lin.number, "reason": "I would like to know"}).status_code == 403


def test_o10_the_glass_is_broken_with_a_reason_and_an_alarm() -> None:
    story, he = charged_twice(), an_employee("supervisor", "checks")
    break_glass(he.id, story.lin.number, "The police is on the line")
    assert [(alarm.kind, alarm.about.id) for alarm in alarms()] == [("glass_broken", he.id)]
