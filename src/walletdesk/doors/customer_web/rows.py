"""Lines of money as the pages show them: activity grouped by day, each with its icon, tone and status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from walletdesk.doors._shared.reader_time import day_words, local, near_day_words, weekday_words
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import ActivityRow
from walletdesk.service.cases.public import CaseView

_UNDER = {
    "payment": Words("余额支付", "Paid from the balance"),
    "top_up": Words("银行充值", "From your bank"),
    "transfer_in": Words("转账给您", "Sent to you"),
    "transfer_out": Words("您转出", "You sent"),
    "refund": Words("退款", "Refund"),
}
_ICONS = {"top_up": "topup", "refund": "refund"}


@dataclass(frozen=True, slots=True)
class Status:
    tone: str
    shape: str
    words: Words


_STATES = {
    "pending": Status("wait", "half", Words("处理中", "On its way")),
    "unknown": Status("", "dash", Words("结果还不知道", "Not known yet")),
    "declined": Status("bad", "x", Words("银行没有同意", "Declined by the bank")),
    "refunded": Status("go", "done", Words("已全部退回", "Refunded in full")),
    "partly_refunded": Status("go", "done", Words("退了一部分", "Refunded in part")),
    "failed": Status("bad", "x", Words("没有成功，没扣钱", "Not paid; nothing taken")),
    "authorised": Status("wait", "hold", Words("预留中，还没有扣", "Held, not charged yet")),
    "voided": Status("go", "done", Words("没有扣，已放回", "Not charged; free again")),
    "expired": Status("go", "done", Words("没有扣，已放回", "Not charged; free again")),
    "scheduled": Status("wait", "half", Words("到时间转出", "Goes out later")),
    "cancelled": Status("plain", "flat", Words("已取消，没有转", "Cancelled, not sent")),
}
_CHARGED_TWICE = Status("wait", "half", Words("扣了两次，已立案", "Charged twice, case opened"))
_IN_HAND = Status("wait", "half", Words("有案件在处理", "A case is in hand"))


@dataclass(frozen=True, slots=True)
class BillRow:
    """``counts``: money moved, so the amount carries its sign."""

    id: UUID
    href: str
    title: str
    under: str
    icon: str
    tone: str
    amount: Amount
    counts: bool
    at: datetime
    status: Status | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day's heading and its lines; ``note`` is the date beside "Today" and the weekday beside a date."""

    words: str
    note: str
    rows: list[Any]


def bill_row(row: ActivityRow, cases: Mapping[UUID, list[CaseView]]) -> BillRow:
    comes_in = row.amount.minor > 0
    return BillRow(
        id=row.id,
        href=_address(row),
        title=str(row.title),
        under=row.note or str(_UNDER.get(row.kind, "")),
        icon=_ICONS.get(row.kind, ""),
        tone="go" if comes_in and row.counts else "",
        amount=row.amount if row.counts else _unsigned(row.amount),
        counts=row.counts,
        at=row.at,
        status=_status(row, cases.get(row.id, [])),
    )


def _unsigned(amount: Amount) -> Amount:
    return -amount if amount.minor < 0 else amount


def _address(row: ActivityRow) -> str:
    return f"/wallet/top-up/{row.id}/" if row.kind == "top_up" else f"/wallet/bills/{row.id}/"


def _status(row: ActivityRow, cases: list[CaseView]) -> Status | None:
    if row.state in ("captured", "done"):
        if any(case.kind == "duplicate_charge" for case in cases):
            return _CHARGED_TWICE
        return _IN_HAND if cases else None
    return _STATES.get(row.state)


def day_heading(day: date) -> tuple[str, str]:
    """(``Today``, ``19 May Tue``) or (``19 May``, ``Tue``)."""
    near, plain, weekday = near_day_words(day), day_words(day), weekday_words(day)
    return (near, f"{plain} {weekday}") if near != plain else (plain, weekday)


def by_day(rows: Iterable[Any]) -> list[Day]:
    """The lines under their days, in the order they came; each has ``at``."""
    return [Day(*day_heading(day), list(group)) for day, group in groupby(rows, key=lambda row: local(row.at).date())]
