"""The menu's versions: drafted, checked, put live. What was live is kept as it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.errors import MenuNotFound, MenuNotUsable, OwnMenuDraft
from walletdesk.service.hotline.models import MenuVersion
from walletdesk.service.hotline.rules.menu import MenuNotReadable, read_menu, write_menu
from walletdesk.service.hotline.rules.menu_check import problems
from walletdesk.trust.staff.public import employees, insist

ACT = "edit_menu"


def save_menu_draft(employee_id: UUID, tree: Any) -> int:
    """A new draft; its number. A draft may still have problems, but not be unreadable.

    Refuses, in this order: ``ActNotAllowed``; a tree that is none (``MenuNotUsable``).
    """
    insist(employees([employee_id]).get(employee_id), ACT)
    try:
        menu = read_menu(tree)
    except MenuNotReadable as unreadable:
        raise MenuNotUsable(problems=[str(unreadable)]) from unreadable
    with transaction.atomic():
        last = MenuVersion.objects.select_for_update().order_by("-number").first()
        number = (last.number if last else 0) + 1
        MenuVersion.objects.create(
            number=number, tree=write_menu(menu), made_by=f"employee:{employee_id}", made_at=now()
        )
    return number


def publish_menu(employee_id: UUID, number: int, reason: str = "") -> None:
    """From now on new calls hear this version; calls under way keep theirs. Publishing the live one changes nothing.

    Refuses, in this order: ``ActNotAllowed``; ``MenuNotFound``; one's own draft (``OwnMenuDraft``: what every caller will hear
    was read by two people); a menu with a problem (``MenuNotUsable``, which lists them).
    """
    insist(employees([employee_id]).get(employee_id), ACT)
    with transaction.atomic():
        row = MenuVersion.objects.select_for_update().filter(number=number).first()
        if row is None:
            raise MenuNotFound()
        if row.state == "live":
            return
        if row.made_by == f"employee:{employee_id}":
            raise OwnMenuDraft()
        found = problems(read_menu(row.tree))
        if found:
            raise MenuNotUsable(problems=[problem.words for problem in found])
        MenuVersion.objects.filter(state="live").update(state="retired")
        row.state, row.published_by, row.published_at = "live", f"employee:{employee_id}", now()
        row.reason = reason.strip()[:300]
        row.save()
        record_act(f"employee:{employee_id}", "publish_menu", f"menu:{number}", reason=row.reason)


def highest_number() -> int:
    return MenuVersion.objects.aggregate(highest=Max("number"))["highest"] or 0
