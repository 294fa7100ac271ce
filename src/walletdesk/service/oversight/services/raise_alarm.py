"""An alarm: written down, put into the chain of acts, told to everybody who watches but the one it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.outbox.public import publish
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.service.oversight.events import AlarmRaised
from walletdesk.service.oversight.models import Alarm
from walletdesk.service.oversight.rules.alarms import KINDS
from walletdesk.trust.staff.public import EmployeeView, employees, may, staff_list

LINK = "/desk/oversight/"
ANSWER_IT = Words("请看一下，并写下结果", "Have a look, and write down what came of it")


@dataclass(frozen=True, slots=True)
class AlarmDraft:
    """``once`` names the happening; ``detail`` fills the sentence of the kind, and holds nothing secret."""

    kind: str
    employee_id: UUID
    once: str
    customer_id: UUID | None = None
    case_id: UUID | None = None
    subject: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


def raise_alarm(draft: AlarmDraft) -> UUID | None:
    """The id of the alarm, or None when this happening was told before. Refuses nothing."""
    moment = now()
    row = Alarm(
        kind=draft.kind,
        at=moment,
        employee_id=draft.employee_id,
        customer_id=draft.customer_id,
        case_id=draft.case_id,
        subject=draft.subject[:100],
        detail=draft.detail,
        once=f"{draft.kind}:{draft.once}"[:160],
    )
    with transaction.atomic():
        Alarm.objects.bulk_create([row], ignore_conflicts=True)
        if not Alarm.objects.filter(pk=row.pk).exists():
            return None
        _tell(row)
        publish(AlarmRaised(row.id, row.kind, row.employee_id, moment))
        # Not under the customer's name: the customer reads the look itself, and a canary stays unknown.
        record_act(
            "rule:oversight", "alarm", f"employee:{row.employee_id}", detail={"kind": row.kind, "id": str(row.id)}
        )
    return row.id


def sentence(kind: str, about: EmployeeView | None, detail: dict[str, Any]) -> dict[str, str]:
    """How the alarm reads, in both languages."""
    fields = {"count": "", "reason": "", "checker": ""} | detail
    return KINDS[kind].both(agent=about.label if about else "", **_spoken(fields))


def _spoken(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: Words(one["zh-hans"], one["en"]) if isinstance(one, dict) else one for name, one in fields.items()}


def _tell(row: Alarm) -> None:
    about = employees([row.employee_id]).get(row.employee_id)
    words = sentence(row.kind, about, row.detail)
    watching = [one for one in staff_list() if may(one, "see_oversight") and one.id != row.employee_id]
    tell_many(
        [
            NoticeDraft("employee", one.id, "alarm", words, ANSWER_IT.both(), LINK, str(row.id), at=row.at)
            for one in watching
        ]
    )
