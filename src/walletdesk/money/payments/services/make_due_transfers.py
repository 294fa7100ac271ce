"""What was scheduled and is due: made, each by one entry that uses up its hold; what cannot be made gives its money free.

    due rows locked → counters locked → whoever is full is left out → risk asked again → one posting → transfers, rows,
    decisions, facts
    then, in a transaction of its own: what was left out or declined → freed, its use given back, told

No key is needed: the hold has it, and the entry stands under it, so that one key moves money once, now or later. A surprise
in one is bisected as everywhere, and that one waits for the next turn. Limits were asked when it was scheduled. Risk was too,
and is asked again: what became known of either side since then counts. Nobody is there to prove anything, so a challenge is
a no; a payer who may not send for a while is waited for. A freeze since then refuses it by the books themselves (I10). What
risk delayed has not counted as money that moved: it is remembered now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.kill_points.public import reach
from walletdesk.foundation.outbox.public import publish_many
from walletdesk.money.ledger import public as ledger
from walletdesk.money.payments.errors import PayeeCannotReceive, PaymentNotDone, ReferenceUsed, TransferLate
from walletdesk.money.payments.events import TransferMade
from walletdesk.money.payments.models import PersonTransfer, ScheduledTransfer
from walletdesk.money.payments.queries.sums import amount_of
from walletdesk.money.payments.rules.holding import MADE, WAITING
from walletdesk.money.payments.services.ask_risk import Judged, ask_risk
from walletdesk.money.payments.services.cancel_transfers import end_transfers, lock_waiting
from walletdesk.money.payments.services.in_one_go import in_one_go
from walletdesk.money.payments.services.set_transfers_aside import entry_reference
from walletdesk.money.payments.services.what_the_books_said import read_declines
from walletdesk.money.wallets.public import Arrival, WalletPlace, judge_arrivals, lock_uses, wallet_places
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import PaymentOnHold, PaymentStopped, RiskAsk, StepUpNeeded

NOT_NOW = "not_now"


def make_due_transfers(limit: int = 500) -> int:
    """How many were dealt with, made or failed. For a task on a timer.

    Every one that is due is looked at in each turn, ``limit`` at a time: a payer who has to be waited for keeps their place and
    nobody else's.
    """
    due = ScheduledTransfer.objects.filter(state=WAITING, due_at__lte=now()).order_by("due_at", "id")
    dealt, later = 0, due
    while True:
        page = list(later.values_list("id", "due_at")[:limit])
        dealt += _deal_with([one for one, _ in page])
        if len(page) < limit:
            return dealt
        last, due_at = page[-1]
        later = due.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=last))


def _deal_with(ids: Sequence[UUID]) -> int:
    codes = in_one_go(ids, _make, wants=lambda one: (one,), refused=_next_turn, broken=PaymentNotDone)
    ended = dict(zip(ids, codes, strict=True))
    failed = [(one, code) for one, code in ended.items() if code not in (MADE, NOT_NOW)]
    in_one_go(failed, _fail, wants=lambda one: (one[0],), refused=_next_turn, broken=PaymentNotDone)
    return sum(code != NOT_NOW for code in ended.values())


def _next_turn(stopped: Refusal) -> str:
    """What is not known, and what is undone, is found out by looking again."""
    return NOT_NOW


def _make(ids: Sequence[UUID]) -> list[str]:
    """``made``, the code of what stands in the way, or ``not_now`` for one that somebody else has dealt with."""
    rows = [row for row in lock_waiting(ids).values() if row.state == WAITING]
    people = {person for row in rows for person in (row.from_customer_id, row.to_customer_id)}
    places = wallet_places(people)
    codes = {row.id: PayeeCannotReceive.code for row in _too_full(rows, places)}
    rows = [row for row in rows if row.id not in codes]
    judged = _ask_risk_again(rows, places)
    codes |= {rows[place].id: _why(no) for place, no in judged.refusals.items()}
    asked = [row for place, row in enumerate(rows) if place not in judged.refusals]
    references = ledger.references_of_holds(row.hold_id for row in asked)
    answers = ledger.post_many([_entry(row, places, entry_reference(references[row.hold_id])) for row in asked])
    reach("after_legs")
    declines = read_declines(answers)
    moment = now()
    made: list[tuple[ScheduledTransfer, UUID]] = []
    for row, answer in zip(asked, answers, strict=True):
        if isinstance(answer, ledger.Posted):
            made.append((row, answer.entry_id))
        elif answer.code in ("hold_expired", "hold_resolved"):
            codes[row.id] = TransferLate.code
        else:
            payer = places[row.from_customer_id, row.asset_code].ledger_account
            amount = amount_of(row.amount_minor, row.asset_code)
            codes[row.id] = declines.refusal(answer, payer, amount, PayeeCannotReceive, ReferenceUsed).code
    _write(made, moment)
    codes |= {row.id: MADE for row, _ in made}
    _remember(judged, rows, codes)
    return [codes.get(one, NOT_NOW) for one in ids]


def _ask_risk_again(rows: Sequence[ScheduledTransfer], places: dict[tuple[UUID, str], WalletPlace]) -> Judged:
    return ask_risk(
        {
            place: (
                RiskAsk(
                    row.from_customer_id, "transfer", row.to_customer_id, row.amount_minor, row.asset_code, waited=True
                ),
                places[row.from_customer_id, row.asset_code].ledger_account,
            )
            for place, row in enumerate(rows)
        }
    )


def _why(no: Refusal) -> str:
    """What ends it; a payer on hold is waited for."""
    if isinstance(no, PaymentOnHold):
        return NOT_NOW
    return PaymentStopped.code if isinstance(no, StepUpNeeded) else no.code


def _remember(judged: Judged, rows: Sequence[ScheduledTransfer], codes: dict[UUID, str]) -> None:
    """What moved now of what was delayed, and what was stopped now; the rest was remembered when it was scheduled."""
    stopped = {place for place in judged.refusals if codes[rows[place].id] != NOT_NOW}
    known = {place for place, row in enumerate(rows) if place not in stopped and not row.delay_reason}
    judged.keep({place for place, row in enumerate(rows) if codes.get(row.id) == MADE}, but=known)


def _too_full(
    rows: Sequence[ScheduledTransfer], places: dict[tuple[UUID, str], WalletPlace]
) -> list[ScheduledTransfer]:
    if not rows:
        return []
    tiers = {one.id: one.tier for one in customers({row.to_customer_id for row in rows}).values()}
    arrivals = [
        Arrival(
            places[row.to_customer_id, row.asset_code],
            tiers[row.to_customer_id],
            amount_of(row.amount_minor, row.asset_code),
        )
        for row in rows
    ]
    locked = lock_uses({one.wallet.wallet_id for one in arrivals})
    return [row for row, fits in zip(rows, judge_arrivals(arrivals, locked, now()), strict=True) if not fits]


def _entry(row: ScheduledTransfer, places: dict[tuple[UUID, str], WalletPlace], reference: str) -> ledger.Entry:
    line = ledger.Line(
        places[row.from_customer_id, row.asset_code].ledger_account,
        places[row.to_customer_id, row.asset_code].ledger_account,
        row.amount_minor,
    )
    return ledger.Entry(id=uuid7(), kind="transfer", reference=reference, lines=(line,), captures=row.hold_id)


def _write(made: Sequence[tuple[ScheduledTransfer, UUID]], moment: datetime) -> None:
    if not made:
        return
    rows = [
        PersonTransfer(
            id=row.id,
            number=row.number,
            from_customer_id=row.from_customer_id,
            to_customer_id=row.to_customer_id,
            from_name=row.from_name,
            to_name=row.to_name,
            amount_minor=row.amount_minor,
            asset_code=row.asset_code,
            note=row.note,
            made_at=moment,
            entry_id=entry_id,
        )
        for row, entry_id in made
    ]
    PersonTransfer.objects.bulk_create(rows)
    ScheduledTransfer.objects.filter(id__in=[row.id for row in rows]).update(state=MADE, ended_at=moment)
    publish_many(
        [
            TransferMade(
                transfer_id=row.id,
                from_customer_id=row.from_customer_id,
                to_customer_id=row.to_customer_id,
                amount_minor=row.amount_minor,
                asset=row.asset_code,
                note=row.note,
                at=row.made_at,
            )
            for row in rows
        ]
    )


def _fail(failed: Sequence[tuple[UUID, str]]) -> list[str]:
    codes = dict(failed)
    end_transfers([row for row in lock_waiting(codes).values() if row.state == WAITING], codes)
    return [code for _, code in failed]
