"""The employee who is signed in: on the request, and as an actor of a case."""

from django.http import HttpRequest

from walletdesk.service.cases.public import Actor, the_agent
from walletdesk.trust.staff.public import EmployeeView


class DeskRequest(HttpRequest):
    """A request behind ``@employee_only``: who is at the desk, and what the page listens to."""

    employee: EmployeeView
    live_topics: list[str]


def as_actor(employee: EmployeeView) -> Actor:
    return the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en)
