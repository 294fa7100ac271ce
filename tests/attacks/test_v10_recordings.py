"""V10: a recording fetched without right or reason. The file alone is noise; each play has a name and a reason beside it."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.factories.hotline import Caller, an_agent, an_old_customer
from tests.factories.trust import a_customer, an_employee
from walletdesk.service.hotline.models import Recording, RecordingPlay
from walletdesk.service.hotline.public import (
    HearingReasonMissing,
    RecordingNotFound,
    SecondPersonNeeded,
    hear_own_recording,
    hear_recording,
    plays_of,
    recording_path,
)
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.gateway_words import RecordingReady
from walletdesk.service.hotline.services.record_call import recordings_folder
from walletdesk.trust.staff.public import ActNotAllowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]
SOUND = b"RIFF" + b"the customer says a secret " * 5_000


@pytest.fixture
def recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> tuple[Any, Any, str]:
    monkeypatch.setattr(settings, "DATA_FOLDER", tmp_path)
    lin, zhou = an_old_customer(), an_agent("1024")
    call = Caller.signed_in(lin).into_talk(zhou)
    name = [one.recording for one in call.asked if isinstance(one, ask.Record)][-1]
    recording_path(name).write_bytes(SOUND)
    call.hangs_up()
    with django_capture_on_commit_callbacks(execute=True):
        call.tell(RecordingReady(name, str(recording_path(name)), hashlib.sha256(SOUND).hexdigest(), 8_000))
    return lin, zhou, name


@pytest.mark.parametrize(
    ("role", "reason", "refused"),
    [
        ("agent", "想听听看别人怎么说", SecondPersonNeeded),
        ("supervisor", "抽查服务质量", SecondPersonNeeded),
        ("administrator", "维护存储系统", ActNotAllowed),
        ("editor", "整理素材内容", ActNotAllowed),
    ],
)
def test_nobody_hears_anothers_call_alone(recorded: Any, role: str, reason: str, refused: type[Exception]) -> None:
    _, _, name = recorded
    with pytest.raises(refused):
        hear_recording(an_employee(role, "elsewhere").id, name, reason)
    assert plays_of(name) == []


def test_one_without_a_reason_hears_nothing_and_the_database_keeps_no_empty_reason(recorded: Any) -> None:
    _, zhou, name = recorded
    for reason in ("", "   ", "ok"):
        with pytest.raises(HearingReasonMissing):
            hear_recording(zhou.id, name, reason)
    with pytest.raises(DatabaseError), transaction.atomic():
        RecordingPlay.objects.create(recording_id=name, listener="employee:x", reason="")


def test_a_guessed_name_and_a_strangers_call_are_not_found(recorded: Any) -> None:
    lin, zhou, name = recorded
    for guess in ("", "1", "../recordings.key", name + "1", name.replace("rec:1", "rec:2")):
        with pytest.raises(RecordingNotFound):
            hear_recording(zhou.id, guess, "客户要求复核")
        with pytest.raises(RecordingNotFound):
            hear_own_recording(lin.id, guess)
    wang = a_customer("王强", "139 0000 7777")
    with pytest.raises(RecordingNotFound):
        hear_own_recording(wang.id, name)


def test_the_disk_alone_tells_nothing(recorded: Any) -> None:
    _, _, name = recorded
    folder = recordings_folder()
    assert [path.suffix for path in folder.iterdir()] == [".sealed"]
    for path in folder.parent.rglob("*"):
        if path.is_file():
            assert b"the customer says" not in path.read_bytes()
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    row = Recording.objects.get(pk=name)
    assert len(bytes(row.wrapped_key)) == 40


def test_the_play_log_cannot_be_written_again(recorded: Any) -> None:
    _, zhou, name = recorded
    hear_recording(zhou.id, name, "客户要求复核")
    for statement in ("UPDATE hotline_recordingplay SET reason = 'nothing'", "DELETE FROM hotline_recordingplay"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert len(plays_of(name)) == 1
