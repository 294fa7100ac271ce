"""Files: what may be played, and what a recording's file is after its writer died."""

from __future__ import annotations

import hashlib
import wave
from pathlib import Path

import numpy as np
import pytest

from walletdesk.adapters.telephony.media.recordings import header, mend
from walletdesk.adapters.telephony.media.sounds import BadSound, SoundShelf, read_wav, soft_tones


def write(path: Path, samples: int, *, rate: int = 8000, channels: int = 1, width: int = 2, value: int = 7) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(np.full(samples * channels, value, dtype=np.int16).tobytes()[: samples * channels * width])
    return path


def test_a_sound_is_frames_filled_up_with_silence(tmp_path: Path) -> None:
    frames = read_wav(write(tmp_path / "s.wav", 170))
    assert frames.shape == (2, 160)
    assert (frames.reshape(-1)[:170] == 7).all()
    assert not frames.reshape(-1)[170:].any()
    assert read_wav(write(tmp_path / "empty.wav", 0)).shape == (0, 160)


@pytest.mark.parametrize("shape", [{"rate": 16000}, {"channels": 2}, {"width": 1}], ids=str)
def test_another_shape_is_refused(tmp_path: Path, shape: dict[str, int]) -> None:
    with pytest.raises(BadSound):
        read_wav(write(tmp_path / "s.wav", 160, **shape))


@pytest.mark.parametrize("content", [b"", b"RIFF", header(0)[:30], b"\0" * 100])
def test_what_is_no_wav_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.wav").write_bytes(content)
    with pytest.raises(BadSound):
        SoundShelf().take(str(tmp_path / "s.wav"))
    with pytest.raises(BadSound):
        SoundShelf().take(str(tmp_path))
    with pytest.raises(BadSound):
        SoundShelf().take("no\0name")


def test_a_replaced_file_is_read_again_and_the_shelf_has_an_end(tmp_path: Path) -> None:
    shelf, path = SoundShelf(room=1000), tmp_path / "s.wav"
    assert shelf.take(str(write(path, 160)))[0, 0] == 7
    kept = shelf.take(str(path))
    assert shelf.take(str(path)) is kept
    assert shelf.take(str(write(path, 320, value=9)))[0, 0] == 9
    for number in range(5):
        shelf.take(str(write(tmp_path / f"{number}.wav", 320)))
    assert len(shelf._kept) == 1


def test_the_music_of_those_without_music_has_no_seam_and_is_soft() -> None:
    music = soft_tones().reshape(-1).astype(int)
    assert 300 < np.abs(music).max() < 4000
    assert abs(music[0] - music[-1]) < 50


@pytest.mark.parametrize("stump", [0, 1, 3], ids="{} bytes of a sample too many".format)
def test_mending_makes_a_true_wav_of_what_a_killed_writer_left(tmp_path: Path, stump: int) -> None:
    path, sound = tmp_path / "r.wav", np.arange(1600, dtype=np.int16).tobytes()
    path.write_bytes(header(0) + sound + bytes(stump))
    sha256, milliseconds = mend(path)
    assert mend(path) == (sha256, milliseconds) == (hashlib.sha256(path.read_bytes()).hexdigest(), 100)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getnframes()) == (2, 800)
        assert file.readframes(800) == sound


def test_a_file_without_a_header_becomes_an_empty_recording(tmp_path: Path) -> None:
    (tmp_path / "r.wav").write_bytes(b"RI")
    assert mend(tmp_path / "r.wav")[1] == 0
