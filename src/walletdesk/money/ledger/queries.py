"""Reads of the books that change nothing. Always the primary: a balance from a replica is a rumour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, Q, Sum

from walletdesk.foundation.amount.public import KNOWN_ASSETS, Amount, Asset
from walletdesk.foundation.arrays.public import int_array
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.statements.public import Asked, Rows, asked
from walletdesk.money.ledger.errors import AccountsUnknown, AssetUnknown
from walletdesk.money.ledger.models import AssetRow, FundsHold, JournalEntry, JournalLine, LedgerAccount
from walletdesk.money.ledger.rules.batch import Line
from walletdesk.money.ledger.rules.chart import CHART

_BALANCES = """
SELECT id, asset, CASE WHEN credit_normal THEN credits_posted - debits_posted ELSE debits_posted - credits_posted END,
       CASE WHEN credit_normal THEN debits_pending ELSE credits_pending END, frozen
FROM ledger_account WHERE id = ANY (%s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """Minor units on the account's normal side: ``available`` = ``posted`` - ``held``."""

    posted: int
    held: int
    available: int
    asset: Asset
    freeze: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line as its account sees it: ``amount`` is positive when it raised the account's balance."""

    line_id: int
    entry_id: UUID
    kind: str
    reference: str
    memo: str
    at: datetime
    amount: Amount
    other_account: int


@dataclass(frozen=True, slots=True)
class TrialRow:
    """The sum of all accounts of one kind, in minor units, on the side on which it stands."""

    number: int
    words: Words
    credit_normal: bool
    debit_minor: int
    credit_minor: int


def last_line() -> int:
    """The number of the last line that stands in the books, 0 in empty ones. Whoever holds an account's lock and reads it
    knows: what is posted on that account from then on has a higher one, whatever any clock says.
    """
    return JournalLine.objects.aggregate(last=Max("id"))["last"] or 0


def asset(code: str) -> Asset:
    """The asset of this code. Refuses an unknown one (``AssetUnknown``)."""
    row = AssetRow.objects.filter(code=code).first()
    if row is None:
        raise AssetUnknown(asset=code)
    return _asset(row)


def _asset(row: AssetRow) -> Asset:
    return Asset(row.code, row.digits, row.symbol, row.number)


def account_of(kind: str, asset_code: str, owner: str) -> int | None:
    """The id of an owner's account, if it is open."""
    return LedgerAccount.objects.filter(kind=kind, asset=asset_code, owner=owner).values_list("id", flat=True).first()


def balances(accounts: Iterable[int]) -> dict[int, Balance]:
    """The balances of these accounts in one snapshot, by account id; accounts that do not exist are absent."""
    return ask_balances(accounts).value()


def ask_balances(accounts: Iterable[int]) -> Asked[dict[int, Balance]]:
    """The same, asked for: inside ``in_one_flight`` nobody waits for it yet."""
    return asked(_BALANCES, int_array(accounts), read=_balances_in)


def _balances_in(rows: Rows) -> dict[int, Balance]:
    units = {code: KNOWN_ASSETS.get(code) or asset(code) for code in {row[1] for row in rows}}
    return {id_: Balance(posted, held, posted - held, units[code], freeze) for id_, code, posted, held, freeze in rows}


def trial_balance(asset_code: str = "CNY") -> list[TrialRow]:
    """One row per kind that has accounts in this asset, in the order of the chart; one statement, one snapshot.

    Debits and credits of all rows add up to the same figure, or the books are not true (I1).
    """
    sums = dict(
        LedgerAccount.objects.filter(asset=asset_code)
        .values_list("kind")
        .annotate(balance=Sum(F("credits_posted") - F("debits_posted")))
    )
    return [
        TrialRow(kind.number, kind.words, kind.credit_normal, max(-sums[kind.name], 0), max(sums[kind.name], 0))
        for kind in sorted(CHART, key=lambda kind: kind.number)
        if kind.name in sums
    ]


def entries_of(account: int, before_id: int | None = None, limit: int = 50) -> list[HistoryLine]:
    """The history of an account, newest first; ``before_id`` is the ``line_id`` of the last line seen.

    Two index scans of at most ``limit`` rows each, however long the history is. Refuses an unknown account
    (``AccountsUnknown``).
    """
    owner = LedgerAccount.objects.select_related("asset").filter(id=account).first()
    if owner is None:
        raise AccountsUnknown(accounts=[account])
    older = Q() if before_id is None else Q(id__lt=before_id)
    debits = JournalLine.objects.filter(older, debit=account).order_by("-id")[:limit]
    credits = JournalLine.objects.filter(older, credit=account).order_by("-id")[:limit]
    lines = sorted([*debits, *credits], key=lambda line: -line.id)[:limit]
    entries = JournalEntry.objects.in_bulk({line.entry_id for line in lines})
    unit = _asset(owner.asset)
    return [_history_line(line, entries[line.entry_id], owner, unit) for line in lines]


def _history_line(line: JournalLine, entry: JournalEntry, owner: LedgerAccount, unit: Asset) -> HistoryLine:
    is_credit = line.credit_id == owner.id
    sign = 1 if is_credit == owner.credit_normal else -1
    return HistoryLine(
        line_id=line.id,
        entry_id=entry.id,
        kind=entry.kind,
        reference=entry.reference,
        memo=entry.memo,
        at=entry.posted_at,
        amount=Amount(sign * line.amount, unit),
        other_account=line.debit_id if is_credit else line.credit_id,
    )


def lines_of(entry_id: UUID) -> tuple[Line, ...]:
    """The lines of an entry in their order; none for an entry that does not exist."""
    rows = JournalLine.objects.filter(entry=entry_id).order_by("id").values_list("debit", "credit", "amount")
    return tuple(Line(*row) for row in rows)


def entry_references(kind: str, references: Iterable[str]) -> set[str]:
    """Which of these business keys have an entry of this kind."""
    rows = JournalEntry.objects.filter(kind=kind, reference__in=list(references))
    return set(rows.values_list("reference", flat=True))


def hold_references(references: Iterable[str]) -> set[str]:
    """Which of these business keys have a hold, open or ended."""
    return set(FundsHold.objects.filter(reference__in=list(references)).values_list("reference", flat=True))


def references_of_holds(holds: Iterable[UUID]) -> dict[UUID, str]:
    """The business key of each hold, by its id."""
    return dict(FundsHold.objects.filter(id__in=list(holds)).values_list("id", "reference"))
