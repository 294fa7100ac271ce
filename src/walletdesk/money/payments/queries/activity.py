"""What happened in a customer's wallets: searched, filtered, page by page, and as a statement.

One view in the database (``sql/activity.sql``) puts payments, failed payments, refunds, top-ups and transfers in one row
shape. Pages are cut by (time, id), so that a page stays right while new rows arrive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from walletdesk.foundation.amount.public import BIGGEST, Amount
from walletdesk.foundation.errors import Invalid
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.queries.reasons import reason_of
from walletdesk.money.payments.queries.sums import amount_of

KINDS = {
    "": ("payment", "refund", "top_up", "transfer_in", "transfer_out"),
    "payment": ("payment",),
    "refund": ("refund",),
    "top_up": ("top_up",),
    "transfer": ("transfer_in", "transfer_out"),
    "transfer_in": ("transfer_in",),
    "transfer_out": ("transfer_out",),
}
KIND_WORDS = {
    "payment": Words("付款", "Payment"),
    "refund": Words("退款", "Refund"),
    "top_up": Words("充值", "Top-up"),
    "transfer_in": Words("转入", "Received"),
    "transfer_out": Words("转出", "Sent"),
}
LONGEST_PAGE = 100
COLUMNS = """id, kind, at, amount_minor, asset_code, state, counts, number, title_zh, title_en, counterparty_id, note,
             order_reference, code, short_by_minor, payment_id, duplicate_of_id"""


class FilterNotUsable(Invalid):
    code = "filter_not_usable"
    what = Words("这个筛选条件看不懂", "This filter cannot be read")
    next = Words("请清除筛选，再试一次", "Clear the filters and try again")


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row of a bill. ``amount`` is signed; ``counts`` says whether it moved money. ``state`` is ``captured``,
    ``partly_refunded``, ``refunded``, ``failed``, ``done``, ``declined``, ``unknown`` or ``pending``; ``reason`` says why it
    failed. ``case_hint`` is what a question about it is most likely to be: ``duplicate_charge``, ``payment_problem`` or empty.
    """

    id: UUID
    kind: str
    title: Words
    counterparty_id: UUID | None
    amount: Amount
    at: datetime
    state: str
    counts: bool
    note: str
    number: str
    order_reference: str
    code: str
    reason: Words | None
    payment_id: UUID | None
    duplicate_of: UUID | None

    @property
    def kind_words(self) -> Words:
        return KIND_WORDS[self.kind]

    @property
    def case_hint(self) -> str:
        if self.duplicate_of:
            return "duplicate_charge"
        return "payment_problem" if self.state in ("failed", "unknown", "declined") else ""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, the newest first; ``next`` goes into ``before`` for the rows that follow, empty at the end."""

    rows: tuple[ActivityRow, ...]
    next: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row that moved money, and the balance after it."""

    row: ActivityRow
    balance: Amount


def activity(
    customer_id: UUID,
    *,
    text: str = "",
    kind: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    min_minor: int | None = None,
    max_minor: int | None = None,
    before: str | None = None,
    limit: int = 30,
) -> Page:
    """A page of what happened, the newest first. ``text`` is sought in names, notes, order and receipt numbers, a little
    misspelt too; ``kind`` is one of ``KINDS``; sums are without sign; ``until`` is not included. Refuses a kind or a place
    that does not exist (``FilterNotUsable``); a limit is cut to 1 to 100.
    """
    conditions, values = _chosen(text, kind, min_minor, max_minor)
    conditions.append("customer_id = %s")
    values.append(customer_id)
    for condition, wanted in (("at >= %s", since), ("at < %s", until)):
        if wanted:
            conditions.append(condition)
            values.append(wanted)
    if before:
        conditions.append("(at, id) < (%s, %s)")
        values.extend(_place(before))
    most = max(1, min(limit, LONGEST_PAGE))
    rows = _rows(f"WHERE {' AND '.join(conditions)} ORDER BY at DESC, id DESC LIMIT {most + 1}", values)
    more = len(rows) > most
    return Page(tuple(rows[:most]), _cursor(rows[most - 1]) if more else "")


SOUGHT = "(title_zh || ' ' || title_en || ' ' || note || ' ' || order_reference)"


