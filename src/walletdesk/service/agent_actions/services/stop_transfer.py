"""An employee stops a transfer that risk delayed: at once and alone, because it only keeps the money where it is."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import TransferNotFound, transfer_view
from walletdesk.money.payments.public import stop_transfer as stop
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.cases.public import Entry, ReasonMissing, note_events, the_agent

STOPPED = Words("客服停止了转账 {number}：{reason}", "An agent stopped transfer {number}: {reason}")
LONGEST_REASON = 200


def stop_delayed_transfer(employee_id: uuid.UUID, case_id: uuid.UUID, transfer_id: uuid.UUID, reason: str) -> None:
    """The customer reads ``reason`` and who it was. Refuses, in this order: as :func:`agent_with_case` for ``freeze_wallet``;
    ``TransferNotFound`` (or another customer's); ``ReasonMissing``; ``TransferEnded``.
    """
    employee, found = agent_with_case(employee_id, case_id, "freeze_wallet")
    planned = transfer_view(transfer_id)
    if planned is None or planned.from_customer != found.customer_id:
        raise TransferNotFound()
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing()
    actor = the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
    with transaction.atomic():
        note_events([Entry(found.id, "transfer_stopped", STOPPED.both(number=planned.number, reason=reason), actor)])
        stop(transfer_id, f"employee:{employee.id}", reason, found.id)
