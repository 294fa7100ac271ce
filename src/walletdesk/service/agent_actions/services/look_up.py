"""Open a customer's card from a case. What is masked and when, says ``rules/masking.py``."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from walletdesk.foundation.audit.public import acts_of_case, record_act
from walletdesk.foundation.clock.public import now
from walletdesk.money.payments.public import ActivityRow, PaymentView, activity, payments
from walletdesk.money.wallets.public import WalletView, wallets_of
from walletdesk.service.agent_actions.errors import NoCase
from walletdesk.service.agent_actions.rules.masking import MASKED_IN_AN_EMERGENCY, masked_fields
from walletdesk.service.agent_actions.services.hold_case import in_hand
from walletdesk.service.cases.public import CaseNotFound, CaseView, case, cases_of_customer
from walletdesk.service.oversight.public import note_look, standing_glass
from walletdesk.trust.customers.public import customers
from walletdesk.trust.staff.public import EmployeeView, employees, insist
from walletdesk.trust.verification.public import Prompt, VerificationLevel, level_of, open_prompt_of_case

SAME_LOOK = timedelta(minutes=30)
SHOWN_PAYMENTS = 8


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """One customer, as far as this agent may see now. ``masked`` names the fields that are masked; a masked ``wallets``
    or ``activity`` is ``None``, not empty. ``frozen`` is shown always: whoever helps must know it.
    """

    customer_id: uuid.UUID
    number: str
    name: str
    since: datetime
    language: str
    phone: str
    email: str
    level: VerificationLevel | None
    prompt: Prompt | None
    masked: frozenset[str]
    frozen: bool
    wallets: list[WalletView] | None
    case_payments: list[PaymentView]
    activity: list[ActivityRow] | None
    cases: list[CaseView]


def look_up(employee_id: uuid.UUID, case_id: uuid.UUID | None) -> CustomerCard:
    """The card of the case's customer. A look is written down once in half an hour and case; the customer can read it.

    Refuses, in this order: a role that may not look (``ActNotAllowed``); no case (``NoCase``: O10, an account is opened
    from a case or not at all); ``CaseNotFound`` (also where the case complains about this employee).
    """
    employee = insist(employees([employee_id]).get(employee_id), "look_up_customer")
    if case_id is None:
        raise NoCase()
    found = case(case_id)
    if found.about_employee_id == employee_id:
        raise CaseNotFound()
    _write_down(employee, found)
    return _card(employee, found)


def look_without_case(employee_id: uuid.UUID, glass_id: uuid.UUID) -> CustomerCard:
    """The card behind an emergency opening (``oversight.break_glass``): balances and payments, no address.

    Refuses, in this order: ``ActNotAllowed``; another's opening (``GlassNotFound``); one that is over (``GlassMended``).
    """
    glass = standing_glass(employee_id, glass_id)
    person, wallets = customers([glass.customer_id])[glass.customer_id], wallets_of(glass.customer_id)
    return CustomerCard(
        customer_id=person.id,
        number=person.number,
        name=person.name,
        since=person.since,
        language=person.language,
        phone=person.masked_phone,
        email=person.masked_email,
        level=None,
        prompt=None,
        masked=MASKED_IN_AN_EMERGENCY,
        frozen=any(wallet.freeze != "none" for wallet in wallets),
        wallets=wallets,
        case_payments=[],
        activity=list(activity(person.id, limit=SHOWN_PAYMENTS).rows),
        cases=cases_of_customer(person.id, limit=10),
    )


def _card(employee: EmployeeView, found: CaseView) -> CustomerCard:
    person = customers([found.customer_id])[found.customer_id]
    level = level_of(found.id)
    masked = masked_fields(level.level if level else 0, in_hand(found, employee.id))
    wallets = wallets_of(found.customer_id)
    concerned = payments(found.payment_ids)
    return CustomerCard(
        customer_id=person.id,
        number=person.number,
        name=person.name,
        since=person.since,
        language=person.language,
        phone=person.masked_phone if "phone" in masked else person.phone,
        email=person.masked_email if "email" in masked else person.email,
        level=level,
        prompt=open_prompt_of_case(found.id),
        masked=masked,
        frozen=any(wallet.freeze != "none" for wallet in wallets),
        wallets=None if "balances" in masked else wallets,
        case_payments=[concerned[payment] for payment in found.payment_ids if payment in concerned],
        activity=None if "other_payments" in masked else list(activity(found.customer_id, limit=SHOWN_PAYMENTS).rows),
        cases=cases_of_customer(found.customer_id, limit=10),
    )


def _write_down(employee: EmployeeView, found: CaseView) -> None:
    actor, moment = f"employee:{employee.id}", now()
    for act in reversed(acts_of_case(found.id)):
        if act.at < moment - SAME_LOOK:
            break
        if act.verb == "look_up" and act.actor == actor:
            return
    with transaction.atomic():
        record_act(
            actor, "look_up", f"customer:{found.customer_id}", case_id=found.id, customer_id=found.customer_id,
            detail={"agent": employee.employee_number},
        )  # fmt: skip
        note_look(employee.id, found.customer_id, found.id)