def _chosen(text: str, kind: str, min_minor: int | None, max_minor: int | None) -> tuple[list[str], list[Any]]:
    """What a row must be to be found, but for its time; refuses a kind that does not exist."""
    if kind not in KINDS:
        raise FilterNotUsable()
    conditions = ["kind = ANY (%s)"]
    values: list[Any] = [list(KINDS[kind])]
    for comparison, bound in ((">=", min_minor), ("<=", max_minor)):
        if bound is not None:
            conditions.append(f"abs(amount_minor) {comparison} %s")
            values.append(max(-BIGGEST, min(bound, BIGGEST)))
    words = " ".join(text.replace("\x00", " ").split())[:100]
    if words:
        conditions.append(
            f"({SOUGHT} ILIKE %s OR word_similarity(%s, {SOUGHT}) >= 0.5 OR replace(number, ' ', '') ILIKE %s)"
        )
        values += [_inside(words), words, _inside(words.replace(" ", ""))]
    return conditions, values


def activity_row(customer_id: UUID, row_id: UUID) -> ActivityRow | None:
    """One row of this customer's, by the id of the payment, attempt, refund, top-up or transfer."""
    return next(iter(_rows("WHERE customer_id = %s AND id = %s", [customer_id, row_id])), None)


def statement_rows(
    customer_id: UUID,
    since: datetime,
    until: datetime,
    asset_code: str = "CNY",
    *,
    text: str = "",
    kind: str = "",
    min_minor: int | None = None,
    max_minor: int | None = None,
) -> Iterator[StatementRow]:
    """Everything that moved money from ``since`` to before ``until``, the oldest first, with the balance after each. The
    other filters are those of ``activity``; the balance counts what they leave out all the same.
    """
    conditions, values = _chosen(text, kind, min_minor, max_minor)
    statement = f"""
        SELECT {COLUMNS}, balance FROM (
            SELECT {COLUMNS}, (sum(amount_minor) OVER (ORDER BY at, id))::bigint AS balance FROM payments_activity
            WHERE customer_id = %s AND asset_code = %s AND counts AND at < %s) whole
        WHERE at >= %s AND {" AND ".join(conditions)} ORDER BY at, id"""  # noqa: S608 - our own columns and conditions
    with connection.cursor() as cursor:
        cursor.execute(statement, [customer_id, asset_code, until, since, *values])
        for found in cursor.fetchall():
            row = _row(found[:-1])
            yield StatementRow(row, Amount(found[-1], row.amount.asset))


def activity_totals(customer_id: UUID) -> dict[str, Amount]:
    """What everything adds up to, per asset code: the posted balance in the books, to the cent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asset_code, sum(amount_minor)::bigint FROM payments_activity WHERE customer_id = %s AND counts GROUP BY 1",
            [customer_id],
        )
        return {code: amount_of(minor, code) for code, minor in cursor.fetchall()}


def _rows(rest: str, values: list[Any]) -> list[ActivityRow]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM payments_activity {rest}", values)  # noqa: S608 - our own conditions
        return [_row(row) for row in cursor.fetchall()]


def _row(found: tuple[Any, ...]) -> ActivityRow:
    (
        row_id,
        kind,
        at,
        minor,
        asset,
        state,
        counts,
        number,
        zh,
        en,
        other,
        note,
        reference,
        code,
        short_by,
        payment,
        twin,
    ) = found
    amount = amount_of(minor, asset)
    return ActivityRow(
        id=row_id,
        kind=kind,
        title=Words(zh, en),
        counterparty_id=other,
        amount=amount,
        at=at,
        state=state,
        counts=counts,
        note=note,
        number=number,
        order_reference=reference,
        code=code,
        reason=reason_of(code, Amount(short_by, amount.asset) if short_by is not None else None),
        payment_id=payment,
        duplicate_of=twin,
    )


def _inside(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _cursor(row: ActivityRow) -> str:
    return f"{row.at.isoformat()}_{row.id}"


def _place(cursor: str) -> tuple[datetime, UUID]:
    at, _, row_id = cursor.partition("_")
    try:
        moment = datetime.fromisoformat(at)
        place = (moment, UUID(row_id))
    except ValueError as noise:
        raise FilterNotUsable() from noise
    if moment.tzinfo is None:
        raise FilterNotUsable()
    return place
