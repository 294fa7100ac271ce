"""Somebody else looks into an alarm and writes down what came of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.service.oversight.errors import AboutYourself, AlarmAnswered, AlarmNotFound, WatchReasonMissing
from walletdesk.service.oversight.models import Alarm
from walletdesk.trust.staff.public import employees, insist


def answer_alarm(employee_id: UUID, alarm_id: UUID, words: str) -> None:
    """Refuses, in this order: ``ActNotAllowed``; ``AlarmNotFound``; an alarm about oneself (``AboutYourself``);
    ``AlarmAnswered``; no words (``WatchReasonMissing``).
    """
    insist(employees([employee_id]).get(employee_id), "answer_alarms")
    with transaction.atomic():
        row = Alarm.objects.select_for_update().filter(pk=alarm_id).first()
        if row is None:
            raise AlarmNotFound()
        if row.employee_id == employee_id:
            raise AboutYourself()
        if row.answered_at is not None:
            raise AlarmAnswered()
        said = " ".join(words.split())[:500]
        if not said:
            raise WatchReasonMissing()
        row.answered_by_id, row.answered_at, row.answer = employee_id, now(), said
        row.save(update_fields=["answered_by", "answered_at", "answer"])
        record_act(f"employee:{employee_id}", "answer_alarm", f"alarm:{row.id}", reason=said)
