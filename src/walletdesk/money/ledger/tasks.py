"""On a timer, and the long work that a timer only begins."""

from __future__ import annotations

import logging

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.jobs.public import enqueue, every, task
from walletdesk.foundation.outbox.public import publish
from walletdesk.money.ledger.events import BooksFoundWrong
from walletdesk.money.ledger.services import keep_holds
from walletdesk.money.ledger.services.check_books import check_books

log = logging.getLogger(__name__)
DAY = 24 * 3600


@every(seconds=30, name="ledger.expire_holds")
def expire_holds() -> None:
    """End the funds holds whose time is over; what is left for the next turn waits for the next turn."""
    keep_holds.expire_holds()


@every(seconds=DAY, name="ledger.check_books")
def check_every_day() -> None:
    """Large books take minutes to read: that is a task's work, beside the timers that must not wait for it."""
    enqueue("ledger.check_books")


@task("ledger.check_books")
def check_the_books() -> None:
    """All invariants, in one snapshot. What is wrong is told to those who keep the books; nothing is put right by itself."""
    report = check_books()
    if report.true:
        log.info("the books are true: %s", report.checked)
        return
    first = report.findings[0]
    log.error("the books are not true: %s %s", first.invariant, first.record)
    publish(BooksFoundWrong(first.invariant, first.record, len(report.findings), now()))
