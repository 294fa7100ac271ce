"""What every caller will hear was read by two people."""

from __future__ import annotations

import pytest

from tests.factories.trust import an_employee
from walletdesk.foundation.errors import NotAllowed
from walletdesk.service.hotline.public import live_menu, menu_version, publish_menu, save_menu_draft, write_menu
from walletdesk.trust.staff.public import ActNotAllowed

pytestmark = pytest.mark.django_db


def test_a_draft_goes_live_by_a_second_person() -> None:
    editor, supervisor, agent = (an_employee(role) for role in ("editor", "supervisor", "agent"))
    before = live_menu()
    draft = save_menu_draft(editor.id, write_menu(before.menu))
    with pytest.raises(NotAllowed) as own:
        publish_menu(editor.id, draft, "a quicker way to a person")
    assert own.value.code == "own_menu_draft"
    with pytest.raises(ActNotAllowed):
        publish_menu(agent.id, draft)
    assert live_menu().number == before.number
    publish_menu(supervisor.id, draft, "read it, tried it")
    assert (live_menu().number, menu_version(before.number).state) == (draft, "retired")
