"""Keys that are made once: the first visitors of a new installation come at once, one key is made, and nobody stumbles."""

from __future__ import annotations

import base64
import threading
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from walletdesk.foundation.key_files.public import make_once, secret_bytes

VARIABLE = "WALLETDESK_KEY_OF_A_TEST"


def test_many_first_visitors_make_one_key(tmp_path: Path) -> None:
    place, gate, troubles = tmp_path / "some.key", threading.Barrier(16), []

    def visit() -> None:
        gate.wait(10)
        try:
            make_once(place)
        except OSError as trouble:
            troubles.append(trouble)

    visitors = [threading.Thread(target=visit) for _ in range(16)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(10)
    assert not troubles
    assert [file.name for file in tmp_path.iterdir()] == ["some.key"]
    assert place.stat().st_mode & 0o777 == 0o600


def test_the_slower_of_two_starters_takes_the_others_key(tmp_path: Path) -> None:
    place = tmp_path / "some.key"
    make_once(place)
    kept = place.read_bytes()
    make_once(place)
    assert place.read_bytes() == kept
    assert len(secret_bytes(VARIABLE, place)) == 32


def test_the_setting_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, base64.b64encode(b"k" * 32).decode())
    assert secret_bytes(VARIABLE, tmp_path / "some.key") == b"k" * 32
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("setting", ["x", "AAAA", base64.b64encode(b"1" * 33).decode()])
def test_a_broken_setting_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv(VARIABLE, setting)
    with pytest.raises(ImproperlyConfigured, match=VARIABLE):
        secret_bytes(VARIABLE, tmp_path / "some.key")
