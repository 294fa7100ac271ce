"""The safety check: what there is to see of an account in fear of a scam, seen on one sheet, and written down on its case.

Locks and freezes are seen by whoever holds the case, as on the card. Whose devices, payees, payments and limits those are
is seen once the customer has confirmed that it is them, and only then is a check worth writing down.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from walletdesk.foundation.amount.public import CNY, KNOWN_ASSETS, Amount
from walletdesk.foundation.audit.public import ActView, acts_of_case, record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import DeviceView, devices_of, sessions_of
from walletdesk.money.merchants.public import merchants
from walletdesk.money.payments.public import ActivityRow, activity
from walletdesk.money.wallets.public import LimitLine, limits_of, payee_limits_of
from walletdesk.service.agent_actions.errors import CheckNotVerified
from walletdesk.service.agent_actions.rules.masking import ENOUGH, masked_fields
from walletdesk.service.agent_actions.rules.safety import DAYS, Found, found_words, measures_taken, measures_words
from walletdesk.service.agent_actions.services.hold_case import agent_with_case, in_hand
from walletdesk.service.agent_actions.services.look_up import look_up
from walletdesk.service.cases.public import CaseView, Entry, note_events, the_agent
from walletdesk.service.freezes.public import FreezeState, freeze_state
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import (
    DecisionView,
    MarkView,
    open_report,
    payee_warning,
    payees_new_since,
    restrictions_of,
    stopped_lately,
)
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import LockView, level_of, locks_of

CHECKED = Words(
    "工号 {number} 和您一起做了安全检查。看到：{found}。措施：{measures}。{words}",
    "Agent {number} made a safety check with you. Found: {found}. Measures: {measures}. {words}",
)
LATELY, DAY = timedelta(days=DAYS), timedelta(days=1)
LONGEST_WORDS = 200
MOST, MOST_PAYEES = 50, 20
PAYER_MARKS = frozenset({"frozen", "weak_recovery", "address_changed", "cleared"})
"""What a payer may be told stands on them. That payments *to* them are under report is not said at the desk."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands: what the customer's pane and the safety check both show."""

    locks: list[LockView]
    freeze: FreezeState
    marks: list[MarkView]
    devices: list[DeviceView]
    new_devices: frozenset[uuid.UUID]
    sessions: dict[uuid.UUID | None, int]


@dataclass(frozen=True, slots=True)
class RecentPayee:
    """Somebody paid for the first time lately. ``warning``: payers are warned of them; ``reported``: this customer said so."""

    id: uuid.UUID
    about: str
    name: Words
    first_at: datetime
    amount: Amount
    warning: str
    reported: str


@dataclass(frozen=True, slots=True)
class Private:
    """What is seen after the customer has confirmed. ``payees_limited``: whom their limits of one payee speak of."""

    payees: list[RecentPayee]
    stopped: list[DecisionView]
    payments: list[ActivityRow]
    limits: list[LimitLine]
    payees_limited: dict[uuid.UUID, Words]
    found: Found


@dataclass(frozen=True, slots=True)
class SafetySheet:
    """``private`` None: masked. ``measures``: acts that protect since ``last``, the check before this one."""

    case: CaseView
    level: int
    standing: Standing
    private: Private | None
    measures: list[str]
    last: datetime | None


def safety_sheet(employee_id: uuid.UUID, case_id: uuid.UUID | None) -> SafetySheet:
    """What there is to see; the look is written down as every look is.

    Refuses, in this order: as :func:`agent_with_case` for ``look_up_customer``; as :func:`look_up`.
    """
    employee, found = agent_with_case(employee_id, case_id, "look_up_customer")
    look_up(employee.id, found.id)
    return _sheet(employee, found)


