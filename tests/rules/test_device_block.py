"""What a browser says about itself, read simply and honestly."""

from __future__ import annotations

import pytest

from walletdesk.service.cases.rules.device import device_block

CHROME_ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
)
P60 = (
    "Mozilla/5.0 (Linux; Android 12; MNA-AL00 HUAWEI) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 "
    "HuaweiBrowser/15.0.4.312 Mobile Safari/537.36"
)
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
    "MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN"
)
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 "
    "Mobile/15E148 Safari/604.1"
)
REDMI = (
    "Mozilla/5.0 (Linux; Android 13; Redmi Note 12) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Mobile Safari/537.36"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0"


@pytest.mark.parametrize(
    ("said", "brand", "system", "browser"),
    [
        (CHROME_ANDROID, "", "Android 10", "Chrome 126"),
        (P60, "Huawei", "Android 12", "Huawei Browser 15"),
        (WECHAT, "Apple", "iOS 17.4", "WeChat 8"),
        (SAFARI, "Apple", "iOS 17.4.1", "Safari 17"),
        (REDMI, "Xiaomi", "Android 13", "Chrome 120"),
        (EDGE, "", "Windows 10.0", "Edge 125"),
        (FIREFOX, "", "Linux", "Firefox 126"),
        ("", "", "", ""),
        ("curl/8.4", "", "", ""),
    ],
)
def test_what_is_said_is_read_and_the_rest_is_empty(said: str, brand: str, system: str, browser: str) -> None:
    block = device_block(said)
    assert block["brand"] == brand
    assert f"{block['os']} {block['os_version']}".strip() == system
    assert f"{block['browser']} {block['browser_version']}".strip() == browser
    assert block["raw"] == said


def test_what_cannot_be_printed_or_is_too_long_is_left_out() -> None:
    assert device_block("A\x00\r\nB")["raw"] == "AB"
    assert len(device_block("x" * 5_000)["raw"]) == 512
