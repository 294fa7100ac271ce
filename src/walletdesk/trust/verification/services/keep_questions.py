"""A sheet of supporting questions is drawn up once for a case and day, and answered once. It raises no level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.trust.verification.errors import QuestionsAsked
from walletdesk.trust.verification.models import SupportQuestions
from walletdesk.trust.verification.queries.recoveries import SheetView, sheet_of_case

ONE_A_DAY = timedelta(hours=24)


def ask_questions(
    case_id: UUID, customer_id: UUID, employee_id: UUID, questions: Sequence[dict[str, Any]]
) -> SheetView:
    """Keep a sheet. The sheet that is still open is answered again; another one on the same day is refused
    (``QuestionsAsked``): who may ask without end finds out without end.
    """
    standing = sheet_of_case(case_id)
    if standing is not None and standing.right is None:
        return standing
    if standing is not None and standing.asked_at > now() - ONE_A_DAY:
        raise QuestionsAsked()
    try:
        with transaction.atomic():
            SupportQuestions.objects.create(
                case_id=case_id,
                customer_id=customer_id,
                employee_id=employee_id,
                questions=list(questions),
                asked_at=now(),
            )
            record_act(f"employee:{employee_id}", "ask_questions", f"customer:{customer_id}", "", case_id, customer_id)
    except IntegrityError as broken:
        raise QuestionsAsked() from broken
    made = sheet_of_case(case_id)
    assert made is not None
    return made


def answer_questions(sheet_id: UUID, answers: Sequence[int]) -> int:
    """How many of ``answers`` (the place of the chosen option for each question; -1 for "does not know") are right.

    Refuses: ``QuestionsAsked`` when the sheet was answered before.
    """
    with transaction.atomic():
        row = SupportQuestions.objects.select_for_update(of=("self",)).filter(id=sheet_id, answered_at=None).first()
        if row is None:
            raise QuestionsAsked()
        row.right = sum(one["right"] == given for one, given in zip(row.questions, answers, strict=False))
        row.answered_at = now()
        row.save(update_fields=["answered_at", "right"])
        return row.right
