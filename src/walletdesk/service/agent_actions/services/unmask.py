"""Show one masked field, for a reason that the customer can read afterwards."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import activity
from walletdesk.money.wallets.public import wallets_of
from walletdesk.service.agent_actions.errors import FieldNotMasked
from walletdesk.service.agent_actions.rules.masking import FIELD_WORDS, can_be_unmasked
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.agent_actions.services.look_up import SHOWN_PAYMENTS
from walletdesk.service.cases.public import Entry, ReasonMissing, note_events, the_agent
from walletdesk.service.oversight.public import insist_on_unmasking, note_unmasking
from walletdesk.trust.customers.public import customers

SEEN = Words("工号 {number} 看了您的{field}：{reason}", "Agent {number} looked at your {field}: {reason}")
LONGEST_REASON = 300


def unmask(employee_id: uuid.UUID, case_id: uuid.UUID | None, field: str, reason: str) -> Any:
    """The value of ``field``: text for ``phone`` and ``email``, wallets for ``balances``, rows for ``other_payments``.

    Refuses, in this order: a role that may not (``ActNotAllowed``); no case (``NoCase``); ``CaseNotFound``; a case that
    is not in this agent's hands (``CaseNotInHand``); an unknown field (``FieldNotMasked``); no reason (``ReasonMissing``);
    the shift's ceiling (``TooManyUnmaskings``).
    """
    employee, found = agent_with_case(employee_id, case_id, "unmask")
    if not can_be_unmasked(field):
        raise FieldNotMasked(field=field)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing()
    agent = the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
    insist_on_unmasking(employee.id)
    with transaction.atomic():
        words = SEEN.both(number=employee.employee_number, field=FIELD_WORDS[field], reason=reason)
        note_events([Entry(found.id, "unmasked", words, agent, {"field": field, "reason": reason})])
        record_act(
            agent.ref, "unmask", f"customer:{found.customer_id}", reason, found.id, found.customer_id,
            {"field": field, "agent": employee.employee_number},
        )  # fmt: skip
        note_unmasking(employee.id, found.customer_id, found.id)
    return _value(field, found.customer_id)


def _value(field: str, customer_id: uuid.UUID) -> Any:
    match field:
        case "phone":
            return customers([customer_id])[customer_id].phone
        case "email":
            return customers([customer_id])[customer_id].email
        case "balances":
            return wallets_of(customer_id)
    return list(activity(customer_id, limit=SHOWN_PAYMENTS).rows)
