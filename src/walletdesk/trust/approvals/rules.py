"""The laws of two persons; pure.

objection(...)      the first reason why this person may not decide, in the order in which they are tried
able_of(...), by_lot(...)      who of those at work may decide, and whom of them the lot falls on
payload_hash(...)   what a checker approves: SHA-256 over kind, subject and payload in one canonical form
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

PROPOSED, APPROVED, REJECTED = "proposed", "approved", "rejected"
EXPIRED, WITHDRAWN, REPLACED = "expired", "withdrawn", "replaced"
STATES = (PROPOSED, APPROVED, REJECTED, EXPIRED, WITHDRAWN, REPLACED)


@dataclass(frozen=True, slots=True)
class Kind:
    """Which act of the staff table a person needs to propose, and which to decide."""

    propose: str
    decide: str


KINDS = {
    "refund": Kind(propose="propose_refund", decide="decide_refund"),
    "staff_recovery": Kind(propose="recover_staff", decide="recover_staff"),
    "unfreeze": Kind(propose="freeze_wallet", decide="unfreeze_wallet"),
    "tier": Kind(propose="review_documents", decide="review_documents"),
    "figure": Kind(propose="set_profiles", decide="set_profiles"),
    "risk_rules": Kind(propose="edit_rules", decide="publish_rules"),
    "known_fake": Kind(propose="publish_contacts", decide="publish_rules"),
    "directory": Kind(propose="publish_contacts", decide="publish_rules"),
    "payee_mark": Kind(propose="edit_rules", decide="publish_rules"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff, as far as these laws look: the employee, the sign-in behind, the team, the permission."""

    employee_id: UUID
    user_id: UUID
    team_id: UUID
    may: bool


@dataclass(frozen=True, slots=True)
class Envelope:
    """A proposal, as far as these laws look. ``beneficiary_user_id`` is the sign-in of whoever gains by it; until
    ``drawn_until`` only ``drawn_id`` decides, where somebody was drawn.
    """

    state: str
    expires_at: datetime
    payload_hash: str
    maker_id: UUID
    maker_user_id: UUID
    maker_team_id: UUID
    beneficiary_user_id: UUID | None
    drawn_id: UUID | None = None
    drawn_until: datetime | None = None


def payload_hash(kind: str, subject: str, payload: Mapping[str, Any]) -> str:
    """64 hex digits. Raises TypeError or ValueError for what has no one form in JSON (fractions, objects, odd keys)."""
    _has_one_form(payload)
    sealed = json.dumps(
        [kind, subject, payload], sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(sealed.encode()).hexdigest()


def _has_one_form(part: object) -> None:
    """Text, whole numbers, true, false and nothing, in lists and in tables with text keys."""
    if isinstance(part, Mapping):
        for key, inner in part.items():
            if not isinstance(key, str):
                raise TypeError("a key is not text")
            _has_one_form(key)
            _has_one_form(inner)
    elif isinstance(part, list):
        for inner in part:
            _has_one_form(inner)
    elif isinstance(part, str):
        if any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in part):
            raise ValueError("text that no database keeps")
    elif part is not None and not isinstance(part, int):
        raise TypeError(f"{type(part).__name__} has no one form")


def standing(envelope: Envelope, at: datetime) -> str | None:
    """Why nobody can decide this any more: ``already_decided``, ``expired``; None when it is open."""
    if envelope.state == EXPIRED:
        return "expired"
    if envelope.state != PROPOSED:
        return "already_decided"
    return "expired" if envelope.expires_at <= at else None


def objection(envelope: Envelope, checker: Person | None, at: datetime, *, seen_hash: str | None) -> str | None:
    """The first of ``already_decided``, ``expired``, ``changed_since``, ``same_person``, ``same_team``,
    ``is_beneficiary``, ``may_not``, ``somebody_else_drawn`` that holds; None when this person may decide.

    ``seen_hash`` is the hash of what the checker looked at; None where nothing is approved (to reject, or to ask
    beforehand). ``checker`` is None for somebody who is not staff.
    """
    if closed := standing(envelope, at):
        return closed
    if seen_hash is not None and seen_hash != envelope.payload_hash:
        return "changed_since"
    if checker is None:
        return "may_not"
    if checker.employee_id == envelope.maker_id or checker.user_id == envelope.maker_user_id:
        return "same_person"
    if checker.team_id == envelope.maker_team_id:
        return "same_team"
    if checker.user_id == envelope.beneficiary_user_id:
        return "is_beneficiary"
    if not checker.may:
        return "may_not"
    waits = envelope.drawn_until is not None and at < envelope.drawn_until
    return "somebody_else_drawn" if waits and checker.employee_id != envelope.drawn_id else None


def able_of(envelope: Envelope, at_work: Iterable[Person], at: datetime) -> list[UUID]:
    """Who of those at work may decide this, in the order of their ids."""
    return sorted(one.employee_id for one in at_work if objection(envelope, one, at, seen_hash=None) is None)


def by_lot(able: Sequence[UUID], lot: int, before: UUID | None = None) -> UUID | None:
    """The employee whom ``lot`` (a random whole number, zero or more) falls on; None where nobody may. ``before``: whom it fell
    on when the same matter was proposed lately; it stays theirs while they are there, or a maker would take the proposal back
    and make it again until the lot is a friend's.

    Two who plan something together cannot choose each other when there are more than they: the maker does not know
    beforehand who will look.
    """
    if before in able:
        return before
    return able[lot % len(able)] if able else None
