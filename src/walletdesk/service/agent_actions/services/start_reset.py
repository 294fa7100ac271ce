"""The desk's way back for a locked-out customer: what speaks for it, supporting questions, the reset.

The agent starts it and never sees, chooses or types a secret: the code goes to the customer's own verified address.
"""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.public import ActivityRow, activity
from walletdesk.service.agent_actions.rules.questions import Facts, draw_up
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.cases.public import CaseNotFound, CaseView
from walletdesk.service.notifications.public import post_code
from walletdesk.trust.customers.public import customers
from walletdesk.trust.verification.public import (
    LockView,
    PapersView,
    ResetSheet,
    ResetView,
    SheetView,
    answer_questions,
    ask_questions,
    locks_of,
    papers_of_case,
    reset_sheet,
    resets_of_case,
    sheet_of_case,
)
from walletdesk.trust.verification.public import start_reset as order_reset

LOOKED_BACK = timedelta(days=7)
ROWS = 50


@dataclass(frozen=True, slots=True)
class WayBack:
    """What the agent in charge sees of a customer's way back: proofs, papers, questions, locks, resets under way."""

    case: CaseView
    sheet: ResetSheet
    papers: PapersView | None
    questions: SheetView | None
    locks: list[LockView]
    resets: list[ResetView]

    @property
    def can_start(self) -> bool:
        return self.sheet.objection is None


def way_back(employee_id: uuid.UUID, case_id: uuid.UUID) -> WayBack:
    """Refuses, in this order: as :func:`agent_with_case` for the act ``start_reset``."""
    employee, found = agent_with_case(employee_id, case_id, "start_reset")
    return WayBack(
        found,
        reset_sheet(employee.id, found.id, found.customer_id),
        papers_of_case(found.id),
        sheet_of_case(found.id),
        locks_of(found.customer_id),
        resets_of_case(found.id),
    )


def start_reset(employee_id: uuid.UUID, case_id: uuid.UUID, channel: str) -> str:
    """A reset code goes to the customer's verified address of ``channel`` (email, sms); the masked address.

    Refuses, in this order: as :func:`agent_with_case`; then as ``verification.start_reset``: ``ResetNotPossible``,
    ``TooManyCodes``.
    """
    employee, found = agent_with_case(employee_id, case_id, "start_reset")
    with transaction.atomic():
        sent = order_reset(employee.id, found.id, found.customer_id, channel, found.language, found.created_at)
        post_code(sent.channel, sent.address, "reset", sent.code.digits, sent.language, sent.code.minutes)
    return dict(reset_sheet(employee.id, found.id, found.customer_id).channels).get(channel, "")


def draw_up_questions(employee_id: uuid.UUID, case_id: uuid.UUID) -> SheetView:
    """A sheet of three questions about the account's life, once for a case and day.

    Refuses, in this order: as :func:`agent_with_case`; ``QuestionsAsked``.
    """
    employee, found = agent_with_case(employee_id, case_id, "start_reset")
    return ask_questions(found.id, found.customer_id, employee.id, draw_up(_facts(found), secrets.randbelow(4)))


def score_questions(employee_id: uuid.UUID, case_id: uuid.UUID, answers: list[int]) -> int:
    """How many of three the caller knew. Refuses, in this order: as :func:`agent_with_case`; ``QuestionsAsked``."""
    _, found = agent_with_case(employee_id, case_id, "start_reset")
    sheet = sheet_of_case(found.id)
    if sheet is None:
        raise CaseNotFound()
    return answer_questions(sheet.id, answers)


def _facts(found: CaseView) -> Facts:
    person = customers([found.customer_id])[found.customer_id]
    rows: list[ActivityRow] = list(activity(found.customer_id, limit=ROWS).rows)
    since = now() - LOOKED_BACK
    opened = person.since.astimezone(ZoneInfo(person.time_zone))
    top_ups = [row.amount.minor for row in rows if row.kind == "top_up" and row.counts]
    paid = sum(row.kind == "payment" and row.counts and row.at >= since for row in rows)
    return Facts((opened.year, opened.month), paid, top_ups[0] if top_ups else None)
