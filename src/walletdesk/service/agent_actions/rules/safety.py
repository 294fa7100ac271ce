"""What a safety check found and what was done about it, in one plain sentence for the customer; pure.

What stands well is said too: somebody who fears for their money wants to read that nothing is locked or frozen. What
nobody did is left out, and that nothing had to be done is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from walletdesk.foundation.i18n.words import Words

DAYS = 7
"""How far back "lately" and "new" reach; payments are those of the last day."""

MEASURES = {
    "freeze_wallet": Words("冻结了账户", "froze the account"),
    "lock_account": Words("锁上了登录", "locked the sign-in"),
    "lock_reported": Words("接到冒用报告，锁上了登录", "locked the sign-in, for misuse was reported"),
    "sign_out": Words("让设备退出了登录", "signed devices out"),
    "stop_transfer": Words("停止了一笔等待中的转账", "stopped a transfer that was waiting"),
    "report_payee": Words("替您举报了收款方", "reported a payee for you"),
    "start_reset": Words("开始了重设密码", "started a reset of the password"),
}
"""Acts that protect, in the order in which they are said."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there was to see, counted. ``stopped``: what risk did not let pass at once; ``warned``: payees paid lately of
    whom payers are warned; ``limits`` and ``raises``: limits of the customer's own, and those that wait to rise.
    """

    locks: int
    frozen: bool
    devices: int
    new_devices: int
    sessions: int
    payees: int
    stopped: int
    payments: int
    warned: int
    limits: int
    raises: int


def found_words(found: Found) -> Words:
    """``locks`` and ``frozen`` first, for they say whether the account stands as its owner left it."""
    parts = [
        _standing(found),
        Words(f"{found.devices} 台设备", _many(found.devices, "device")),
        *_if(found.new_devices, lambda n: Words(f"其中 {n} 台是 {DAYS} 天内新加的", f"{n} of them new in {DAYS} days")),
        Words(f"{found.sessions} 处登录着", f"signed in at {_many(found.sessions, 'place')}"),
        Words(f"24 小时内付出 {found.payments} 笔", f"{_many(found.payments, 'payment')} out in 24 hours"),
        *_if(found.payees, lambda n: Words(f"{DAYS} 天内第一次付给 {n} 方", f"{_many(n, 'payee')} new in {DAYS} days")),
        *_if(found.warned, lambda n: Words(f"其中 {n} 方有人举报过", f"{n} of those we warn about")),
        *_if(found.stopped, lambda n: Words(f"{DAYS} 天内系统拦过 {n} 笔", f"{n} held back by us in {DAYS} days")),
        *_if(found.limits, lambda n: Words(f"您自己设了 {n} 项限额", f"{_many(n, 'limit')} of your own")),
        *_if(found.raises, lambda n: Words(f"{n} 项限额等着变宽", f"{_many(n, 'limit')} waiting to rise")),
    ]
    return _joined(parts)


def measures_taken(verbs: Iterable[str]) -> list[str]:
    """Of the acts since the last check those that protect, each once, in the order of the table."""
    done = set(verbs)
    return [verb for verb in MEASURES if verb in done]


def measures_words(taken: Iterable[str]) -> Words:
    """What was done; that nothing had to be done, where nothing was."""
    parts = [MEASURES[verb] for verb in taken]
    return _joined(parts) if parts else Words("没有需要做的", "nothing had to be done")


def _standing(found: Found) -> Words:
    sign_in = Words("登录锁着", "sign-in locked") if found.locks else Words("登录没有上锁", "sign-in not locked")
    account = Words("账户冻结着", "account frozen") if found.frozen else Words("账户没有冻结", "account not frozen")
    return _joined([sign_in, account])


def _if(count: int, words: Callable[[int], Words]) -> list[Words]:
    return [words(count)] if count else []


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _joined(parts: Iterable[Words]) -> Words:
    rows = list(parts)
    return Words("，".join(one.zh for one in rows), ", ".join(one.en for one in rows))
