"""Balance, last payments, and the freeze by keypad: for the verified caller, through the money rooms' own verbs."""

from __future__ import annotations

import logging

from django.db import Error, transaction

from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.public import activity
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.freezes.public import freeze_own, freeze_state
from walletdesk.service.hotline.queries.surroundings import ZONE, day_said
from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules.places import FlowEvent
from walletdesk.service.hotline.rules.room_words import BalancesRead, FreezeDone, MoneyUnknown, Outcome, PaymentSaid
from walletdesk.service.hotline.services.run import Run

log = logging.getLogger(__name__)
PAYMENTS_READ_OUT = 3


def read_balances(run: Run, command: ask.ReadBalances) -> list[FlowEvent]:
    """What the customer's own page would show. An unproven call is told nothing, whatever its flow says."""
    if not run.call.verified_at:
        return [MoneyUnknown()]
    customer = run.call.customer_id
    assert customer is not None
    try:
        with transaction.atomic():
            balances = tuple((one.available.minor, one.asset.code) for one in wallets_of(customer))
            rows = [row for row in activity(customer, limit=10).rows if row.counts][:PAYMENTS_READ_OUT]
    except (Error, Refusal):
        log.exception("call %s: the books could not be read", run.call.id)
        return [MoneyUnknown()]
    today = run.at.astimezone(ZONE).date()
    said = tuple(
        PaymentSaid(
            "in" if row.amount.minor > 0 else "out",
            abs(row.amount.minor),
            row.amount.asset.code,
            day_said(row.at.astimezone(ZONE).date(), today),
        )
        for row in rows
    )
    return [BalancesRead(balances, said, freeze_state(customer).mode in ("debit", "full"))]


def freeze_wallets(run: Run, command: ask.FreezeWallets) -> list[FlowEvent]:
    """Every wallet of the caller stops paying out, in the transaction of this step: told as frozen means is frozen."""
    if not run.call.verified_at:
        return [FreezeDone("unknown")]
    customer = run.call.customer_id
    assert customer is not None
    outcome: Outcome = "already"
    try:
        with transaction.atomic():
            if freeze_state(customer).mode not in ("debit", "full"):
                freeze_own(customer, "keypad")
                outcome = "frozen"
    except (Error, Refusal):
        log.exception("call %s: the freeze is not known", run.call.id)
        return [FreezeDone("unknown")]
    return [FreezeDone(outcome)]
