"""A customer on a case says that somebody they paid looks like a scam; the agent writes the report down for them."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.merchants.public import merchants
from walletdesk.service.agent_actions.errors import CheckNotVerified
from walletdesk.service.agent_actions.rules.masking import ENOUGH
from walletdesk.service.agent_actions.services.check_safety import MOST_PAYEES, lately
from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.service.cases.public import Entry, note_events, the_agent
from walletdesk.trust.risk.public import SCAM_KINDS, ReportKindUnknown, payees_new_since, report_payee
from walletdesk.trust.verification.public import level_of

REPORTED = Words("客服按您说的举报了一个收款方：{kind}", "An agent reported a payee for you: {kind}")


def report_for_customer(employee_id: uuid.UUID, case_id: uuid.UUID | None, payee_id: uuid.UUID, kind: str) -> None:
    """As if the customer had pressed “this looks like a scam” themselves; answered in this case.

    Refuses, in this order: as :func:`agent_with_case` for ``look_up_customer``; ``CheckNotVerified``;
    ``ReportKindUnknown`` (also for a payee who was not paid for the first time lately); as ``risk.report_payee``.
    """
    employee, held = agent_with_case(employee_id, case_id, "look_up_customer")
    level = level_of(held.id)
    if level is None or level.level < ENOUGH:
        raise CheckNotVerified(level=level.level if level else 0, needed=ENOUGH)
    paid = {one.payee_id for one in payees_new_since(held.customer_id, lately(), MOST_PAYEES)}
    if kind not in SCAM_KINDS or payee_id not in paid:
        raise ReportKindUnknown()
    agent = the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
    about = "shop" if payee_id in merchants([payee_id]) else "person"
    with transaction.atomic():
        report_payee(held.customer_id, payee_id, about, kind, "", held.reference)
        note_events([Entry(held.id, "payee_reported", REPORTED.both(kind=SCAM_KINDS[kind]), agent)])
        record_act(agent.ref, "report_payee", f"customer:{held.customer_id}", "", held.id, held.customer_id,
                   {"payee": str(payee_id), "kind": kind})  # fmt: skip
