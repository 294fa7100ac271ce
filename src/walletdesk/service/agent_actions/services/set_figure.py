"""A dated figure of the house (a fee, a sheet of limits) changes by two persons: one writes it, one of another team decides.

A row is never changed: the new one holds from its day, or from the approval where that is later.
"""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from walletdesk.foundation.amount.public import KNOWN_ASSETS
from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import every_value, keys, set_value, value
from walletdesk.service.agent_actions.errors import FigureMoved, FigureNotUsable, FigureUnknown, SourceMissing
from walletdesk.service.agent_actions.rules.figures import names_in, why_not, words_in
from walletdesk.trust.approvals.public import (
    ProposalNotFound,
    ProposalView,
    approve,
    attempts_reported,
    proposal,
    propose,
    reject,
    withdraw,
)
from walletdesk.trust.staff.public import employees, insist

KIND, ACT = "figure", "set_profiles"
SHEET = "limits.sheet."


def propose_figure(employee_id: uuid.UUID, key: str, text: str, day: date | None, source: str) -> ProposalView:
    """``text`` is the figure as JSON; ``day`` the first on which it holds (None: from the approval); ``source`` says who
    decided it, such as a board and its date.

    Refuses, in this order: ``ActNotAllowed``; ``FigureUnknown``; ``SourceMissing``; ``FigureNotUsable``; approvals.
    """
    insist(employees([employee_id]).get(employee_id), ACT)
    if key not in (known := keys()):
        raise FigureUnknown()
    said = " ".join(source.split())[:200]
    if not said:
        raise SourceMissing()
    before, after = value(key), _read(text)
    every = every_value()
    names = names_in(every) | frozenset(KNOWN_ASSETS)
    words = words_in(every) | {one.removeprefix(SHEET) for one in known if one.startswith(SHEET)}
    if wrong := why_not(before, after, names, words):
        raise FigureNotUsable(wrong=wrong)
    if day is not None and _begins(day) <= now():
        raise FigureNotUsable(wrong=("past", day.isoformat()))
    payload = {"before": before, "after": after, "from": day.isoformat() if day else "", "source": said}
    return propose(KIND, key, payload, employee_id, None, None)


def approve_figure(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """Approval and the new row are one transaction.

    Refuses, in this order: ``ProposalNotFound``; the two-person rule (an attempt is reported); a figure that became
    another one meanwhile (``FigureMoved``); profiles (``ProfileDatedTwice``).
    """
    _of_this_kind(proposal_id)
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        _take_effect(decided, checker_id)
    return decided


def reject_figure(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """Back to the maker with a reason; refuses as :func:`approve_figure`."""
    _of_this_kind(proposal_id)
    with attempts_reported(proposal_id, checker_id):
        return reject(proposal_id, checker_id, reason)


def withdraw_figure(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The maker takes it back; refuses as ``approvals.withdraw``."""
    _of_this_kind(proposal_id)
    return withdraw(proposal_id, employee_id)


def _take_effect(decided: ProposalView, checker_id: uuid.UUID) -> None:
    key, payload = decided.subject, decided.payload
    if value(key) != payload["before"]:
        raise FigureMoved()
    moment = now()
    begins = max(_begins(date.fromisoformat(payload["from"])), moment) if payload["from"] else moment
    set_value(key, payload["after"], valid_from=begins, source=payload["source"])
    record_act(
        f"employee:{checker_id}", "set_figure", f"figure:{key}", payload["source"],
        detail={"before": {key: payload["before"]}, "after": {key: payload["after"]}, "proposal": str(decided.id)},
    )  # fmt: skip


def _begins(day: date) -> datetime:
    """The operator's midnight."""
    return datetime.combine(day, time.min, ZoneInfo(settings.TIME_ZONE))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise FigureNotUsable(wrong=("json", "")) from None


def _of_this_kind(proposal_id: uuid.UUID) -> None:
    found = proposal(proposal_id)
    if found is None or found.kind != KIND:
        raise ProposalNotFound()
