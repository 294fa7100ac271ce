"""The way to the desk: an administrator hands over a pass in person; with a factor in hand the pass opens the door once.

A password alone leads nowhere here: whoever stole one could add a factor of their own to the sign-in, but not the pass.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.staff.errors import EmployeeNotFound, FactorsStand, OwnPost, PassNotUsable
from walletdesk.trust.staff.models import Employee, EnrolmentPass
from walletdesk.trust.staff.queries import employees, insist
from walletdesk.trust.staff.rules import ENROL_LENGTH, ENROL_LETTERS, read_pass, show_pass

TRIES = 5


def make_pass(employee_id: UUID, by: UUID | None) -> str:
    """The pass, shown this once and never again; an older one ends. ``by`` is the administrator's employee id, None for
    the command line, which makes the first administrator.

    Refuses, in this order: who may not (``ActNotAllowed``); ``EmployeeNotFound`` (also who has left); one's own
    (``OwnPost``); somebody who is enrolled (``FactorsStand``: that way leads over two administrators).
    """
    if by is not None:
        insist(employees([by]).get(by), "employ_staff")
    code = "".join(secrets.choice(ENROL_LETTERS) for _ in range(ENROL_LENGTH))
    with transaction.atomic():
        row = Employee.objects.select_for_update().filter(pk=employee_id, active=True).first()
        if row is None:
            raise EmployeeNotFound()
        if by == employee_id:
            raise OwnPost()
        if row.enrolled_at is not None:
            raise FactorsStand()
        moment = now()
        _end_passes(employee_id)
        until = moment + timedelta(seconds=value("staff.pass_seconds", moment))
        EnrolmentPass.objects.create(
            employee_id=employee_id, code_hash=_hash(code), made_by_id=by, made_at=moment, expires_at=until
        )
        actor = f"employee:{by}" if by else "command line"
        record_act(actor, "make_pass", f"employee:{employee_id}", detail={"until": until.isoformat()})
    return show_pass(code)


def use_pass(employee_id: UUID, typed: str) -> None:
    """The employee may come to the desk from now on. The caller has seen a strong factor in this very session.

    Refuses: a pass that is wrong, used, replaced, out of time, or tried five times (``PassNotUsable``: one answer). A
    wrong try is counted for good, also when the caller's request fails afterwards.
    """
    moment = now()
    with transaction.atomic():
        open_pass = (
            EnrolmentPass.objects.select_for_update()
            .filter(employee_id=employee_id, used_at=None, ended_at=None, expires_at__gt=moment, wrong_tries__lt=TRIES)
            .first()
        )
        fits = open_pass is not None and secrets.compare_digest(open_pass.code_hash, _hash(read_pass(typed)))
        if open_pass is not None and fits:
            open_pass.used_at = moment
            open_pass.save(update_fields=["used_at"])
            Employee.objects.filter(pk=employee_id).update(enrolled_at=moment)
            record_act(f"employee:{employee_id}", "enrol", f"employee:{employee_id}")
        elif open_pass is not None:
            EnrolmentPass.objects.filter(pk=open_pass.pk).update(wrong_tries=F("wrong_tries") + 1)
    if not fits:
        raise PassNotUsable()


def close_way_in(employee_id: UUID) -> None:
    """After a recovery was decided: the employee is not enrolled, open passes end. In the caller's transaction."""
    _end_passes(employee_id)
    Employee.objects.filter(pk=employee_id).update(enrolled_at=None)


def _end_passes(employee_id: UUID) -> None:
    EnrolmentPass.objects.filter(employee_id=employee_id, used_at=None, ended_at=None).update(ended_at=now())


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
