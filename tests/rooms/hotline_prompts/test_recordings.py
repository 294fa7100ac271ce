"""A recording: taken in, heard, put into use, taken back; by whom and when; and everything that is refused."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.foundation import a_png
from tests.factories.recordings import a_wav, pitch_of
from tests.factories.trust import an_employee
from walletdesk.service.hotline.prompts.models import PromptChoice, PromptTake
from walletdesk.service.hotline.prompts.public import (
    OwnSoundAlready,
    PieceUnknown,
    SoundDamaged,
    SoundEmpty,
    SoundTooBig,
    SoundTooLong,
    SoundTooQuiet,
    SoundTooShort,
    SoundTypeRefused,
    TakeNotFound,
    TakeNotHeard,
    WordsChanged,
    hear_take,
    history_of,
    prompt_piece,
    prompt_sound,
    put_into_use,
    take_in_sound,
    takes_of,
    use_own_sound,
)
from walletdesk.service.hotline.prompts.rules.sound import faults, measured, read_wav
from walletdesk.service.hotline.prompts.services.take_in_sound import MOST_BYTES
from walletdesk.trust.staff.public import ActNotAllowed, EmployeeView


def heard(editor: EmployeeView, hertz: float = 440.0, piece: str = "welcome"):
    """A take that was listened to."""
    take = take_in_sound(editor.id, "zh", piece, a_wav(hertz), "recorded")
    hear_take(editor.id, take.id)
    return take


def test_a_recording_becomes_a_prompt_and_nobody_hears_it_yet(editor: EmployeeView) -> None:
    before = prompt_sound("zh", "welcome")
    take = take_in_sound(editor.id, "zh", "welcome", a_wav(440, 2.0), "recorded")
    assert (take.made_by.id, take.heard_at, take.in_force, take.says_the_words) == (editor.id, None, False, True)
    assert take.milliseconds == pytest.approx(2_000, abs=100)
    assert prompt_sound("zh", "welcome") == before
    content = hear_take(editor.id, take.id)
    assert faults(measured(read_wav(content)[0])) == ()
    assert pitch_of(content) == pytest.approx(440, abs=2)
    assert takes_of("zh", "welcome")[0].heard_at is not None


def test_heard_and_put_into_use_callers_hear_it_and_the_history_says_who(editor: EmployeeView) -> None:
    first, second = heard(editor, 440), heard(editor, 880)
    put_into_use(editor.id, first.id)
    assert pitch_of(prompt_sound("zh", "welcome")) == pytest.approx(440, abs=2)
    put_into_use(editor.id, second.id)
    assert pitch_of(prompt_sound("zh", "welcome")) == pytest.approx(880, abs=2)
    put_into_use(editor.id, first.id)  # an older one again
    assert pitch_of(prompt_sound("zh", "welcome")) == pytest.approx(440, abs=2)
    assert [line.take for line in history_of("zh", "welcome")] == [first.id, second.id, first.id]
    assert {line.chosen_by.employee_number for line in history_of("zh", "welcome")} == {editor.employee_number}
    assert [take.id for take in takes_of("zh", "welcome") if take.in_force] == [first.id]
    assert prompt_piece("zh", "welcome").source == "recorded"


def test_twice_is_once(editor: EmployeeView) -> None:
    take = heard(editor)
    put_into_use(editor.id, take.id)
    put_into_use(editor.id, take.id)
    assert len(history_of("zh", "welcome")) == 1


def test_back_to_the_products_own_sound_and_the_recording_stays(editor: EmployeeView) -> None:
    own = prompt_sound("zh", "welcome")
    put_into_use(editor.id, heard(editor).id)
    use_own_sound(editor.id, "zh", "welcome")
    assert prompt_sound("zh", "welcome") == own
    assert prompt_piece("zh", "welcome").source == "own"
    assert len(takes_of("zh", "welcome")) == 1
    with pytest.raises(OwnSoundAlready):
        use_own_sound(editor.id, "zh", "welcome")


def test_nobody_puts_into_use_what_nobody_heard(editor: EmployeeView) -> None:
    take = take_in_sound(editor.id, "zh", "welcome", a_wav(), "uploaded")
    with pytest.raises(TakeNotHeard):
        put_into_use(editor.id, take.id)
    assert history_of("zh", "welcome") == []


def test_one_language_is_not_the_other(editor: EmployeeView) -> None:
    put_into_use(editor.id, heard(editor).id)
    assert takes_of("en", "welcome") == []
    assert prompt_piece("en", "welcome").source == "own"


def test_when_the_words_change_the_recording_rests(editor: EmployeeView) -> None:
    own = prompt_sound("zh", "welcome")
    old = PromptTake.objects.create(
        language="zh",
        piece="welcome",
        words="欢迎。",
        origin="recorded",
        content=a_wav(rate=8_000),
        sha256="0" * 64,
        milliseconds=1_000,
        made_by_id=editor.id,
    )
    hear_take(editor.id, old.id)
    with pytest.raises(WordsChanged):
        put_into_use(editor.id, old.id)
    PromptChoice.objects.create(language="zh", piece="welcome", take=old, chosen_by_id=editor.id)
    assert prompt_piece("zh", "welcome").source == "rests"
    assert prompt_sound("zh", "welcome") == own
    assert not takes_of("zh", "welcome")[0].in_force


REFUSED = [
    (b"", SoundEmpty),
    (b"RIFF" + b"\0" * MOST_BYTES, SoundTooBig),
    (a_png(), SoundTypeRefused),
    (b"<svg onload=alert(1)>", SoundTypeRefused),
    (b"RIFF\0\0\0\0WAVE", SoundDamaged),
    (a_wav()[:44], SoundEmpty),
    (a_wav(seconds=61, rate=8_000), SoundTooLong),
    (a_wav(seconds=0.05), SoundTooShort),
    (a_wav(loud=0.0004), SoundTooQuiet),
    (a_wav(hertz=30.0), SoundTooQuiet),  # nothing that a telephone would carry
]


@pytest.mark.parametrize(("content", "refusal"), REFUSED, ids=[refusal.code for _, refusal in REFUSED])
def test_what_is_no_recording_is_refused_and_not_kept(editor: EmployeeView, content: bytes, refusal: type) -> None:
    with pytest.raises(refusal) as refused:
        take_in_sound(editor.id, "zh", "welcome", content, "uploaded")
    assert "{" not in refused.value.sentence("what")
    assert takes_of("zh", "welcome") == []


def test_a_recording_without_end_is_read_no_further_than_the_limit(editor: EmployeeView) -> None:
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size: int = -1, /) -> bytes:
            self.taken += size
            return b"\0" * size

    endless = Endless()
    with pytest.raises(SoundTooBig):
        take_in_sound(editor.id, "zh", "welcome", endless, "uploaded")
    assert endless.taken == MOST_BYTES + 1


def test_what_is_not_there_is_not_found(editor: EmployeeView) -> None:
    with pytest.raises(PieceUnknown):
        take_in_sound(editor.id, "zh", "lullaby", a_wav(), "recorded")
    with pytest.raises(PieceUnknown):
        take_in_sound(editor.id, "fr", "welcome", a_wav(), "recorded")
    with pytest.raises(TakeNotFound):
        hear_take(editor.id, uuid4())
    with pytest.raises(TakeNotFound):
        put_into_use(editor.id, uuid4())


@pytest.mark.parametrize("role", ["agent", "senior_agent", "auditor", "administrator"])
def test_only_editors_and_supervisors(editor: EmployeeView, role: str) -> None:
    take, other = heard(editor), an_employee(role, "others")
    for refused in (
        lambda: take_in_sound(other.id, "zh", "welcome", a_wav(), "recorded"),
        lambda: hear_take(other.id, take.id),
        lambda: put_into_use(other.id, take.id),
        lambda: use_own_sound(other.id, "zh", "welcome"),
        lambda: put_into_use(uuid4(), take.id),
    ):
        with pytest.raises(ActNotAllowed):
            refused()
    put_into_use(an_employee("supervisor", "others").id, take.id)


def test_the_act_stands_in_the_audit(editor: EmployeeView) -> None:
    take = heard(editor)
    put_into_use(editor.id, take.id)
    use_own_sound(editor.id, "zh", "welcome")
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, subject, detail->>'take' FROM audit_act WHERE verb = 'choose_prompt' ORDER BY id")
        acts = cursor.fetchall()
    actor = f"employee:{editor.id}"
    assert acts == [(actor, "prompt:zh:welcome", str(take.id)), (actor, "prompt:zh:welcome", None)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE prompts_prompttake SET content = 'x'",
        "UPDATE prompts_prompttake SET words = 'x'",
        "DELETE FROM prompts_prompttake",
        "UPDATE prompts_promptchoice SET take_id = NULL",
        "DELETE FROM prompts_promptchoice",
    ],
)
def test_the_database_keeps_recordings_and_choices_as_they_were(editor: EmployeeView, statement: str) -> None:
    put_into_use(editor.id, heard(editor).id)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
