"""The official directory changes by two persons: an editor proposes one change of one edition, another team's looks again.

What everybody dials stands in it: one hand alone could lead the whole town to a stranger's number.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction

from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.approvals.public import ProposalView, approve, attempts_reported, propose, reject, withdraw
from walletdesk.trust.official_contacts.public import (
    Directory,
    DropEntry,
    Entry,
    PutEntry,
    PutTopic,
    Topic,
    after_changes,
    preview_change,
    publish_change,
    standing_in,
)
from walletdesk.trust.staff.public import employees, insist

KIND = SUBJECT = "directory"
LONGEST_REASON = 300
Change = PutEntry | DropEntry | PutTopic


def propose_directory(employee_id: uuid.UUID, change: Change, reason: str, version: int) -> ProposalView:
    """``version`` is the edition that was looked at. One proposal at a time: each is approved as a difference to what stands.

    Refuses, in this order: ``ActNotAllowed``; as ``official_contacts.publish_change``; ``AlreadyProposed``.
    """
    insist(employees([employee_id]).get(employee_id), "publish_contacts")
    said = reason.strip()[:LONGEST_REASON]
    preview_change([change], version)
    payload = {"version": version, "reason": said, "change": as_written(change)}
    return propose(KIND, SUBJECT, payload, employee_id, None, None)


def approve_directory(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """Approval and edition are one transaction; what is served is signed anew from then on. Refuses: the two-person rule (an
    attempt is reported); as ``publish_change``, such as ``EditionMoved``.
    """
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        said = decided.payload
        publish_change([read(said["change"])], f"employee:{checker_id}", str(said["reason"]), int(said["version"]))
    return decided


def reject_directory(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """Back to the maker with a reason; refuses as ``approvals.reject``."""
    with attempts_reported(proposal_id, checker_id):
        return reject(proposal_id, checker_id, reason)


def withdraw_directory(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The maker takes it back; refuses as ``approvals.withdraw``."""
    return withdraw(proposal_id, employee_id)


def directory_proposed(proposal: ProposalView) -> tuple[Directory, Directory]:
    """What stood in the edition that it was made for, and what would; the same after it was decided."""
    before = standing_in(int(proposal.payload["version"]))
    return before, after_changes(before, [read(proposal.payload["change"])])


def as_written(change: Change) -> dict[str, Any]:
    if isinstance(change, DropEntry):
        return {"drop": change.key}
    if isinstance(change, PutTopic):
        hours = {str(day): [list(one) for one in stretches] for day, stretches in change.topic.hours.items()}
        return {"topic": change.topic.code, "name": _both(change.topic.name), "hours": hours}
    entry = change.entry
    plain = {name: getattr(entry, name) for name in ("key", "channel", "value", "shown", "topic")}
    return {"entry": plain, "name": _both(entry.name), "note": _both(entry.note)}


def read(written: dict[str, Any]) -> Change:
    if "drop" in written:
        return DropEntry(str(written["drop"]))
    if "topic" in written:
        hours = {int(day): tuple((one[0], one[1]) for one in rows) for day, rows in written["hours"].items()}
        return PutTopic(Topic(str(written["topic"]), Words(*written["name"]), hours))
    return PutEntry(Entry(**written["entry"], name=Words(*written["name"]), note=Words(*written["note"])))


def _both(words: Words) -> list[str]:
    return [words.zh, words.en]
