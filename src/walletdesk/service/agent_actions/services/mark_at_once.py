"""A payee is put under report, called known to be false, or found sound: the mark and its act in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Literal

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import lift_restrictions, restrict
from walletdesk.trust.staff.public import employees, insist

PayeeMark = Literal["reported", "fake"]
ACT = "edit_rules"


def mark_payee(employee_id: uuid.UUID, payee_id: uuid.UUID, kind: PayeeMark, reason: str) -> None:
    """Refuses, in this order: a role that may not (``ActNotAllowed``); as ``risk.restrict``."""
    insist(employees([employee_id]).get(employee_id), ACT)
    actor = f"employee:{employee_id}"
    with transaction.atomic():
        restrict(payee_id, kind, None, reason, by=actor)
        _write_down(actor, f"mark_{kind}", payee_id, reason)


def unmark_payee(employee_id: uuid.UUID, payee_id: uuid.UUID, kinds: Iterable[PayeeMark]) -> int:
    """How many marks ended; none, and nothing is written down. Refuses: ``ActNotAllowed``."""
    insist(employees([employee_id]).get(employee_id), ACT)
    actor, ended = f"employee:{employee_id}", 0
    with transaction.atomic():
        for kind in kinds:
            if lift_restrictions(payee_id, [kind], actor):
                ended += 1
                _write_down(actor, f"unmark_{kind}", payee_id)
    return ended


def _write_down(actor: str, verb: str, payee_id: uuid.UUID, reason: str = "") -> None:
    """Under the name of the customer who was marked; a shop is none."""
    customer_id = payee_id if customers([payee_id]) else None
    record_act(actor, verb, f"payee:{payee_id}", reason=reason, customer_id=customer_id)
