"""The clock of promises: those whose time has passed are broken, openly, at the moment they were due."""

from __future__ import annotations

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.models import Promise
from walletdesk.service.cases.queries import promise_clock
from walletdesk.service.cases.rules.promises import let_pass
from walletdesk.service.cases.services.note_events import Entry, note_events
from walletdesk.service.notifications.public import NoticeDraft, tell_many

BROKEN = Words("承诺的时间到了，还没有做到", "The promised time has passed and it is not done")
TOLD = Words("我们没有在承诺的时间前答复您", "We did not answer you by the promised time")
MORE = Words(
    "案件 {reference} 已经提到队列最前面。您的钱没有动。",
    "Case {reference} is now first in line. Your money has not moved.",
)


def break_due_promises(limit: int = 500) -> int:
    """Break what is due and tell the customers; how many. Safe to run twice, and in two workers at once."""
    moment = now()
    with transaction.atomic():
        due = list(
            Promise.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(kept_at=None, broken_at=None, due_at__lt=moment)
            .select_related("case")
            .order_by("due_at")[:limit]
        )
        for promise in due:
            promise.broken_at = let_pass(promise_clock(promise), moment).broken_at
        Promise.objects.bulk_update(due, ["broken_at"])
        note_events(
            [
                Entry(
                    promise.case_id, "promise_broken", BROKEN.both(), detail={"promise": str(promise.id)},
                    once=f"promise_broken:{promise.id}", at=promise.due_at,
                )
                for promise in due
            ]
        )  # fmt: skip
        tell_many(
            [
                NoticeDraft(
                    "customer", promise.case.customer_id, "promise_broken", TOLD.both(),
                    MORE.both(reference=promise.case.reference),
                    link=f"/wallet/cases/{promise.case.reference}/", about=str(promise.id),
                )
                for promise in due
                if promise.case.state != "closed"
            ]
        )  # fmt: skip
    return len(due)
