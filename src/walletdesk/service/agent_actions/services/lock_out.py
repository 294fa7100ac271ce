"""Protect an account that is in danger: signing in is closed, and every session ends."""

from __future__ import annotations

import uuid

from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.trust.verification.public import lock_by_desk


def lock_out(employee_id: uuid.UUID, case_id: uuid.UUID, reason: str, kind: str = "staff") -> None:
    """Protect an account. ``staff``: nobody signs in until papers were seen by a second agent. ``reported``, when somebody told
    us that another uses it: a strong proof of its owner opens it as well.

    Refuses, in this order: as :func:`agent_with_case` for ``lock_account``; ``ReasonMissing``.
    """
    employee, found = agent_with_case(employee_id, case_id, "lock_account")
    lock_by_desk(employee.id, found.customer_id, found.id, reason, kind)
