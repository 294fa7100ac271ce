"""Codes: sealed while they wait, sent once, wiped when they are gone, and never ringing somebody's phone all day."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as outbox_of_django
from django.db import DatabaseError, connection, transaction

from tests.fakes.carriers import FakeSms, carriers
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.jobs.public import declare_all, run_waiting_tasks
from walletdesk.foundation.sealing.public import SealBroken
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.ports import Answer
from walletdesk.service.notifications.public import post_code, send_due_messages
from walletdesk.service.notifications.sealing import seal, unseal
from walletdesk.service.notifications.services.ask_whereabouts import ask_whereabouts

pytestmark = pytest.mark.django_db
TO = "+8613800002046"


@pytest.fixture
def sms() -> Iterator[FakeSms]:
    with carriers() as (texts, _):
        yield texts


def a_code(code: str = "493027", channel: str = "sms", to: str = TO, language: str = "zh-hans") -> Message:
    return Message.objects.get(id=post_code(channel, to, "sign_in", code, language, 10))


def test_a_text_says_the_code_its_purpose_and_that_nobody_asks(sms: FakeSms) -> None:
    a_code()
    send_due_messages()
    (text,) = sms.texts
    assert text.text == ("【Walletdesk】验证码 493027，用于登录，10 分钟内有效。不要告诉任何人；我们的人从不会问。")
    assert (text.to, text.template, dict(text.fields)) == (TO, "code", {"code": "493027", "minutes": "10"})


def test_a_mail_says_it_in_both_languages_and_not_in_its_subject(sms: FakeSms) -> None:
    a_code(channel="email", to="lin@example.com", language="en")
    send_due_messages()
    (mail,) = outbox_of_django.outbox
    assert mail.subject == "Your code to sign in"
    assert mail.body.index("Your code to sign in") < mail.body.index("验证码，用于登录")
    html = str(mail.alternatives[0][0])  # type: ignore[attr-defined]
    assert "493027" in mail.body and "<b>493027</b>" in html
    assert "http" not in mail.body and "<a " not in html


def test_it_lies_sealed_while_it_waits_and_nowhere_afterwards(sms: FakeSms) -> None:
    line = a_code()
    assert line.sealed is not None
    assert b"493027" not in bytes(line.sealed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(m)::text FROM notifications_message m")
        assert "493027" not in str(cursor.fetchall())
    send_due_messages()
    line.refresh_from_db()
    assert (line.state, line.sealed, line.tries) == ("sent", None, 1)


def test_the_database_itself_keeps_no_words_of_what_is_gone(sms: FakeSms) -> None:
    line = a_code()
    send_due_messages()
    with pytest.raises(DatabaseError, match="message_wiped_when_gone"), transaction.atomic():
        Message.objects.filter(id=line.id).update(sealed=b"again")


def test_a_seal_opens_for_its_own_row_only() -> None:
    sealed = seal({"code": "493027"}, "one")
    assert unseal(sealed, "one") == {"code": "493027"}
    for content, row in ((sealed, "two"), (sealed[:-1] + b"x", "one"), (b"", "one")):
        with pytest.raises(SealBroken):
            unseal(content, row)


def test_another_secret_opens_nothing_and_the_log_says_so(sms: FakeSms, settings: object) -> None:
    line = a_code()
    settings.SECRET_KEY = "another installation"  # type: ignore[attr-defined]
    send_due_messages()
    line.refresh_from_db()
    assert (line.state, line.last_answer, sms.texts) == ("refused", "the seal does not open", [])


def test_it_goes_out_right_after_the_commit_and_never_after_a_rollback(sms: FakeSms) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        a_code("111111")
        raise RuntimeError
    assert not Message.objects.exists()
    a_code("222222")
    declare_all()
    send_due_messages()
    assert [one.fields["code"] for one in sms.texts] == ["222222"]


@pytest.mark.parametrize(
    ("answer", "state", "tries"),
    [
        (Answer("not_reached"), "waiting", 2),
        (Answer("for_now", "busy"), "waiting", 2),
        (Answer("for_good", "21211"), "refused", 1),
        (Answer("answer_lost"), "unknown", 1),
    ],
)
def test_what_the_provider_answers_is_kept_and_nothing_is_said_twice(
    sms: FakeSms, answer: Answer, state: str, tries: int
) -> None:
    sms.answer = answer
    line = a_code()
    send_due_messages()
    send_due_messages()
    assert len(sms.texts) == 1, "not before its time"
    with at(now() + timedelta(seconds=30)):
        send_due_messages()
    line.refresh_from_db()
    assert (line.state, line.tries, line.last_answer) == (state, tries, answer.code)
    assert len(sms.texts) == tries


def test_a_code_that_is_over_is_not_sent(sms: FakeSms) -> None:
    line = a_code()
    with at(now() + timedelta(minutes=11)):
        send_due_messages()
    line.refresh_from_db()
    assert (line.state, line.sealed, sms.texts) == ("expired", None, [])


def test_a_sender_that_died_half_way_is_never_repeated(sms: FakeSms) -> None:
    line = a_code()
    Message.objects.update(state="sending", tries=1)
    with at(now() + timedelta(minutes=11)):
        send_due_messages()
    line.refresh_from_db()
    assert (line.state, line.sealed, sms.texts) == ("unknown", None, [])


def test_the_provider_is_asked_where_a_text_is_until_it_knows(sms: FakeSms) -> None:
    line, sms.then = a_code(), "on_its_way"
    send_due_messages()
    for minutes in (1, 3, 7):
        with at(now() + timedelta(minutes=minutes)):
            ask_whereabouts()
    line.refresh_from_db()
    assert (line.state, sms.asked) == ("sent", 3)
    sms.then = "lost"
    with at(now() + timedelta(minutes=20)):
        ask_whereabouts()
        ask_whereabouts()
    line.refresh_from_db()
    assert (line.state, sms.asked) == ("lost", 4)


def test_m05_the_eleventh_code_of_an_hour_is_held_back_and_whoever_asks_sees_no_difference(sms: FakeSms) -> None:
    answers = [type(post_code("sms", TO, "sign_in", f"{place:06d}", "en", 10)) for place in range(14)]
    other = a_code(to="+8613800002047")
    send_due_messages()
    assert len(set(answers)) == 1
    assert sum(text.to == TO for text in sms.texts) == 10
    assert sum(text.to == other.address for text in sms.texts) == 1
    held = Message.objects.filter(last_answer__startswith="held back")
    assert (held.count(), set(held.values_list("state", flat=True))) == (4, {"refused"})
    with at(now() + timedelta(minutes=61)):
        a_code("777777")
        send_due_messages()
    assert sms.texts[-1].fields["code"] == "777777"


@pytest.mark.parametrize(("channel", "code"), [("pigeon", "493027"), ("sms", "12 45"), ("sms", "<b>1234</b>")])
def test_a_programming_mistake_is_said_at_once(channel: str, code: str) -> None:
    with pytest.raises(ValueError, match="a code goes by"):
        post_code(channel, TO, "sign_in", code, "en", 10)


def test_c02_no_code_and_no_number_in_a_log(sms: FakeSms, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    def broken(message: object) -> Answer:
        raise RuntimeError("out of order")

    sms.send = broken  # type: ignore[method-assign, assignment]
    a_code()
    send_due_messages()
    assert "493027" not in caplog.text and TO not in caplog.text


def test_a_line_of_the_log_is_never_taken_out_and_its_end_is_final(sms: FakeSms) -> None:
    line = a_code()
    send_due_messages()
    Message.objects.filter(id=line.id).update(state="delivered")
    for change in ({"state": "waiting", "sealed": b"x"}, {"address": "+8613800009999"}, {"kind": "paid"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Message.objects.filter(id=line.id).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(id=line.id).delete()


def test_tasks_are_declared() -> None:
    declare_all()
    run_waiting_tasks()
