"""The front door of the books.

Everything that moves money calls ``post_many`` last in its transaction; everything else here reads, opens or holds.
Refusals stand with each name, in the order in which they are tried.
"""

from walletdesk.money.ledger.errors import refusal_of
from walletdesk.money.ledger.events import BooksFoundWrong
from walletdesk.money.ledger.queries import (
    Balance,
    HistoryLine,
    TrialRow,
    ask_balances,
    asset,
    balances,
    entries_of,
    entry_references,
    hold_references,
    last_line,
    lines_of,
    references_of_holds,
    trial_balance,
)
from walletdesk.money.ledger.rules.batch import (
    Declined,
    Entry,
    HoldCapture,
    HoldPlaced,
    HoldReleased,
    HoldRequest,
    Line,
    Posted,
)
from walletdesk.money.ledger.services.check_books import BooksReport, Finding, check_books, register_check
from walletdesk.money.ledger.services.keep_holds import capture_holds, expire_holds, place_holds, release_holds
from walletdesk.money.ledger.services.open_accounts import (
    AccountSpec,
    define_asset,
    open_accounts,
    set_freeze,
    system_account,
)
from walletdesk.money.ledger.services.post_entries import post_many

__all__ = [
    "AccountSpec",
    "Balance",
    "BooksFoundWrong",
    "BooksReport",
    "Declined",
    "Entry",
    "Finding",
    "HistoryLine",
    "HoldCapture",
    "HoldPlaced",
    "HoldReleased",
    "HoldRequest",
    "Line",
    "Posted",
    "TrialRow",
    "ask_balances",
    "asset",
    "balances",
    "capture_holds",
    "check_books",
    "define_asset",
    "entries_of",
    "entry_references",
    "expire_holds",
    "hold_references",
    "last_line",
    "lines_of",
    "open_accounts",
    "place_holds",
    "post_many",
    "references_of_holds",
    "refusal_of",
    "register_check",
    "release_holds",
    "set_freeze",
    "system_account",
    "trial_balance",
]
