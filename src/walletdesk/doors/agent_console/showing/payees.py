"""Payees of whom people speak, and rings, as the risk desk shows them. Names as far as the role may look customers up."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.money.merchants.public import merchants
from walletdesk.service.cases.public import cases_of_customer
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.risk.public import (
    MARK_KINDS,
    WARNING_MARKS,
    FlagView,
    flags_of_customer,
    payees_reported,
    reports_on,
    restrictions_of,
    transfers_of,
)
from walletdesk.trust.staff.public import EmployeeView, may


@dataclass(frozen=True, slots=True)
class Who:
    """A person or a shop, with the page that tells what is known of them. ``name`` is empty for who may not read it."""

    id: uuid.UUID
    number: str
    name: str
    href: str
    is_customer: bool


@dataclass(frozen=True, slots=True)
class Reported:
    who: Who
    people: int
    last_at: datetime


def whos(ids: Iterable[uuid.UUID], reader: EmployeeView) -> dict[uuid.UUID, Who]:
    """Those of ``ids`` that are somebody; a constant number of statements."""
    wanted = set(ids)
    people, shops, named = customers(wanted), merchants(wanted), may(reader, "look_up_customer")
    found = {one: _person(people[one], named) for one in wanted if one in people}
    for one in wanted:
        if one in shops:
            found[one] = Who(one, str(shops[one].name), "", reverse("desk-risk-payee", args=[one]), False)
    return found


def _person(person: CustomerView, named: bool) -> Who:
    name = person.masked_name if named else ""
    return Who(person.id, person.number, name, reverse("desk-risk-payee", args=[person.id]), True)


def reported(reader: EmployeeView) -> list[Reported]:
    """Those of whom people speak, most people first."""
    found = payees_reported(30)
    who = whos((one.payee_id for one in found), reader)
    return [Reported(who[one.payee_id], one.people, one.last_at) for one in found if one.payee_id in who]


def payee(who: Who, reader: EmployeeView) -> dict[str, Any]:
    """What was said, what stands, in which rings they are, and which cases are open."""
    said = reports_on(who.id)
    payers = whos((one.payer_id for one in said), reader)
    standing = [one for one in restrictions_of(who.id) if one.kind in WARNING_MARKS]
    return {
        "who": who,
        "reports": [(one, payers.get(one.payer_id)) for one in said],
        "open_reports": sum(not one.outcome for one in said),
        "marks": standing,
        "choices": [(kind, MARK_KINDS[kind]) for kind in reversed(WARNING_MARKS)],
        "flags": flags_of_customer(who.id) if who.is_customer else [],
        "cases": [one for one in cases_of_customer(who.id) if one.is_open] if who.is_customer else [],
    }


def ring(found: FlagView, reader: EmployeeView) -> dict[str, Any]:
    """Who stands in the ring, and which transfers closed it."""
    who = whos(found.customer_ids, reader)
    return {
        "flag": found,
        "members": [who[one] for one in found.customer_ids if one in who],
        "legs": [
            {
                "from": who.get(one.from_customer_id),
                "to": who.get(one.to_customer_id),
                "at": one.at,
                "amount": Amount(one.amount_minor, CNY),
            }
            for one in transfers_of(found)
        ],
    }
