"""What the telephone's door is handed: files, in order, and never silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import OperationalError

from tests.factories.recordings import a_wav, pitch_of
from walletdesk.service.hotline.prompts import queries, shelf, sounding, speech
from walletdesk.service.hotline.prompts.public import (
    CatalogueIncomplete,
    SoundMissing,
    check_catalogue,
    hear_take,
    put_into_use,
    sounds,
    take_in_sound,
    use_own_sound,
)
from walletdesk.service.hotline.prompts.rules.pieces import all_pieces
from walletdesk.service.hotline.prompts.speech import SHIPPED, can_speak
from walletdesk.service.hotline.rules.said import say
from walletdesk.trust.staff.public import EmployeeView


def test_a_sentence_is_files_in_the_order_in_which_they_are_heard(db) -> None:
    files = sounds("zh-hans", (say("welcome"), say("position", n=21, minutes=7)))
    names = ["welcome", "position.1", "n.20", "n.1", "position.2", "n.7", "u.minute"]
    assert files == tuple(SHIPPED / "zh" / f"{name}.wav" for name in names)
    assert sounds("en", (say("music"),)) == (SHIPPED / "music.wav",)
    assert sounds("en", ()) == ()


def test_an_unknown_language_is_spoken_to_in_english(db) -> None:
    assert sounds("fr", (say("goodbye"),)) == (SHIPPED / "en" / "goodbye.wav",)


def test_a_recording_in_use_is_what_is_played_and_its_file_comes_back_when_it_is_lost(
    editor: EmployeeView, sound_folder: Path
) -> None:
    take = take_in_sound(editor.id, "en", "position.1", a_wav(660), "recorded")
    hear_take(editor.id, take.id)
    put_into_use(editor.id, take.id)
    said = (say("position", n=3, minutes=1),)
    files = sounds("en", said)
    assert files[0].parent == sound_folder / "recorded"
    assert pitch_of(files[0].read_bytes()) == pytest.approx(660, abs=2)
    assert files[1] == SHIPPED / "en" / "n.3.wav"
    files[0].unlink()
    assert pitch_of(sounds("en", said)[0].read_bytes()) == pytest.approx(660, abs=2)
    use_own_sound(editor.id, "en", "position.1")
    assert sounds("en", said)[0] == SHIPPED / "en" / "position.1.wav"


def test_without_the_database_callers_hear_the_products_own_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(sounding, "in_force", away)
    assert sounds("en", (say("unknown_money"),)) == (SHIPPED / "en" / "unknown_money.wav",)


def test_the_check_before_the_first_call_counts_every_sound(db) -> None:
    assert check_catalogue() == len(all_pieces()) + 1


@pytest.fixture
def without_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house whose shipped sounds do not know what the catalogue says for goodbye."""
    known = {name: words for name, words in shelf._words_of_shipped().items() if name != "en/goodbye"}
    monkeypatch.setattr(shelf, "_words_of_shipped", lambda: known)


@pytest.mark.usefixtures("db", "without_goodbye")
class TestASoundIsMissing:
    def test_it_is_found_at_start_by_name_and_refused_in_a_call(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(speech, "can_speak", lambda: False)
        with pytest.raises(CatalogueIncomplete) as incomplete:
            check_catalogue()
        assert [fault.split(":")[0] for fault in incomplete.value.faults] == ["en goodbye"]
        with pytest.raises(SoundMissing, match="en goodbye"):
            sounds("en", (say("goodbye"),))

    @pytest.mark.skipif(not can_speak(), reason="not run: no espeak-ng on this machine")
    def test_the_machine_speaks_it_once_where_it_can(self, sound_folder: Path) -> None:
        check_catalogue()
        (spoken,) = sounds("en", (say("goodbye"),))
        assert spoken.parent == sound_folder / "spoken"
        written = spoken.stat().st_mtime_ns
        check_catalogue()
        assert spoken.stat().st_mtime_ns == written


@pytest.mark.usefixtures("db")
def test_a_sound_that_is_silent_or_broken_is_found_at_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent, broken = tmp_path / "silent.wav", tmp_path / "broken.wav"
    head = (SHIPPED / "en" / "goodbye.wav").read_bytes()[:44]
    silent.write_bytes(head + b"\0" * 16_000)
    broken.write_bytes(b"not a sound")
    instead = {"goodbye": silent, "welcome": broken}
    real = shelf.shipped
    monkeypatch.setattr(shelf, "shipped", lambda language, id_: instead.get(id_) or real(language, id_))
    with pytest.raises(CatalogueIncomplete) as incomplete:
        check_catalogue()
    assert sorted(incomplete.value.faults) == [
        "en goodbye: level, band",
        "en welcome: not_wav",
        "zh goodbye: level, band",
        "zh welcome: not_wav",
    ]


def test_one_statement_for_all_that_is_said(db, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        sounds("en", (say("welcome"), say("balance", amount=128_050, asset="CNY"), say("goodbye")))


def test_nothing_chosen_of_nothing_asks_nothing(db, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert queries.in_force([]) == {}
