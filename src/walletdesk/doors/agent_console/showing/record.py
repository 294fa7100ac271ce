"""The record of all acts, for who reads it: what is looked for, what was found, the seal of the last one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from walletdesk.doors.agent_console.showing import acts
from walletdesk.foundation.audit.public import ActView, Wanted, chain_head, search_acts
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import CaseNotFound, case, case_for_employee
from walletdesk.trust.customers.public import customer_by_address, customers
from walletdesk.trust.staff.public import EmployeeView, employee_by_number

A_PAGE = 50
FIELDS = ("agent", "verb", "customer", "case", "from", "to")
NOBODY = Words("没有这个工号", "No agent has this number")
NO_CUSTOMER = Words("没有这个客户编号", "No customer has this number")
NO_CASE = Words("没有这个案件", "There is no such case")
NO_DAY = Words("日期要像 2026-05-19", "A day is written like 2026-05-19")


class Unfindable(Exception):
    """A field names nothing: which, and in words."""

    def __init__(self, field: str, words: Words) -> None:
        super().__init__(field)
        self.field, self.words = field, words


@dataclass(frozen=True, slots=True)
class Line:
    """One act; ``customer`` and ``reference`` where it was about them."""

    number: int
    shown: acts.ActRow
    customer: str
    reference: str
    seal: str


def asked_for(given: dict[str, str], reader: EmployeeView) -> Wanted:
    """What the form asks for. Raises ``Unfindable``."""
    return Wanted(
        actor=_actor(given["agent"]),
        verb=given["verb"] if given["verb"] in acts.VERBS else "",
        customer_id=_customer(given["customer"]),
        case_id=_case(given["case"], reader),
        since=_day("from", given["from"], 0),
        until=_day("to", given["to"], 1),
    )


def page(wanted: Wanted, reader: EmployeeView, given: dict[str, str]) -> dict[str, Any]:
    """A page of the record, and where the next begins."""
    found = search_acts(wanted, A_PAGE + 1)
    shown, last = found[:A_PAGE], found[A_PAGE - 1] if len(found) > A_PAGE else None
    number, seal = chain_head()
    asked = {name: said for name, said in given.items() if said}
    return {
        "lines": _lines(shown, reader),
        "next": f"?{urlencode(asked | {'before': last.id})}" if last else "",
        "head": {"number": number, "seal": seal[:16]},
    }


def _lines(found: list[ActView], reader: EmployeeView) -> list[Line]:
    """What belongs to a case that complains about the reader is not for the reader."""
    people = customers({one.customer_id for one in found if one.customer_id})
    known = {case_id: _reference(case_id, reader) for case_id in {one.case_id for one in found if one.case_id}}
    kept = [one for one in found if one.case_id is None or known[one.case_id] is not None]
    return [
        Line(
            one.id,
            row,
            people[one.customer_id].number if one.customer_id in people else "",
            (known[one.case_id] or "") if one.case_id else "",
            one.hash[:12],
        )
        for one, row in zip(kept, acts.rows(kept), strict=True)
    ]


def _reference(case_id: UUID, reader: EmployeeView) -> str | None:
    try:
        found = case(case_id)
    except CaseNotFound:
        return ""
    return None if found.about_employee_id == reader.id else found.reference


def _actor(number: str) -> str:
    if not number:
        return ""
    found = employee_by_number(number)
    if found is None:
        raise Unfindable("agent", NOBODY)
    return f"employee:{found.id}"


def _customer(number: str) -> UUID | None:
    """By the customer's number alone: nobody is looked for by telephone or mail here."""
    if not number:
        return None
    found = customer_by_address(number) if number.upper().startswith("WD") else None
    if found is None:
        raise Unfindable("customer", NO_CUSTOMER)
    return found.id


def _case(reference: str, reader: EmployeeView) -> UUID | None:
    try:
        return case_for_employee(reader.id, reference).id if reference else None
    except CaseNotFound:
        raise Unfindable("case", NO_CASE) from None


def _day(field: str, said: str, later: int) -> datetime | None:
    try:
        chosen = date.fromisoformat(said) if said else None
    except ValueError:
        raise Unfindable(field, NO_DAY) from None
    here = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(chosen, time.min, here) + timedelta(days=later) if chosen else None
