"""The list of known fakes changes by two persons: an editor proposes, somebody of another team looks again.

Whoever is on the list is called false before the whole town, and whoever is taken off it no longer is: both take two.
"""

from __future__ import annotations

import uuid

from django.db import transaction

from walletdesk.trust.approvals.public import (
    ProposalView,
    approve,
    attempts_reported,
    propose,
    reject,
    withdraw,
)
from walletdesk.trust.official_contacts.public import Asked, end_fake, known_fake, list_fake, read_asked, usable_fake
from walletdesk.trust.staff.public import employees, insist

KIND = "known_fake"


def propose_fake(employee_id: uuid.UUID, text: str, note_zh: str, note_en: str) -> ProposalView:
    """Put it on the list. Refuses, in this order: ``ActNotAllowed``; ``FakeNotUsable``, ``FakeIsOurs``, ``FakeListed``;
    approvals' own (``AlreadyProposed``).
    """
    insist(employees([employee_id]).get(employee_id), "publish_contacts")
    asked = usable_fake(read_asked(text), note_zh, note_en)
    payload = {
        "does": "list",
        "channel": asked.channel,
        "value": asked.value,
        "note_zh": note_zh.strip(),
        "note_en": note_en.strip(),
    }
    return propose(KIND, asked.value, payload, employee_id, None, None)


def propose_fake_end(employee_id: uuid.UUID, fake_id: uuid.UUID) -> ProposalView:
    """Take it off. Refuses, in this order: ``ActNotAllowed``; ``FakeNotFound``; approvals' own (``AlreadyProposed``)."""
    insist(employees([employee_id]).get(employee_id), "publish_contacts")
    found = known_fake(fake_id)
    payload = {
        "does": "end",
        "fake_id": str(fake_id),
        "channel": found.channel,
        "value": found.value,
        "note_zh": found.note.zh,
        "note_en": found.note.en,
    }
    return propose(KIND, found.value, payload, employee_id, None, None)


def approve_fake(checker_id: uuid.UUID, proposal_id: uuid.UUID, payload_hash: str) -> ProposalView:
    """Approval and list are one transaction. Refuses: the two-person rule (an attempt is reported); as ``list_fake`` and
    ``end_fake``.
    """
    with attempts_reported(proposal_id, checker_id), transaction.atomic():
        decided = approve(proposal_id, checker_id, payload_hash)
        said, actor = decided.payload, f"employee:{checker_id}"
        if said["does"] == "end":
            end_fake(uuid.UUID(said["fake_id"]), actor)
        else:
            asked = Asked(said["channel"], str(said["value"]))
            list_fake(asked, str(said["note_zh"]), str(said["note_en"]), actor)
    return decided


def reject_fake(checker_id: uuid.UUID, proposal_id: uuid.UUID, reason: str) -> ProposalView:
    """Back to the maker with a reason; refuses as ``approvals.reject``."""
    with attempts_reported(proposal_id, checker_id):
        return reject(proposal_id, checker_id, reason)


def withdraw_fake(employee_id: uuid.UUID, proposal_id: uuid.UUID) -> ProposalView:
    """The maker takes it back; refuses as ``approvals.withdraw``."""
    return withdraw(proposal_id, employee_id)
