"""What people write to each other about a case."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.foundation import a_png
from tests.factories.service import a_desk, a_payer, charged_twice, in_hand
from walletdesk.foundation.files.public import FileTypeRefused
from walletdesk.service.cases.public import (
    CaseEventRefused,
    CaseNotFound,
    ask_confirmation,
    confirm_solved,
    open_case,
    the_agent,
    the_customer,
    the_merchant,
    wait_for,
)
from walletdesk.service.conversations.models import Message
from walletdesk.service.conversations.public import (
    MessageEmpty,
    MessageTooLong,
    TooManyFiles,
    attachment_for,
    attachment_link,
    conversation,
    say,
)
from walletdesk.service.notifications.public import notices
from walletdesk.trust.staff.public import ActNotAllowed, EmployeeView, change_post

pytestmark = pytest.mark.django_db


def agent(employee: EmployeeView) -> object:
    return the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)


def texts(story: object, reader: object) -> list[str]:
    return [message.text for message in conversation(story.case.id, reader)]  # type: ignore[attr-defined, arg-type]


def test_a_question_and_its_answer_and_the_promise_is_kept() -> None:
    story, desk = charged_twice(), a_desk()
    lin, zhou = the_customer(story.lin.id), agent(desk.zhou)
    say(story.case.id, lin, "我只买了一次面包，为什么扣了两次？")
    assert story.now().promises[0].standing == "running"
    say(story.case.id, zhou, "我看到两笔，正在核对。")
    assert story.now().promises[0].standing == "kept", "the first answer of an agent keeps the promise"
    assert texts(story, lin) == ["我只买了一次面包，为什么扣了两次？", "我看到两笔，正在核对。"]
    answer = conversation(story.case.id, lin)[-1]
    assert (answer.author_number, answer.author_name["en"]) == ("1024", "Zhou Lan")
    (notice,) = [one for one in notices("customer", story.lin.id) if one.kind == "message"]
    assert notice.words["zh-hans"] == "工号 1024 周岚答复了您"


def test_neither_a_note_nor_a_word_to_the_shop_keeps_the_promise() -> None:
    story, desk = charged_twice(), a_desk()
    say(story.case.id, agent(desk.zhou), "店主电话里承认", staff_only=True)
    say(story.case.id, agent(desk.zhou), "请看看收银记录", to="merchant")
    assert story.now().promises[0].standing == "running"
    assert not [one for one in notices("customer", story.lin.id) if one.kind == "message"]


def test_three_threads_that_never_mix() -> None:
    story, desk = charged_twice(), a_desk()
    lin, bakery, zhou = the_customer(story.lin.id), the_merchant(story.bakery.id), agent(desk.zhou)
    say(story.case.id, lin, "customer says")
    say(story.case.id, zhou, "to the shop", to="merchant")
    say(story.case.id, bakery, "shop says")
    say(story.case.id, zhou, "for us", staff_only=True)
    assert texts(story, lin) == ["customer says"]
    assert texts(story, bakery) == ["to the shop", "shop says"]
    assert texts(story, zhou) == ["customer says", "to the shop", "shop says", "for us"]


def test_the_database_keeps_customers_out_of_other_threads() -> None:
    story = charged_twice()
    with pytest.raises(DatabaseError, match="message_in_own_thread"), transaction.atomic():
        Message.objects.create(
            case_id=story.case.id, author_kind="customer", author_id=story.lin.id, audience="staff", text="x"
        )


def test_the_shop_can_write_only_where_it_is_concerned() -> None:
    story, other = charged_twice(), charged_twice()
    with pytest.raises(CaseNotFound):
        say(other.case.id, the_merchant(story.bakery.id), "not ours")
    question = open_case("question", story.lin.id)
    with pytest.raises(CaseNotFound):
        say(question.id, the_merchant(story.bakery.id), "no shop here")


@pytest.mark.parametrize(
    ("text", "files", "refusal"),
    [
        ("", 0, MessageEmpty),
        (" \n\t ", 0, MessageEmpty),
        ("长" * 4_001, 0, MessageTooLong),
        ("six pictures", 6, TooManyFiles),
    ],
)
def test_what_cannot_be_said(text: str, files: int, refusal: type[Exception]) -> None:
    story = charged_twice()
    with pytest.raises(refusal):
        say(story.case.id, the_customer(story.lin.id), text, [("a.png", a_png())] * files)
    assert texts(story, the_customer(story.lin.id)) == []


def test_four_thousand_characters_are_welcome_and_kept_as_written() -> None:
    story = charged_twice()
    written = "<script>alert(1)</script>{{ x }} & “quoted”\n" + "长" * 3_900
    say(story.case.id, the_customer(story.lin.id), written)
    assert texts(story, the_customer(story.lin.id)) == [written], "text is text: it is escaped where it is shown"


def test_a_refused_file_takes_the_message_with_it() -> None:
    story = charged_twice()
    lin = the_customer(story.lin.id)
    with pytest.raises(FileTypeRefused), transaction.atomic():
        say(story.case.id, lin, "看", [("ok.png", a_png()), ("x.zip", b"PK\x03\x04" + b"\0" * 40)])
    assert texts(story, lin) == []


def test_a_picture_travels_with_its_hash_in_the_open() -> None:
    story, desk = charged_twice(), a_desk()
    lin = the_customer(story.lin.id)
    say(story.case.id, lin, "收据的照片", [("收据.png", a_png())])
    (seen,) = conversation(story.case.id, agent(desk.zhou))
    (picture,) = seen.attachments
    assert (picture.name, picture.media_type, len(picture.sha256)) == ("收据.png", "image/png", 64)
    opened = attachment_for(lin, picture.id, attachment_link(lin, picture.id, "session-1"), "session-1")
    assert opened.content == a_png()
    assert opened.headers["Content-Disposition"].startswith("attachment")


def test_a_form_sent_twice_says_it_once() -> None:
    story = charged_twice()
    lin = the_customer(story.lin.id)
    assert say(story.case.id, lin, "一次", once="form-1") == say(story.case.id, lin, "一次", once="form-1")
    assert texts(story, lin) == ["一次"]


def test_the_customers_word_brings_a_waiting_case_back_into_hand() -> None:
    story, desk = charged_twice(), a_desk()
    in_hand(story, desk.zhou, verified=False)
    wait_for(story.case.id, "customer")
    say(story.case.id, the_customer(story.lin.id), "在这里")
    assert story.now().state == "open"
    (notice,) = notices("employee", desk.zhou.id)
    assert notice.link == f"/desk/cases/{story.case.reference}/"


def test_thanks_do_not_take_back_what_waits_for_confirmation() -> None:
    story = charged_twice()
    ask_confirmation(story.case.id)
    say(story.case.id, the_customer(story.lin.id), "谢谢")
    assert story.now().state == "resolved"


def test_a_closed_case_is_reopened_before_anybody_writes_but_staff_may_add_a_note() -> None:
    story, desk = charged_twice(), a_desk()
    confirm_solved(story.lin.id, story.case.id)
    with pytest.raises(CaseEventRefused):
        say(story.case.id, the_customer(story.lin.id), "还有")
    say(story.case.id, agent(desk.zhou), "归档", staff_only=True)


def test_a_role_lost_a_moment_ago_is_lost() -> None:
    story, desk = charged_twice(), a_desk()
    zhou = agent(desk.zhou)
    change_post(desk.zhou.id, role="editor", team="care", active=True, by="test", reason="moved")
    with pytest.raises(CaseNotFound):
        say(story.case.id, zhou, "still here?")
    change_post(desk.zhou.id, role="auditor", team="care", active=True, by="test", reason="moved")
    assert conversation(story.case.id, zhou) == []
    with pytest.raises(ActNotAllowed):
        say(story.case.id, zhou, "auditors read, they do not write")


def test_what_was_said_stays_said() -> None:
    story = charged_twice()
    say(story.case.id, the_customer(story.lin.id), "原话")
    for statement in ("UPDATE conversations_message SET text = 'x'", "DELETE FROM conversations_message"):
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_passer_by_reads_nothing() -> None:
    story, stranger = charged_twice(), a_payer("王明")
    with pytest.raises(CaseNotFound):
        conversation(story.case.id, the_customer(stranger.id))
