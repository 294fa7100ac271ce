"""Reads of conversations: each reader gets the threads that are theirs, and nobody else's case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.files.public import stored_files
from walletdesk.service.cases.public import Actor, CaseNotFound, CaseView, case
from walletdesk.service.conversations.models import Attachment, Message
from walletdesk.service.conversations.rules.threads import threads_of
from walletdesk.trust.staff.public import employees, may


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a message: the hash stands in the open for both sides."""

    id: uuid.UUID
    name: str
    media_type: str
    bytes: int
    sha256: str
    quarantined: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    """``text`` is plain text as it was written: escape it where it is shown."""

    id: uuid.UUID
    author_kind: str
    author_id: uuid.UUID | None
    author_number: str
    author_name: dict[str, str]
    audience: str
    text: str
    sent_at: datetime
    attachments: tuple[AttachmentView, ...]

    @property
    def staff_only(self) -> bool:
        return self.audience == "staff"


def conversation(case_id: uuid.UUID, reader: Actor) -> list[MessageView]:
    """What this reader may read of a case, oldest first. Refuses whoever has nothing to do with it (``CaseNotFound``)."""
    case_for_reader(case_id, reader)
    return [view for view in message_views(case_id) if view.audience in threads_of(reader.kind)]


def case_for_reader(case_id: uuid.UUID, reader: Actor) -> CaseView:
    """The case, if it is the customer's own, concerns the merchant, or the employee may see cases now and is not whom it
    complains about; else not found.
    """
    found = case(case_id)
    if not _concerns(found, reader):
        raise CaseNotFound()
    return found


def _concerns(found: CaseView, reader: Actor) -> bool:
    match reader.kind:
        case "customer":
            return reader.id == found.customer_id
        case "merchant":
            return reader.id is not None and reader.id == found.merchant_id
        case "employee":
            if reader.id is None or reader.id == found.about_employee_id:
                return False
            return may(employees([reader.id]).get(reader.id), "see_cases")
    return reader.kind == "system"


def message_views(case_id: uuid.UUID) -> list[MessageView]:
    """All messages of a case with their attachments, oldest first, in three statements."""
    rows = list(Message.objects.filter(case_id=case_id).order_by("sent_at", "id"))
    links = list(Attachment.objects.filter(message__case_id=case_id).order_by("place", "id"))
    files = stored_files([link.file_id for link in links])
    by_message: dict[uuid.UUID, list[AttachmentView]] = {}
    for link in links:
        file = files[link.file_id]
        view = AttachmentView(link.id, file.name, file.media_type, file.bytes, file.sha256, file.quarantined)
        by_message.setdefault(link.message_id, []).append(view)
    return [
        MessageView(
            row.id, row.author_kind, row.author_id, row.author_number, row.author_name, row.audience, row.text,
            row.sent_at, tuple(by_message.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip
