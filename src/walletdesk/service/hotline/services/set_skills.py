"""Which topics and languages an agent takes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.service.hotline.models import AgentSkill
from walletdesk.service.hotline.rules.said import TOPICS
from walletdesk.service.hotline.services.take_in_call import LANGUAGES
from walletdesk.trust.staff.public import employees, insist


def set_skills(by_employee_id: UUID, employee_id: UUID, topics: Iterable[str], languages: Iterable[str]) -> None:
    """These and no others. Who is given none of a kind takes every topic, and speaks Chinese.

    Refuses: ``ActNotAllowed``. An unknown topic or language is a mistake in a page (``ValueError``).
    """
    insist(employees([by_employee_id]).get(by_employee_id), "reassign")
    topics, languages = sorted(set(topics)), sorted(set(languages))
    if set(topics) - set(TOPICS) or set(languages) - set(LANGUAGES):
        raise ValueError("unknown topic or language")
    rows = [("topic", code) for code in topics] + [("language", code) for code in languages]
    with transaction.atomic():
        AgentSkill.objects.filter(employee_id=employee_id).delete()
        AgentSkill.objects.bulk_create(
            [AgentSkill(employee_id=employee_id, kind=kind, code=code) for kind, code in rows]
        )
        detail = {"topics": topics, "languages": languages}
        record_act(f"employee:{by_employee_id}", "set_skills", f"employee:{employee_id}", detail=detail)
