"""Staff as administrators, supervisors and auditors see them: who, where, what they may, how they come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from walletdesk.doors._shared.reader_time import day_words, weekday_words
from walletdesk.doors.agent_console.showing import acts
from walletdesk.doors.agent_console.showing.act_words import words_of
from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.audit.public import acts_of_actor, acts_on_subject
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import strong_factors_of, user
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.staff.public import (
    ACTS,
    ROLES,
    EmployeeView,
    day_began,
    may,
    open_pass_until,
    shifts_between,
    staff_list,
    teams,
)

HERE = Status(Words("在职", "At work here"), "go", "done")
LEFT = Status(Words("已离开", "Has left"), "plain", "flat")
NO_WAY_IN = Status(Words("还没登记", "Not enrolled"), "wait", "half")
FACTORS = {"passkey": Words("通行密钥", "Passkey"), "totp": Words("验证器", "Authenticator app")}
SHOWN_ACTS = 30
OF_A_POST = {"employ", "change_post", "set_caps", "make_pass", "enrol"}


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    name: Words
    role: Words
    team: Words
    status: Status
    today: str


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def state_of(employee: EmployeeView) -> Status:
    if not employee.active:
        return LEFT
    return HERE if employee.enrolled else NO_WAY_IN


def listed() -> list[Row]:
    """Everybody by number, those who left at the end, with the shift of today."""
    start = day_began()
    today: dict[UUID, list[str]] = {}
    for one in shifts_between(start, start + timedelta(days=1)):
        today.setdefault(one.employee_id, []).append(hours(one.starts_at, one.ends_at))
    people = sorted(staff_list(active_only=False), key=lambda one: (not one.active, one.employee_number))
    return [
        Row(
            one.employee_number,
            one.name,
            one.role_words,
            one.team_name,
            state_of(one),
            ", ".join(today.get(one.id, [])),
        )
        for one in people
    ]


def hours(start: datetime, end: datetime) -> str:
    """``09:00–17:00`` in the operator's zone."""
    return f"{start.astimezone(zone()):%H:%M}–{end.astimezone(zone()):%H:%M}"


def team_rows() -> list[dict[str, Any]]:
    people = staff_list()
    return [
        {"code": team.code, "name": team.name, "count": sum(one.team_id == team.id for one in people)}
        for team in teams()
    ]


def one(employee: EmployeeView, reader: EmployeeView) -> dict[str, Any]:
    """One person in full. Their acts are for who may read the acts of all, and for who answers for the team."""
    signed = user(employee.user_id)
    waiting = open_proposal_for("staff_recovery", str(employee.id))
    other = reader.id != employee.id
    return {
        "number": employee.employee_number,
        "name": employee.name,
        "email": signed.email if signed else "",
        "role": employee.role,
        "role_words": employee.role_words,
        "team": employee.team_code,
        "team_words": employee.team_name,
        "active": employee.active,
        "status": state_of(employee),
        "enrolled": employee.enrolled,
        "factors": [FACTORS[kind] for kind in sorted(strong_factors_of(employee.user_id)) if kind in FACTORS],
        "pass_until": open_pass_until(employee.id),
        "each": Amount(employee.refund_cap_minor, CNY),
        "day": Amount(employee.refund_day_cap_minor, CNY),
        "may_change": other and may(reader, "employ_staff"),
        "may_recover": other and employee.active and employee.enrolled and may(reader, "recover_staff"),
        "own": not other,
        "recovery": waiting.id if waiting else None,
        "acts": acts.rows(acts_of_actor(f"employee:{employee.id}", SHOWN_ACTS)),
        "post": acts.rows([act for act in acts_on_subject(f"employee:{employee.id}") if act.verb in OF_A_POST]),
    }


def role_choices() -> list[tuple[str, Words]]:
    return list(ROLES.items())


def role_table() -> list[dict[str, Any]]:
    """What each role may do: the table that the doors ask on each request."""
    return [
        {"act": act, "words": words_of(act), "marks": [role in allowed for role in ROLES]}
        for act, allowed in ACTS.items()
    ]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    words: str
    today: bool


def week_of(text: str) -> date:
    """The Monday of the week that holds the day in ``text`` (2026-11-22); of this week, if it is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = now().astimezone(zone()).date()
    return day - timedelta(days=day.weekday())


def week(monday: date) -> dict[str, Any]:
    """The plan of one week: a row for each who is here, a cell for each day."""
    today = now().astimezone(zone()).date()
    days = [monday + timedelta(days=place) for place in range(7)]
    start = datetime.combine(monday, time(), zone())
    planned: dict[tuple[UUID, date], list[dict[str, Any]]] = {}
    for one in shifts_between(start, start + timedelta(days=7)):
        day = max(one.starts_at.astimezone(zone()).date(), monday)
        planned.setdefault((one.employee_id, day), []).append(
            {"id": one.id, "hours": hours(one.starts_at, one.ends_at), "past": one.ends_at <= now()}
        )
    people = staff_list()
    return {
        "days": [Day(day, f"{weekday_words(day)} {day.day}", day == today) for day in days],
        "rows": [
            {"who": one, "cells": [{"shifts": planned.get((one.id, day), []), "today": day == today} for day in days]}
            for one in people
        ],
        "span": f"{day_words(days[0])} – {day_words(days[-1])}",
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "monday": monday,
        "today": today,
        "people": people,
        "empty": not planned,
    }
