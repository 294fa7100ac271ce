"""An account is locked for a reason that its owner is told, and unlocked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import end_all_sessions
from walletdesk.foundation.outbox.public import publish
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.customers.public import CustomerNotFound, customers
from walletdesk.trust.staff.public import employees, insist
from walletdesk.trust.verification.errors import ReasonMissing
from walletdesk.trust.verification.events import AccountLocked, AccountUnlocked
from walletdesk.trust.verification.models import AccountLock
from walletdesk.trust.verification.rules.locks import REASONS

WRONG_TRIES, NOT_ME = "wrong_password", "risk"
BY_DESK: Mapping[str, str] = {"staff": "lock_account", "reported": "lock_reported"}
"""The reasons that the desk gives, and the act of each in the record."""


def lock_account(customer_id: UUID, reason: str, by: str, until: datetime | None = None, note: str = "") -> bool:
    """Close signing in and end every session at once; whether it was not locked for this reason before.

    ``reason``: reported, staff or dormant; ``by`` names who. For wrong passwords see :func:`note_wrong_passwords`, for a
    sign-in that the owner disowned :func:`note_not_me`. Refuses: ``CustomerNotFound``. Publishes ``AccountLocked``.
    """
    person = customers([customer_id]).get(customer_id)
    if person is None or reason not in REASONS:
        raise CustomerNotFound()
    with transaction.atomic():
        fresh = _write(customer_id, reason, by, until, note)
        end_all_sessions(person.user_id)
    return fresh


def lock_by_desk(employee_id: UUID, customer_id: UUID, case_id: UUID, reason: str, kind: str = "staff") -> bool:
    """The desk protects an account. ``kind``: ``reported`` where somebody told us that another uses it, else ``staff``.

    Refuses, in this order: ``ActNotAllowed``, ``ReasonMissing``, ``CustomerNotFound``.
    """
    employee = insist(employees([employee_id]).get(employee_id), "lock_account")
    note, verb = " ".join(reason.split())[:300], BY_DESK.get(kind)
    if not note or verb is None:
        raise ReasonMissing()
    with transaction.atomic():
        record_act(f"employee:{employee.id}", verb, f"customer:{customer_id}", note, case_id, customer_id)
        return lock_account(customer_id, kind, f"employee:{employee.id}", note=note)


def note_wrong_passwords(customer_id: UUID, until: datetime | None) -> bool:
    """Somebody used up the tries at the sign-in page. Nothing is closed by this row: the count at that page does it, for
    the place they came from. It is here so that the owner reads why, and so that the time to restore is known.
    """
    with transaction.atomic():
        return _write(customer_id, WRONG_TRIES, "sign_in", until, "")


def note_not_me(customer_id: UUID) -> bool:
    """The owner said "not me" on a device of theirs: for ``account.not_me_seconds`` nobody signs in anew, until the password
    that somebody knows is changed. Who is signed in stays: it is from there that the owner changes it.
    """
    until = now() + timedelta(seconds=value("account.not_me_seconds"))
    with transaction.atomic():
        return _write(customer_id, NOT_ME, "own_device", until, "")


def unlock_account(customer_id: UUID, reasons: tuple[str, ...], by: str) -> int:
    """Lift locks of these reasons; how many. Publishes ``AccountUnlocked`` when there were any."""
    moment = now()
    with transaction.atomic():
        lifted = AccountLock.objects.filter(customer_id=customer_id, reason__in=reasons, lifted_at=None).update(
            lifted_at=moment, lifted_by=by
        )
        if lifted:
            publish(AccountUnlocked(customer_id, reasons, by, moment))
    return lifted


def _write(customer_id: UUID, reason: str, by: str, until: datetime | None, note: str) -> bool:
    """One open lock for a reason. One whose time is over makes room; one that holds gets the later end."""
    moment = now()
    mine = AccountLock.objects.filter(customer_id=customer_id, reason=reason, lifted_at=None)
    mine.filter(until__lte=moment).update(lifted_at=moment, lifted_by="time")
    row, fresh = AccountLock.objects.get_or_create(
        customer_id=customer_id,
        reason=reason,
        lifted_at=None,
        defaults={"locked_by": by, "until": until, "note": note, "since": moment},
    )
    if fresh:
        publish(AccountLocked(customer_id, reason, until, moment))
    elif row.until is not None and (until is None or until > row.until):
        AccountLock.objects.filter(id=row.id).update(until=until)
    return fresh
