"""What stays of a call: the recording under a key of its own, and nobody who hears it unnoted."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.factories.hotline import Caller, an_agent, an_old_customer
from tests.factories.recordings import SOUND, recorded
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.audit.public import verify_chain
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.hotline.models import CallEvent, PresenceChange, Recording, RecordingPermit, RecordingPlay
from walletdesk.service.hotline.public import (
    HearingReasonMissing,
    RecordingDamaged,
    RecordingErased,
    RecordingNotFound,
    SecondPersonNeeded,
    ask_to_hear,
    decide_hearing,
    erase_due_recordings,
    hear_own_recording,
    hear_recording,
    open_permits,
    plays_of,
    recording_path,
    recordings_of_call,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import CallAnswered
from walletdesk.service.hotline.services.record_call import recordings_folder
from walletdesk.trust.staff.public import ActNotAllowed

pytestmark = pytest.mark.django_db
REASON = "客户要求复核"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)


@pytest.fixture
def story(django_capture_on_commit_callbacks: Any) -> tuple[Any, Any, Caller, str]:
    lin, zhou = an_old_customer(), an_agent("1024")
    return lin, zhou, *recorded(zhou, lin, django_capture_on_commit_callbacks)


def test_a_recording_lies_sealed_and_opens_to_what_was_said(story: Any) -> None:
    lin, zhou, call, name = story
    assert not recording_path(name).exists()
    sealed = recordings_folder() / Recording.objects.get(pk=name).sealed_path
    assert SOUND[1000:1100] not in sealed.read_bytes()
    opened = hear_recording(zhou.id, name, REASON)
    assert b"".join(opened.pieces) == SOUND
    assert opened.sha256 == hashlib.sha256(SOUND).hexdigest()
    assert [one.plays for one in recordings_of_call(call.uuid)] == [1]
    assert b"".join(hear_own_recording(lin.id, name).pieces) == SOUND
    assert [play.listener for play in plays_of(name)] == [f"customer:{lin.id}", f"employee:{zhou.id}"]
    assert verify_chain() is None


def test_every_recording_has_a_key_of_its_own(story: Any, django_capture_on_commit_callbacks: Any) -> None:
    _, zhou, _, first = story
    _, second = recorded(an_agent("1187"), an_old_customer("139 0000 7777"), django_capture_on_commit_callbacks)
    rows = {row.pk: row for row in Recording.objects.all()}
    assert bytes(rows[first].wrapped_key) != bytes(rows[second].wrapped_key)
    folder = recordings_folder()
    one, other = folder / rows[first].sealed_path, folder / rows[second].sealed_path
    other.replace(one)  # one file in the place of another
    with pytest.raises(RecordingDamaged):
        hear_recording(zhou.id, first, REASON)


def test_a_changed_or_shortened_file_is_not_played(story: Any) -> None:
    _, zhou, _, name = story
    path = recordings_folder() / Recording.objects.get(pk=name).sealed_path
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    with pytest.raises(RecordingDamaged):
        hear_recording(zhou.id, name, REASON)
    assert plays_of(name) == []


def test_after_its_time_the_key_is_thrown_away(story: Any) -> None:
    _, zhou, _, name = story
    path = recordings_folder() / Recording.objects.get(pk=name).sealed_path
    assert erase_due_recordings() == 0
    with at(now() + timedelta(days=181)):
        assert erase_due_recordings() == 1
    assert not path.exists()
    assert Recording.objects.get(pk=name).wrapped_key is None
    with pytest.raises(RecordingErased):
        hear_recording(zhou.id, name, REASON)


def test_somebody_elses_call_needs_a_second_persons_yes(story: Any) -> None:
    _, zhou, _, name = story
    he, chief, other_chief = an_agent("1187"), an_employee("supervisor", "wall"), an_employee("supervisor", "night")
    for refused in (he, chief):
        with pytest.raises(SecondPersonNeeded):
            hear_recording(refused.id, name, REASON)
    with pytest.raises(HearingReasonMissing):
        hear_recording(zhou.id, name, " ")
    permit = ask_to_hear(chief.id, name, "抽查服务质量")
    assert ask_to_hear(chief.id, name, "抽查服务质量") == permit
    assert [one.id for one in open_permits()] == [permit]
    with pytest.raises(SecondPersonNeeded):
        decide_hearing(chief.id, permit, allowed=True)
    with pytest.raises(ActNotAllowed):
        decide_hearing(zhou.id, permit, allowed=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordingPermit.objects.update(decided_by_id=chief.id)
    decide_hearing(other_chief.id, permit, allowed=True)
    assert b"".join(hear_recording(chief.id, name, "抽查服务质量").pieces) == SOUND
    with at(now() + timedelta(days=2)), pytest.raises(SecondPersonNeeded):
        hear_recording(chief.id, name, "抽查服务质量")
    wang = a_customer("王强", "139 0000 7777")
    with pytest.raises(RecordingNotFound):
        hear_own_recording(wang.id, name)


def test_who_says_no_is_not_recorded() -> None:
    zhou = an_agent("1024")
    call = Caller("+8613900001111")
    call.tell(CallAnswered(call.leg))
    call.press("20")
    call.into_talk(zhou)
    assert "recording_off" in call.said()
    assert not any(isinstance(one, ask.Record) for one in call.asked)
    assert recordings_of_call(call.uuid) == []


@pytest.mark.parametrize("table", [CallEvent, RecordingPlay, PresenceChange], ids=lambda table: table.__name__)
def test_the_history_is_append_only(table: Any, story: Any) -> None:
    for act in (lambda: table.objects.all().delete(), lambda: table.objects.update(at=now())):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
