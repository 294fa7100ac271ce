"""Where the telephone is heard: the usual port, another one for a demo, a clear word for an installation."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from walletdesk.project.processes import hotline
from walletdesk.project.processes.trouble import PortTaken


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as soft_phone:
        soft_phone.bind(("127.0.0.1", 0))
        yield soft_phone.getsockname()[1]


def test_a_named_port_that_is_taken_is_refused_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, taken_port: int
) -> None:
    monkeypatch.setenv("HOTLINE_SIP_PORT", str(taken_port))
    with pytest.raises(PortTaken, match="WALLETDESK_HOTLINE=off"):
        hotline.line()


def test_a_demo_takes_another_port_when_a_soft_phone_has_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, taken_port: int
) -> None:
    monkeypatch.delenv("HOTLINE_SIP_PORT", raising=False)
    monkeypatch.setattr(hotline, "USUAL_PORT", taken_port)
    assert int(hotline.line(any_port=True)["HOTLINE_SIP_PORT"]) in hotline.OTHER_PORTS


@pytest.mark.parametrize(("said", "wanted"), [("off", False), ("OFF", False), ("on", True), (None, True)])
def test_the_hotline_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, said: str | None, wanted: bool) -> None:
    if said is None:
        monkeypatch.delenv("WALLETDESK_HOTLINE", raising=False)
    else:
        monkeypatch.setenv("WALLETDESK_HOTLINE", said)
    assert hotline.wanted() is wanted
