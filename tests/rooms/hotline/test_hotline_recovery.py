"""The hotline's process is killed with calls up: calls end as dropped by us, and nothing that was promised is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.hotline import Caller, an_agent, an_old_customer, asks_all_day, reached, wait_is
from walletdesk.service.hotline.models import Call, CallBack, CallBackTry, Contact, Recording
from walletdesk.service.hotline.public import (
    due_call_backs,
    line,
    presence_of,
    recording_path,
    recover_calls,
    speaking_now,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.call_backs import MOST_A_DAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    with wait_is(180):
        yield


def test_everything_that_stood_open_is_closed_and_who_was_promised_is_called_back() -> None:
    lin, wang, zhao = an_old_customer(), an_old_customer("139 0000 7777"), an_old_customer("139 0000 8888")
    zhou = an_agent("1024")
    talking = Caller.signed_in(lin).into_talk(zhou)
    Caller.signed_in(wang).into_line()
    in_menu = Caller.signed_in(zhao).into_menu()
    stranger = Caller("+8613900001100").into_line()
    name = [one.recording for one in talking.asked if isinstance(one, ask.Record)][-1]
    recording_path(name).write_bytes(b"RIFF" + bytes(40) + bytes(32_000))  # sizes never written: it was killed

    assert recover_calls() == 4
    assert recover_calls() == 0
    assert set(Call.objects.values_list("outcome", flat=True)) == {"dropped_by_us"}
    assert Contact.objects.count() == 4
    assert {one.customer_id for one in CallBack.objects.all()} == {lin.id, wang.id}
    assert [view.customer_id for view in line()] == [lin.id, wang.id], "who was cut off in mid-sentence comes first"
    row = Recording.objects.get(pk=name)
    assert (row.state, row.milliseconds) == ("sealed", 1_000)
    assert presence_of(zhou.id).state == "wrap_up"
    assert speaking_now(lin.id).who == "will_call"
    assert in_menu.view().case_id
    assert stranger.view().case_id is None


def test_a_call_back_under_way_is_made_again_and_not_counted() -> None:
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    an_agent("1024")
    (taken,) = due_call_backs()
    recover_calls()
    assert CallBack.objects.get().state == "waiting"
    (again,) = due_call_backs()
    assert again.call_id != taken.call_id
    assert [(one.number, one.outcome) for one in CallBackTry.objects.all()] == [(1, "")]


@pytest.mark.parametrize(("then", "stands"), [("", "consent"), ("1", "waiting")])
def test_who_had_answered_our_call_and_was_with_nobody_yet_is_called_again_first(then: str, stands: str) -> None:
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    an_agent("1024")
    recover_calls()  # their own call was saying good-bye
    (taken,) = due_call_backs()
    assert reached(taken, then).place == stands

    assert recover_calls() == 1
    assert [(one.customer_id, one.state) for one in line()] == [(lin.id, "call_back")]
    (again,) = due_call_backs()
    assert reached(again, "1").place == "waiting"


def test_a_day_of_deaths_takes_no_call_back_from_who_was_promised_one() -> None:
    """Three a day may be asked for; one that we dropped ourselves is not asked for again."""
    lin = an_old_customer()
    Caller.signed_in(lin).into_line().press("1")
    an_agent("1024")
    for _ in range(MOST_A_DAY + 1):
        (taken,) = due_call_backs()
        reached(taken, "1")
        recover_calls()
    assert [one.customer_id for one in line()] == [lin.id]


def test_who_has_asked_often_today_and_waits_with_a_promise_keeps_the_place() -> None:
    """They took their own place over again and again: the promise went with it, and our death does not break it."""
    lin = an_old_customer()
    asks_all_day(lin)
    waits = Caller.signed_in(lin).into_line()
    (before,) = line()
    assert before.call_id == waits.uuid
    assert before.due_at
    recover_calls()
    assert [(one.state, one.due_at, one.joined_at) for one in line()] == [
        ("call_back", before.due_at, before.joined_at)
    ]


def test_a_plain_file_that_outlived_its_sealing_goes() -> None:
    """Killed between the commit and the removal."""
    lin, zhou = an_old_customer(), an_agent("1024")
    talking = Caller.signed_in(lin).into_talk(zhou)
    name = [one.recording for one in talking.asked if isinstance(one, ask.Record)][-1]
    plain = recording_path(name)
    plain.write_bytes(b"RIFF" + bytes(40) + bytes(32_000))
    recover_calls()
    assert Recording.objects.get(pk=name).state == "sealed"
    plain.write_bytes(b"RIFF" + bytes(40) + bytes(32_000))  # as if it had never been removed
    recover_calls()
    assert [file.suffix for file in plain.parent.iterdir()] == [".sealed"]
