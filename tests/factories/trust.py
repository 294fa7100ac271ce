"""Builders for the trust wing, made through the rooms' own verbs: customers with a PIN, teams, people of the desk."""

from __future__ import annotations

import itertools
from uuid import UUID

from tests.factories.foundation import a_user
from walletdesk.trust.customers.public import CustomerView, customers, register_customer, set_pin
from walletdesk.trust.staff.public import EmployeeView, employ, employee_of_user, open_team

PIN = "739146"
_numbers = itertools.count(1001)


def a_customer(name: str = "林小雨", phone: str = "138 0000 2046", pin: str | None = None, **user: str) -> CustomerView:
    """Somebody with an account; with a PIN if one is given."""
    made = register_customer(a_user(**user).id, name, phone)
    if pin is not None:
        set_pin(made.id, pin)
    return customers([made.id])[made.id]


def an_employee(
    role: str = "agent",
    team: str = "care",
    *,
    user_id: UUID | None = None,
    number: str = "",
    name_zh: str = "周岚",
    name_en: str = "Zhou Lan",
    refund_cap_minor: int | None = None,
) -> EmployeeView:
    """Somebody at the desk, in a team that is opened when it is needed."""
    open_team(team, f"{team} 组", f"Team {team}")
    user = user_id or a_user().id
    number = number or str(next(_numbers))
    return employ(user, number, name_zh, name_en, team, role, refund_cap_minor=refund_cap_minor)


def the_employee_again(employee: EmployeeView) -> EmployeeView:
    """The same person as the database knows them now."""
    found = employee_of_user(employee.user_id)
    assert found is not None
    return found
