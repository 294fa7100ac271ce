"""One device, or every place: sign a customer out who fears that somebody else is in. Nothing else is closed by it."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import device, end_all_sessions, end_device
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.cases.public import Entry, ReasonMissing, note_events, the_agent
from walletdesk.trust.customers.public import customers

EVERYWHERE = Words(
    "客服让所有地方退出了登录，请您重新登录：{reason}",
    "An agent signed you out everywhere; please sign in again: {reason}",
)
ONE_DEVICE = Words(
    "客服让设备“{device}”退出了登录，它再登录时算新设备：{reason}",
    "An agent signed out the device “{device}”; if it signs in again it is a new one: {reason}",
)
LONGEST_REASON = 200


def sign_out(employee_id: uuid.UUID, case_id: uuid.UUID | None, device_id: uuid.UUID | None, reason: str) -> int:
    """At once and by one person: the customer signs in again, a thief without the password does not. How many sessions
    died. Without a device all of them do, and devices stay known; with one, it is known no longer.

    Refuses, in this order: as :func:`agent_with_case` for ``lock_account``; ``ReasonMissing``; ``DeviceNotFound``.
    """
    employee, held = agent_with_case(employee_id, case_id, "lock_account")
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing()
    user_id = customers([held.customer_id])[held.customer_id].user_id
    agent = the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
    with transaction.atomic():
        if device_id is None:
            died, words = end_all_sessions(user_id), EVERYWHERE.both(reason=reason)
        else:
            known = device(user_id, device_id)
            died = end_device(user_id, device_id)
            words = ONE_DEVICE.both(device=known.name if known else "", reason=reason)
        note_events([Entry(held.id, "signed_out", words, agent)])
        record_act(agent.ref, "sign_out", f"customer:{held.customer_id}", reason, held.id, held.customer_id,
                   {"device": str(device_id) if device_id else None, "sessions": died})  # fmt: skip
    return died
