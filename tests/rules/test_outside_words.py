"""What leaves the app under our name holds no link and no number of somebody else's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.service.notifications.rules.outside_words import outside, without_links


@pytest.mark.parametrize(
    "kept",
    [
        "已付青禾面包 ¥38.00",
        "Paid Qinghe Bakery ¥12,345.00",
        "¥1,234,567.00 已回到您的余额",
        "支付密码输错 5 次，锁到 11-23 07:32",
        "案件 WD-260519-0417。请核对工号和代码",
        "Dr. Li sent you ¥1.00. Thank you",
        "不能付款。If in doubt, ask",
        "工号 1024 周岚为您开始了重设密码",
    ],
)
def test_our_own_sentences_stay_as_they_are(kept: str) -> None:
    assert without_links(kept) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Li https://evil.example/x sent you ¥1", "Li … sent you ¥1"),
        ("去 evil.example/领取 红包", "去 … 红包"),
        ("www.evil.cn", "…"),
        ("evil。com 送钱", "… 送钱"),
        ("写信给 win@evil.example 领奖", "写信给 … 领奖"),
        ("拨 4001234567 领奖", "拨 … 领奖"),
        ("拨 +86 400 123 4567 领奖", "拨 … 领奖"),
        ("拨 138-0000-2046", "拨 …"),
        ("TEL:95599", "…"),
        ("javascript:alert(1)", "…"),
        ("кошелёк.рф ждёт", "… ждёт"),
    ],
)
def test_links_and_numbers_of_others_are_left_out(written: str, kept: str) -> None:
    assert without_links(written) == kept


@given(some.text(max_size=80), some.sampled_from(["http", "https", "ftp", "HTTPS"]), some.text(max_size=20))
def test_no_scheme_survives(before: str, scheme: str, after: str) -> None:
    said = outside(f"{before} {scheme}://evil.example/{after}", 400)
    assert "://" not in said
    assert "evil.example" not in said


@given(some.text(alphabet=" .0123456789-+ab钱", max_size=60))
def test_no_seven_digits_in_a_row_survive(text: str) -> None:
    assert not re.search(r"(?<![\w,.-])\d{7,}(?![\d,.])", outside(text))


def test_it_is_one_line_and_not_longer_than_a_message_may_be() -> None:
    assert outside("a\r\nb " * 200).count("\n") == 0
    assert len(outside("字" * 500)) == 160
