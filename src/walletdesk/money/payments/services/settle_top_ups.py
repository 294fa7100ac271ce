"""What the bank said about top-ups is booked; as long as it has said nothing, it is asked again.

An answer that the bank never heard of the id does not end a top-up: the request may still be on its way. The bank is
told to void the id, and only what it says to that counts.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.events import TopUpSettled
from walletdesk.money.payments.models import TopUp
from walletdesk.money.payments.ports import BankAnswer, the_bank
from walletdesk.money.payments.queries.top_ups import TopUpView, as_view
from walletdesk.money.payments.rules import top_ups as life
from walletdesk.money.payments.services.house_accounts import house_account
from walletdesk.money.payments.services.known_outcome import known_outcome
from walletdesk.money.wallets.public import UseEnded, WalletMissing, give_back, lock_uses, wallet_places

log = logging.getLogger(__name__)
WRITE_DOWN = (Path(__file__).parent.parent / "sql" / "settle_top_ups.sql").read_text()
ASK_AGAIN_SECONDS = (5, 15, 30, 60, 120, 300)
AT_MOST = 15  # a turn of all of them, each with a silent bank, still ends within the timer's lease
ENDS = (life.DONE, life.DECLINED)
TOP_UP_BY = "top_up"
"""The instrument under which the limits count it."""


def settle_top_ups(limit: int = AT_MOST) -> int:
    """Ask the bank about every top-up whose end is open and whose turn it is; how many have ended. Safe from several
    processes at once: each takes a turn by moving ``ask_after``.
    """
    ended = 0
    for top_up_id in _take_turns(limit):
        answer = the_bank().ask(str(top_up_id))
        if answer.outcome == life.ABSENT:
            answer = the_bank().void(str(top_up_id))
        ended += sum(view.state in ENDS for view in settle({top_up_id: answer}))
    return ended


def _take_turns(limit: int) -> list[UUID]:
    moment = now()
    with transaction.atomic():
        rows = list(
            TopUp.objects.select_for_update(skip_locked=True)
            .filter(state__in=[life.PENDING, life.UNKNOWN], ask_after__lte=moment)
            .order_by("ask_after")[:limit]
        )
        for row in rows:
            pause = ASK_AGAIN_SECONDS[min(row.times_asked, len(ASK_AGAIN_SECONDS) - 1)]
            row.ask_after, row.times_asked = moment + timedelta(seconds=pause), row.times_asked + 1
        TopUp.objects.bulk_update(rows, ["ask_after", "times_asked"])
    return [row.id for row in rows]


def settle(answers: Mapping[UUID, BankAnswer]) -> list[TopUpView]:
    """Book what the bank said about each, in one transaction. The rows are locked by id, then the limits' counters, the
    ledger comes last. If its answer is lost it is done once more: what stands booked does not move again.
    """
    return known_outcome(lambda: _settled(answers))


def _settled(answers: Mapping[UUID, BankAnswer]) -> list[TopUpView]:
    rows = list(TopUp.objects.select_for_update(no_key=True).filter(id__in=answers).order_by("id"))
    before = {row.id: row.state for row in rows}
    moved = [row for row in rows if _has_moved(row, answers[row.id])]
    counters = lock_uses({row.wallet_id for row in moved if row.state in ENDS})
    _book([row for row in moved if life.credits(before[row.id], row.state)], answers)
    moved = [row for row in moved if row.state != before[row.id]]
    if moved:
        _write_down(moved, answers)
        ended = [row for row in moved if row.state in ENDS]
        give_back(counters, [_use_ended(row) for row in ended], now())
        publish_many([_fact(row, was_unknown=before[row.id] == life.UNKNOWN) for row in ended])
    return [as_view(row) for row in rows]


def _use_ended(row: TopUp) -> UseEnded:
    """It is no longer on its way; what the bank declined was never used."""
    undone = row.state == life.DECLINED
    return UseEnded(row.wallet_id, TOP_UP_BY, row.amount_minor, row.started_at, undone=undone, was_incoming=True)


def _has_moved(row: TopUp, answer: BankAnswer) -> bool:
    """Set the state that follows; whether it is another."""
    before = row.state
    try:
        row.state = life.after(before, answer.outcome)
    except life.BankContradicts:
        log.error("the bank accepted the top-up %s that it had declined: people must look", row.id)
    return row.state != before


def _book(rows: Sequence[TopUp], answers: Mapping[UUID, BankAnswer]) -> None:
    """Bank clearing to wallet, once under the row's id. A wallet that takes nothing in leaves its top-up ``unknown``:
    the money is at the bank's clearing, and is booked when the freeze is lifted.
    """
    places = wallet_places({row.customer_id for row in rows}) if rows else {}
    clearing = {code: house_account("bank_clearing", code) for code in {row.asset_code for row in rows}}
    entries: list[ledger.Entry] = []
    for row in rows:
        into = places.get((row.customer_id, row.asset_code))
        if into is None:
            raise WalletMissing()
        line = ledger.Line(clearing[row.asset_code], into.ledger_account, row.amount_minor)
        memo = answers[row.id].bank_reference
        entries.append(ledger.Entry(id=uuid7(), kind="top_up", reference=str(row.id), lines=(line,), memo=memo))
    for row, said in zip(rows, ledger.post_many(entries), strict=True):
        if isinstance(said, ledger.Declined):
            log.warning("top-up %s waits: the books say %s", row.id, said.code)
            row.state = life.UNKNOWN
        else:
            row.entry_id = said.entry_id


def _write_down(rows: Sequence[TopUp], answers: Mapping[UUID, BankAnswer]) -> None:
    for row in rows:
        answer = answers[row.id]
        if row.state == life.DECLINED:
            row.code = "bank_unavailable" if answer.outcome == life.NOT_SENT else answer.code or "declined"
        row.bank_reference = answer.bank_reference or row.bank_reference
    columns: dict[str, Any] = {
        "ids": [row.id for row in rows],
        "states": [row.state for row in rows],
        "codes": [row.code for row in rows],
        "bank_references": [row.bank_reference for row in rows],
        "entries": [row.entry_id for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(WRITE_DOWN, columns)
        settled_at = dict(cursor.fetchall())
    for row in rows:
        row.settled_at = settled_at[row.id]


def _fact(row: TopUp, *, was_unknown: bool) -> TopUpSettled:
    return TopUpSettled(
        top_up_id=row.id,
        customer_id=row.customer_id,
        state=row.state,
        code=row.code,
        amount_minor=row.amount_minor,
        asset=row.asset_code,
        was_unknown=was_unknown,
        at=row.settled_at or row.started_at,
    )
