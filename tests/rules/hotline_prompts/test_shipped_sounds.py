"""Every sound that is shipped: it is there, it says what the catalogue says now, and it sounds as a prompt must."""

from __future__ import annotations

import json

import numpy as np
import pytest

from walletdesk.service.hotline.prompts.rules.catalogue import MUSIC
from walletdesk.service.hotline.prompts.rules.music import music
from walletdesk.service.hotline.prompts.rules.pieces import LANGUAGES, Piece, PieceKey, all_pieces
from walletdesk.service.hotline.prompts.rules.sound import RATE, faults, measured, read_wav, write_wav
from walletdesk.service.hotline.prompts.speech import (
    SHIPPED,
    WORDS_OF_SHIPPED,
    can_speak,
    misread,
    shipped_file,
    speak,
)

PIECES = all_pieces()
AGAIN = "run bin/make-prompts"
MOST_BYTES = 10_000_000


@pytest.mark.parametrize("key", PIECES, ids=["/".join(key) for key in PIECES])
def test_a_piece_is_shipped_and_sounds_as_it_must(key: PieceKey) -> None:
    samples, rate = read_wav(shipped_file(*key).read_bytes())
    assert rate == RATE
    assert faults(measured(samples)) == ()
    words = PIECES[key].words
    shortest = 60 * len(words) if key[0] == "zh" else 25 * len(words)
    assert measured(samples).milliseconds >= min(shortest, 6_000) or len(words) <= 3


def test_what_is_shipped_says_what_the_catalogue_says_now() -> None:
    says = json.loads((SHIPPED / WORDS_OF_SHIPPED).read_text())
    assert says == {f"{language}/{id_}": piece.spoken for (language, id_), piece in PIECES.items()}, AGAIN


def test_nothing_is_shipped_that_nobody_says() -> None:
    files = set(SHIPPED.rglob("*.wav"))
    assert files == {shipped_file(*key) for key in PIECES} | {shipped_file("zh", MUSIC)}, AGAIN
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


def test_each_file_is_plain_pcm_as_the_telephones_engine_plays_it() -> None:
    for path in SHIPPED.rglob("*.wav"):
        head = path.read_bytes()[:44]
        assert head[20:24] + head[34:40] == b"\1\0\1\0" + b"\x10\0data", path


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_do_not_sound_alike(language: str) -> None:
    """A file copied over another would be heard only by a caller: no two figures have the same samples."""
    sounds = [shipped_file(language, f"n.{n}").read_bytes() for n in range(20)]
    assert len(set(sounds)) == 20


def test_the_waiting_music_is_as_it_is_composed_and_never_silent_for_a_second() -> None:
    content = shipped_file("zh", MUSIC).read_bytes()
    assert content == write_wav(music()), AGAIN
    samples, _ = read_wav(content)
    seconds = np.sqrt(np.mean(samples.reshape(24, RATE) ** 2, axis=1))
    assert seconds.min() > 0.01


@pytest.mark.skipif(not can_speak(), reason="not run: no espeak-ng on this machine")
class TestWithTheEngine:
    def test_no_chinese_is_read_as_english_letters(self) -> None:
        chinese = [piece for piece in PIECES.values() if piece.language == "zh"]
        assert [piece.words for piece in chinese if misread(piece)] == []

    def test_the_engine_speaks_a_new_sentence_as_a_prompt(self) -> None:
        for language, words in (("zh", "新的一句话"), ("en", "A new sentence")):
            samples, _ = read_wav(speak(Piece(language, "new", words, words)))
            assert faults(measured(samples)) == ()
