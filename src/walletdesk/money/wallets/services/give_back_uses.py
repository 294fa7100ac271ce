"""What was counted and then came to nothing, or came back: taken out of the counters again.

    before = lock_uses(wallet_ids)          before the ledger's accounts are locked
    … the books …
    give_back(before, returns, moment)      one statement; one more where a wallet has a limit of one payee

A top-up that the bank declines is undone in each window that still runs; one that has arrived is no longer on its way. A
refund gives back what its payment used, in each window that still runs: what was paid and refunded on one day was not
spent on that day. Yesterday's payment, refunded today, gives nothing back to today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from walletdesk.money.wallets.figures import operators_zone
from walletdesk.money.wallets.queries.counters import KeptCounters
from walletdesk.money.wallets.rules.counters import Counters, awaiting, given_back, rolled
from walletdesk.money.wallets.rules.windows import windows_at
from walletdesk.money.wallets.services.keep_counters import lock_counters, write_counters
from walletdesk.money.wallets.services.keep_payee_uses import PayeeReturn, give_back_payee_uses


@dataclass(frozen=True, slots=True)
class UseEnded:
    """``minor`` units used by ``instrument`` at ``used_at``: ``undone``, the use counts no more; ``was_incoming``, they are
    no longer on their way from a bank. ``payee_id``: the person or shop it had gone to.
    """

    wallet_id: UUID
    instrument: str
    minor: int
    used_at: datetime
    undone: bool = True
    was_incoming: bool = False
    payee_id: UUID | None = None


def lock_uses(wallet_ids: Iterable[UUID]) -> dict[UUID, KeptCounters]:
    """The counters of these wallets, locked in id order until the transaction ends."""
    return lock_counters(wallet_ids)


def give_back(locked: Mapping[UUID, KeptCounters], ended: Sequence[UseEnded], moment: datetime) -> None:
    """Write the counters without what has ended. ``locked`` comes from :func:`lock_uses` in this transaction."""
    zone = operators_zone()
    running = windows_at(moment, zone)
    changed: dict[UUID, Counters] = {}
    for use in ended:
        counters = changed.get(use.wallet_id) or rolled(locked[use.wallet_id].counters, running)
        if use.was_incoming:
            counters = awaiting(counters, -use.minor)
        if use.undone:
            counters = given_back(counters, use.instrument, use.minor, windows_at(use.used_at, zone))
        changed[use.wallet_id] = counters
    write_counters(changed)
    give_back_payee_uses(
        [
            PayeeReturn(use.wallet_id, use.payee_id, windows_at(use.used_at, zone).day, use.minor)
            for use in ended
            if use.payee_id and use.undone and locked[use.wallet_id].has_payee_limits
        ]
    )
