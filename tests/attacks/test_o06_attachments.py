"""O06: an attachment by a guessed or shared token, after closing, after a role was lost. Each is a plain 404."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import signing

from tests.factories.foundation import a_png
from tests.factories.service import ChargedTwice, a_desk, a_payer, charged_twice
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.cases.public import Actor, confirm_solved, reopen, the_agent, the_customer, the_merchant
from walletdesk.service.conversations.public import (
    AttachmentNotFound,
    attachment_for,
    attachment_link,
    conversation,
    say,
)
from walletdesk.trust.staff.public import change_post

pytestmark = pytest.mark.django_db


@dataclass
class Receipt:
    """A picture that Lin sent, a link to it in her own session, and the agent who may see it too."""

    story: ChargedTwice
    lin: Actor
    zhou: Actor
    file: uuid.UUID
    token: str

    def opens(self, reader: Actor, token: str, session: str, file: uuid.UUID | None = None) -> bytes:
        return attachment_for(reader, file or self.file, token, session).content


@pytest.fixture
def receipt() -> Receipt:
    story, desk = charged_twice(), a_desk()
    lin = the_customer(story.lin.id)
    zhou = the_agent(desk.zhou.id, "1024", "周岚", "Zhou Lan")
    say(story.case.id, lin, "收据", [("收据.png", a_png())])
    file = conversation(story.case.id, lin)[0].attachments[0].id
    return Receipt(story, lin, zhou, file, attachment_link(lin, file, "lin's phone"))


def refused(attempt: Callable[[], object]) -> None:
    with pytest.raises(AttachmentNotFound) as answer:
        attempt()
    assert (answer.value.status, answer.value.fields) == (404, {})


def test_o06_the_right_person_in_the_right_session_opens_it(receipt: Receipt) -> None:
    assert receipt.opens(receipt.lin, receipt.token, "lin's phone") == a_png()
    token = attachment_link(receipt.zhou, receipt.file, "desk 4")
    assert receipt.opens(receipt.zhou, token, "desk 4") == a_png()


def test_o06_a_guessed_or_changed_token(receipt: Receipt) -> None:
    forged = signing.dumps({"attachment": str(receipt.file)}, key="another key")
    wrong_room = signing.dumps({"attachment": str(receipt.file), "reader": receipt.lin.ref}, salt="walletdesk.live")
    for token in ("", "x", receipt.token[:-1], receipt.token + "A", forged, wrong_room, "a:b:c"):
        refused(lambda token=token: receipt.opens(receipt.lin, token, "lin's phone"))


def test_o06_a_shared_token_in_another_session_or_another_hand(receipt: Receipt) -> None:
    wang = the_customer(a_payer("王明").id)
    refused(lambda: receipt.opens(receipt.lin, receipt.token, "another phone"))
    refused(lambda: receipt.opens(receipt.lin, receipt.token, ""))
    refused(lambda: receipt.opens(wang, receipt.token, "lin's phone"))
    refused(lambda: receipt.opens(receipt.zhou, receipt.token, "lin's phone"))
    refused(lambda: attachment_link(wang, receipt.file, "wang's phone"))


def test_o06_a_token_of_one_file_does_not_open_another(receipt: Receipt) -> None:
    say(receipt.story.case.id, receipt.lin, "第二张", [("b.png", a_png(3, 3))])
    second = conversation(receipt.story.case.id, receipt.lin)[1].attachments[0].id
    refused(lambda: receipt.opens(receipt.lin, receipt.token, "lin's phone", second))
    refused(lambda: receipt.opens(receipt.lin, receipt.token, "lin's phone", uuid.uuid4()))


def test_o06_a_link_lives_five_minutes(receipt: Receipt) -> None:
    made = now()
    with at(made + timedelta(minutes=4, seconds=50)):
        assert receipt.opens(receipt.lin, receipt.token, "lin's phone")
    with at(made + timedelta(minutes=5, seconds=2)):
        refused(lambda: receipt.opens(receipt.lin, receipt.token, "lin's phone"))


def test_o06_after_closing_every_older_link_is_dead_and_staff_get_none(receipt: Receipt) -> None:
    desk_token = attachment_link(receipt.zhou, receipt.file, "desk 4")
    confirm_solved(receipt.story.lin.id, receipt.story.case.id)
    refused(lambda: receipt.opens(receipt.lin, receipt.token, "lin's phone"))
    refused(lambda: receipt.opens(receipt.zhou, desk_token, "desk 4"))
    refused(lambda: attachment_link(receipt.zhou, receipt.file, "desk 4"))
    fresh = attachment_link(receipt.lin, receipt.file, "lin's phone")
    assert receipt.opens(receipt.lin, fresh, "lin's phone"), "the record stays the customer's own"
    reopen(receipt.story.case.id, customer_id=receipt.story.lin.id)
    refused(lambda: receipt.opens(receipt.lin, receipt.token, "lin's phone"))
    refused(lambda: receipt.opens(receipt.lin, fresh, "lin's phone"))


@pytest.mark.parametrize(("role", "active"), [("editor", True), ("administrator", True), ("agent", False)])
def test_o06_a_role_lost_a_moment_ago(receipt: Receipt, role: str, active: bool) -> None:
    token = attachment_link(receipt.zhou, receipt.file, "desk 4")
    change_post(receipt.zhou.id, role=role, team="care", active=active, by="test", reason="left")  # type: ignore[arg-type]
    refused(lambda: receipt.opens(receipt.zhou, token, "desk 4"))
    refused(lambda: attachment_link(receipt.zhou, receipt.file, "desk 4"))


def test_o06_the_shop_sees_no_file_of_the_customers_thread(receipt: Receipt) -> None:
    bakery = the_merchant(receipt.story.bakery.id)
    refused(lambda: attachment_link(bakery, receipt.file, "till 1"))
    refused(lambda: receipt.opens(bakery, receipt.token, "lin's phone"))


def test_o06_a_file_of_a_note_never_leaves_the_desk(receipt: Receipt) -> None:
    say(receipt.story.case.id, receipt.zhou, "店主发来的", [("log.png", a_png())], staff_only=True)
    note = conversation(receipt.story.case.id, receipt.zhou)[-1]
    refused(lambda: attachment_link(receipt.lin, note.attachments[0].id, "lin's phone"))
