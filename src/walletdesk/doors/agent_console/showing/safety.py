"""The safety check as its sheet and the customer's pane show it. What is masked was decided by ``agent_actions``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from walletdesk.doors._shared.limit_words import LIMIT_GROUPS, LIMIT_KINDS
from walletdesk.doors.agent_console.showing.customer import PaymentRow, activity_status
from walletdesk.doors.agent_console.showing.risk import amount_of, outcome_status
from walletdesk.doors.agent_console.showing.standing import StandingShown, draw_standing
from walletdesk.doors.agent_console.showing.status import Status
from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.wallets.public import LimitLine, PayeeLimitLine
from walletdesk.service.agent_actions.public import MEASURES, SafetySheet
from walletdesk.trust.risk.public import MARK_KINDS, SCAM_KINDS
from walletdesk.trust.staff.public import EmployeeView, may


@dataclass(frozen=True, slots=True)
class PayeeRow:
    """``mark``: payers are warned; ``reported``: the case in which this customer's own report is answered."""

    id: UUID
    name: Words
    first_at: datetime
    amount: Amount
    mark: Status | None
    reported: str


@dataclass(frozen=True, slots=True)
class OwnLimitRow:
    words: Words
    own: Amount | None
    waits: bool
    planned: Amount | None
    planned_from: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the template reads. ``masked``: the customer has not confirmed; what is private stays empty."""

    standing: StandingShown
    masked: bool
    payees: list[PayeeRow]
    stopped: list[dict[str, Any]]
    payments: list[PaymentRow]
    limits: list[OwnLimitRow]
    measures: list[Words]
    last: datetime | None
    kinds: list[tuple[str, Words]]
    freeze_href: str
    way_back_href: str
    may_sign_out: bool


def draw(found: SafetySheet, employee: EmployeeView) -> Shown:
    private, here = found.private, [found.case.reference]
    return Shown(
        standing=draw_standing(found.standing, masked=private is None),
        masked=private is None,
        payees=[
            PayeeRow(one.id, one.name, one.first_at, one.amount, _mark(one.warning), one.reported)
            for one in (private.payees if private else [])
        ],
        stopped=[
            {"at": one.at, "amount": amount_of(one.amount_minor, one.asset), "status": outcome_status(one.outcome)}
            for one in (private.stopped if private else [])
        ],
        payments=[
            PaymentRow(row.at, row.title, activity_status(row), row.amount, False)
            for row in (private.payments if private else [])
        ],
        limits=[_limit(line, private.payees_limited) for line in private.limits] if private else [],
        measures=[MEASURES[verb] for verb in found.measures],
        last=found.last,
        kinds=list(SCAM_KINDS.items()),
        freeze_href=reverse("desk-freeze", args=here) if may(employee, "freeze_wallet") else "",
        way_back_href=reverse("desk-way-back", args=here) if may(employee, "start_reset") else "",
        may_sign_out=may(employee, "lock_account"),
    )


def _mark(kind: str) -> Status | None:
    return Status(MARK_KINDS[kind], "bad" if kind == "fake" else "wait", "tri") if kind else None


def _limit(line: LimitLine, names: dict[UUID, Words]) -> OwnLimitRow:
    group, kind, planned = LIMIT_GROUPS[line.group], LIMIT_KINDS[line.kind], line.planned
    if isinstance(line, PayeeLimitLine) and (name := names.get(line.payee_id)):
        group = Words(f"给{name.zh}", f"To {name.en}")
    words = kind if line.group == "out" else Words(f"{group.zh}，{kind.zh}", f"{group.en}, {kind.en.lower()}")
    return OwnLimitRow(
        words,
        line.own,
        planned is not None,
        planned.amount if planned else None,
        planned.holds_from if planned else None,
    )
