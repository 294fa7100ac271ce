"""What the customer reads of a safety check: what was found, what was done, and never what nobody did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from walletdesk.service.agent_actions.rules.safety import Found, found_words, measures_taken, measures_words

QUIET = Found(
    locks=0, frozen=False, devices=1, new_devices=0, sessions=1, payees=0, stopped=0, payments=0, warned=0, limits=0,
    raises=0,
)  # fmt: skip
BEGINS = "sign-in not locked, account not frozen, 1 device, signed in at 1 place, 0 payments out in 24 hours"


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        ({}, "登录没有上锁，账户没有冻结", BEGINS),
        ({"locks": 2, "frozen": True}, "登录锁着，账户冻结着", "sign-in locked, account frozen"),
        ({"devices": 3, "new_devices": 1}, "3 台设备，其中 1 台是 7 天内新加的", "3 devices, 1 of them new in 7 days"),
        ({"sessions": 2}, "2 处登录着", "signed in at 2 places"),
        ({"payments": 1}, "24 小时内付出 1 笔", "1 payment out in 24 hours"),
        ({"payees": 2, "warned": 1}, "其中 1 方有人举报过", "2 payees new in 7 days, 1 of those we warn about"),
        ({"stopped": 1}, "7 天内系统拦过 1 笔", "1 held back by us in 7 days"),
        ({"limits": 1, "raises": 2}, "2 项限额等着变宽", "1 limit of your own, 2 limits waiting to rise"),
    ],
)
def test_found(changed: dict[str, int], zh: str, en: str) -> None:
    words = found_words(replace(QUIET, **changed))  # type: ignore[arg-type]
    assert zh in words.zh
    assert en in words.en


@pytest.mark.parametrize(
    ("verbs", "taken", "en"),
    [
        ([], [], "nothing had to be done"),
        (["look_up", "ask_verification", "unmask"], [], "nothing had to be done"),
        (["sign_out", "freeze_wallet", "sign_out"], ["freeze_wallet", "sign_out"],
         "froze the account, signed devices out"),
        (["report_payee"], ["report_payee"], "reported a payee for you"),
    ],
)  # fmt: skip
def test_measures(verbs: list[str], taken: list[str], en: str) -> None:
    assert measures_taken(verbs) == taken
    assert measures_words(taken).en == en
