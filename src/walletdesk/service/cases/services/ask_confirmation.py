"""The work is done; the customer is asked to say so. Silence for some days closes the case by itself."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.service.cases.models import Case
from walletdesk.service.cases.queries import CaseView, case
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor
from walletdesk.service.cases.services.close_case import close
from walletdesk.service.cases.services.move_case import locked_case, move
from walletdesk.service.cases.services.note_events import Entry
from walletdesk.service.notifications.public import NoticeDraft, tell_many

ASKED = Words("等您确认", "Waiting for you to confirm")
TOLD = Words("请看看，问题解决了吗？", "Please look: is it solved?")
MORE = Words(
    "案件 {reference}：{title}。{days} 天内不回答，案件自动结案，之后也能重新打开。",
    "Case {reference}: {title}. Without an answer it closes by itself in {days} days; you can reopen it.",
)


def ask_confirmation(case_id: uuid.UUID, actor: Actor = THE_SYSTEM) -> CaseView:
    """The case waits for its customer's word until ``case.confirm_days`` have passed.

    Refuses: ``CaseNotFound``; a closed case (``CaseEventRefused``).
    """
    days = value("case.confirm_days")
    with transaction.atomic():
        row = locked_case(case_id)
        at = now()
        entry = Entry(case_id, "confirmation_asked", ASKED.both(), actor, {"days": days}, at=at)
        move(row, "confirmation_asked", at, [entry], confirm_by=at + timedelta(days=days))
        name = Words(row.title["zh-hans"], row.title["en"])
        tell_many(
            [
                NoticeDraft(
                    "customer", row.customer_id, "confirmation_asked", TOLD.both(),
                    MORE.both(reference=row.reference, title=name, days=days),
                    link=f"/wallet/cases/{row.reference}/", about=f"{row.id}:{at.isoformat()}",
                )
            ]
        )  # fmt: skip
    return case(case_id)


def close_unconfirmed(limit: int = 200) -> int:
    """Close the cases whose customers have kept silent long enough; how many. Safe to run twice."""
    with transaction.atomic():
        rows = list(
            Case.objects.select_for_update(skip_locked=True)
            .filter(state="resolved", confirm_by__lte=now())
            .order_by("confirm_by")[:limit]
        )
        for row in rows:
            close(row, "confirm_time_over", "time", THE_SYSTEM)
    return len(rows)