def write_safety_check(employee_id: uuid.UUID, case_id: uuid.UUID | None, words: str = "") -> Found:
    """The check stands on the case, in words that the customer reads: what was found, what was done, and ``words``.

    Refuses, in this order: as :func:`agent_with_case` for ``look_up_customer``; a customer who has not confirmed that it
    is them (``CheckNotVerified``).
    """
    employee, held = agent_with_case(employee_id, case_id, "look_up_customer")
    sheet = _sheet(employee, held)
    if sheet.private is None:
        raise CheckNotVerified(level=sheet.level, needed=ENOUGH)
    found, agent = (
        sheet.private.found,
        the_agent(employee.id, employee.employee_number, employee.name_zh, employee.name_en),
    )
    words = " ".join(words.split())[:LONGEST_WORDS]
    said = CHECKED.both(
        number=employee.employee_number,
        found=found_words(found),
        measures=measures_words(sheet.measures),
        words=words,
    )
    tidy = {language: text.strip() for language, text in said.items()}
    with transaction.atomic():
        note_events([Entry(held.id, "safety_checked", tidy, agent, {"measures": sheet.measures})])
        record_act(
            agent.ref, "safety_check", f"customer:{held.customer_id}", words, held.id, held.customer_id,
            {"agent": employee.employee_number, "measures": sheet.measures},
        )  # fmt: skip
    return found


def lately() -> datetime:
    """From when on somebody or something is new."""
    return now() - LATELY


def standing_of(customer_id: uuid.UUID) -> Standing:
    """Refuses nothing; the caller has looked the customer up."""
    user_id, since = customers([customer_id])[customer_id].user_id, lately()
    devices = devices_of(user_id)
    first = min((one.added_at for one in devices), default=since)
    return Standing(
        locks_of(customer_id),
        freeze_state(customer_id),
        [one for one in restrictions_of(customer_id) if one.kind in PAYER_MARKS],
        devices,
        frozenset(one.id for one in devices if one.added_at > since and one.added_at > first),
        sessions_of(user_id),
    )


def _sheet(employee: EmployeeView, held: CaseView) -> SafetySheet:
    verified = level_of(held.id)
    level = verified.level if verified else 0
    standing = standing_of(held.customer_id)
    masked = bool(masked_fields(level, in_hand(held, employee.id)))
    before, acts = _since_last_check(acts_of_case(held.id))
    private = None if masked else _private(held.customer_id, standing)
    return SafetySheet(held, level, standing, private, measures_taken(act.verb for act in acts), before)


def _since_last_check(acts: list[ActView]) -> tuple[datetime | None, list[ActView]]:
    """When the last check was written down, and what staff did after it."""
    checks = [place for place, act in enumerate(acts) if act.verb == "safety_check"]
    begin = checks[-1] + 1 if checks else 0
    later = [act for act in acts[begin:] if act.actor.startswith("employee:")]
    return (acts[checks[-1]].at if checks else None), later


def _private(customer_id: uuid.UUID, standing: Standing) -> Private:
    payees = _payees(customer_id)
    stopped = [one for one in stopped_lately(MOST, customer_id) if one.at > lately()]
    rows = activity(customer_id, since=now() - DAY, limit=MOST).rows
    payments = [row for row in rows if row.amount.minor < 0]
    view = limits_of(customer_id)
    of_payees = payee_limits_of(customer_id)
    every: list[LimitLine] = [*(view.lines if view else []), *of_payees]
    limits = [line for line in every if line.own or line.planned]
    found = Found(
        locks=len(standing.locks),
        frozen=standing.freeze.frozen,
        devices=len(standing.devices),
        new_devices=len(standing.new_devices),
        sessions=sum(standing.sessions.values()),
        payees=len(payees),
        stopped=len(stopped),
        payments=sum(row.counts for row in payments),
        warned=sum(bool(one.warning or one.reported) for one in payees),
        limits=sum(line.own is not None for line in limits),
        raises=sum(line.planned is not None for line in limits),
    )
    return Private(payees, stopped, payments, limits, _names_of(line.payee_id for line in of_payees), found)


def _payees(customer_id: uuid.UUID) -> list[RecentPayee]:
    new = {one.payee_id: one for one in payees_new_since(customer_id, lately(), MOST_PAYEES)}.values()
    names = _names_of(one.payee_id for one in new)
    return [
        RecentPayee(
            one.payee_id,
            "shop" if one.kind == "payment" else "person",
            names[one.payee_id],
            one.at,
            Amount(one.amount_minor, KNOWN_ASSETS.get(one.asset, CNY)),
            payee_warning(one.payee_id),
            said.reference if (said := open_report(customer_id, one.payee_id)) else "",
        )
        for one in new
        if one.payee_id in names
    ]


def _names_of(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Words]:
    """Shops by their name, people by theirs, masked as their payers read it."""
    wanted = set(ids)
    people = {one: Words(row.masked_name, row.masked_name) for one, row in customers(wanted).items()}
    return people | {one: shop.name for one, shop in merchants(wanted).items()}
