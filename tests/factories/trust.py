"""Builders for the trust wing, made through the rooms' own verbs: customers with a PIN, teams, people of the desk."""

from __future__ import annotations

import itertools
from uuid import UUID

from tests.factories.foundation import a_user
from walletdesk.foundation.clock.public import now
from walletdesk.trust.customers.models import Customer, TierChange
from walletdesk.trust.customers.public import CustomerView, customers, register_customer, set_pin
from walletdesk.trust.staff.public import EmployeeView, employ, employee_of_user, open_team

PIN = "739146"
_numbers = itertools.count(3001)  # away from those that stories give their people by name


def a_customer(
    name: str = "林小雨", phone: str = "138 0000 2046", pin: str | None = None, tier: int = 1, **user: str
) -> CustomerView:
    """Somebody with an account; with a PIN if one is given. Known in person, so that no limit stands in a test's way."""
    made = register_customer(a_user(**user).id, name, phone)
    of_tier(made.id, tier)
    if pin is not None:
        set_pin(made.id, pin)
    return customers([made.id])[made.id]


def of_tier(customer_id: UUID, tier: int) -> None:
    """The customer has this tier, as if always: written down without the news of it, which would be told to everybody."""
    before = Customer.objects.get(pk=customer_id).tier
    if before != tier:
        TierChange.objects.create(
            customer_id=customer_id, before=before, after=tier, by="test", reason="As if always", changed_at=now()
        )
        Customer.objects.filter(pk=customer_id).update(tier=tier)


def an_employee(
    role: str = "agent",
    team: str = "care",
    *,
    user_id: UUID | None = None,
    number: str = "",
    name_zh: str = "周岚",
    name_en: str = "Zhou Lan",
    refund_cap_minor: int | None = None,
    enrolled: bool = True,
) -> EmployeeView:
    """Somebody at the desk, in a team that is opened when it is needed, with the way in open unless told otherwise."""
    open_team(team, f"{team} 组", f"Team {team}")
    user = user_id or a_user().id
    number = number or str(next(_numbers))
    return employ(user, number, name_zh, name_en, team, role, refund_cap_minor=refund_cap_minor, enrolled=enrolled)


def the_employee_again(employee: EmployeeView) -> EmployeeView:
    """The same person as the database knows them now."""
    found = employee_of_user(employee.user_id)
    assert found is not None
    return found
