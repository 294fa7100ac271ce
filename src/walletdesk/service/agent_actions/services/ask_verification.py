"""Ask the customer to confirm, on their own phone, that it is them and that the agent is genuine."""

from __future__ import annotations

import uuid

from walletdesk.service.agent_actions.services.hold_case import agent_with_case
from walletdesk.trust.verification.public import Prompt, ask_customer


def ask_verification(employee_id: uuid.UUID, case_id: uuid.UUID | None) -> Prompt:
    """The question on both screens, with its code.

    Refuses, in this order: a role that may not (``ActNotAllowed``); no case (``NoCase``); ``CaseNotFound``; a case that
    is not in this agent's hands (``CaseNotInHand``); then as ``verification.ask_customer``.
    """
    employee, found = agent_with_case(employee_id, case_id, "ask_verification")
    return ask_customer(found.id, found.customer_id, employee.id, found.reference)
