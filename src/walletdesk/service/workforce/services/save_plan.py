"""A supervisor saves a staffing plan."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.workforce.errors import PlanNotUsable
from walletdesk.service.workforce.models import PlannedHour, StaffingPlan
from walletdesk.service.workforce.queries.hours_counted import EVERY_QUEUE
from walletdesk.service.workforce.queries.week_ahead import PlanView, draft_plan, plan_in_force
from walletdesk.service.workforce.rules.staffing import PlanWishes, wish_objection
from walletdesk.trust.staff.public import employees, insist

WISH_WORDS = {
    "aht": Words("每通处理时长", "Handling time"),
    "target_seconds": Words("目标秒数", "Target seconds"),
    "target_level": Words("目标比例", "Target share"),
    "patience": Words("平均耐心", "Patience"),
    "shrinkage": Words("缩减率", "Shrinkage"),
    "most_busy": Words("最高占用率", "Highest occupancy"),
}


def check_wishes(wishes: PlanWishes) -> None:
    """Refuses what cannot be planned with (``PlanNotUsable``)."""
    name = wish_objection(wishes)
    if name is not None:
        raise PlanNotUsable(name=name, name_words=WISH_WORDS[name])


def save_plan(employee_id: uuid.UUID, wishes: PlanWishes, queue: str = EVERY_QUEUE) -> PlanView:
    """The plan for these wishes and the forecast of this moment becomes the one in force.

    Refuses, in this order: a role that does not plan (``ActNotAllowed``); a figure outside its bounds (``PlanNotUsable``).
    """
    employee = insist(employees([employee_id]).get(employee_id), "plan_staffing")
    check_wishes(wishes)
    hours = draft_plan(wishes, queue)
    with transaction.atomic():
        plan = StaffingPlan.objects.create(
            queue=queue, made_by_id=employee.id, aht=wishes.aht, target_seconds=wishes.target_seconds,
            target_level=wishes.target_level, patience=wishes.patience, shrinkage=wishes.shrinkage,
            most_busy=wishes.most_busy, for_high=wishes.for_high,
        )  # fmt: skip
        PlannedHour.objects.bulk_create(
            PlannedHour(
                plan=plan, hour_of_week=one.hour, calls=one.calls, agents=one.agents, on_rota=one.on_rota,
                service_level=one.service_level, mean_wait=one.mean_wait, occupancy=one.occupancy,
                abandonment=one.abandonment,
            )
            for one in hours
        )  # fmt: skip
        record_act(f"employee:{employee.id}", "save_plan", f"staffing_plan:{plan.id}")
    saved = plan_in_force(queue)
    if saved is None:
        raise LookupError("the plan that was just saved is not there")
    return saved
