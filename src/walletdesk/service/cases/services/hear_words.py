"""Somebody wrote: the customer, an agent or the merchant. The case moves accordingly; an agent's answer keeps the promise."""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.cases.rules.actor import CUSTOMER, EMPLOYEE, MERCHANT, Actor
from walletdesk.service.cases.services.keep_promise import fulfil_promises
from walletdesk.service.cases.services.move_case import locked_case, move

EVENT_OF = {CUSTOMER: "customer_wrote", EMPLOYEE: "agent_answered", MERCHANT: "other_answered"}


def hear_words(case_id: uuid.UUID, author: Actor, to_customer: bool) -> None:
    """Move the case for a message by ``author``; an agent's first words to the customer fulfil the promised answer.

    Refuses: ``CaseNotFound``; a closed case (``CaseEventRefused``: it is reopened first).
    """
    with transaction.atomic():
        row = locked_case(case_id)
        event = EVENT_OF.get(author.kind)
        if event is None:
            return
        if author.kind == EMPLOYEE and to_customer and row.state != "closed":
            fulfil_promises(row, author, "answer")
        move(row, event if to_customer or author.kind != EMPLOYEE else "taken", now())


def wait_for(case_id: uuid.UUID, whom: str) -> None:
    """The case waits for ``customer`` or for ``other`` (a merchant, a bank). No promise stops for it.

    Refuses: ``CaseNotFound``; a case that waits for confirmation or is closed (``CaseEventRefused``).
    """
    with transaction.atomic():
        move(locked_case(case_id), "customer_asked" if whom == "customer" else "other_asked", now())
