"""W01: whoever asks us to push does not choose whom we call."""

from __future__ import annotations

import pytest

from walletdesk.adapters.push.addresses import known


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://wns2-sg2p.notify.windows.com/w/?token=x",
        "https://web.push.apple.com/QABC",
    ],
)
def test_the_push_services_of_browsers(endpoint: str) -> None:
    assert known(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/https://fcm.googleapis.com/x",
        "https://evil.example#.push.services.mozilla.com",
        "https://evilpush.services.mozilla.com/x",
        "https://push.services.mozilla.com/x",
        "https://evil.example\\.push.apple.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://0x7f000001/",
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/",
        "https://fcm.googleapis.com\r\n@evil.example/",
        "https://[fcm.googleapis.com/x",
        "https://fcm。googleapis。com/x",
    ],
)
def test_w01_nothing_else_is_called(endpoint: str) -> None:
    assert not known(endpoint)


def test_an_operator_may_name_more() -> None:
    ours = ("http://127.0.0.1:8023",)
    assert known("http://127.0.0.1:8023/push/x", ours)
    assert not known("http://127.0.0.1:8024/push/x", ours)
    assert not known("https://fcm.googleapis.com/x", ours)
