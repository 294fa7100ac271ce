"""Hand out an attachment: by a link that is signed, lives five minutes and works in one session (O06)."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from django.core import signing

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.files.public import OpenedFile, open_file
from walletdesk.service.cases.public import Actor, CaseNotFound, CaseView
from walletdesk.service.conversations.errors import AttachmentNotFound
from walletdesk.service.conversations.models import Attachment
from walletdesk.service.conversations.queries import case_for_reader
from walletdesk.service.conversations.rules.links import LinkClaim, claim_for, still_holds
from walletdesk.service.conversations.rules.threads import threads_of

SALT = "walletdesk.conversations.attachment"


def attachment_link(reader: Actor, attachment_id: uuid.UUID, session_key: str) -> str:
    """A token for this reader in this session, good for five minutes. Refuses what is not theirs (``AttachmentNotFound``)."""
    _, found = _reachable(reader, attachment_id)
    return signing.dumps(
        asdict(claim_for(str(attachment_id), reader.ref, session_key, _round(found), now())), salt=SALT
    )


def attachment_for(reader: Actor, attachment_id: uuid.UUID, token: str, session_key: str) -> OpenedFile:
    """The file behind a link.

    Everything wrong has one answer, ``AttachmentNotFound``: a token that is guessed, changed, too old, from another
    session or for another reader; a reader who has lost the case or the role since; a case that was closed since (its
    customer makes a new link from the case, staff and merchants reopen it first).
    """
    link, found = _reachable(reader, attachment_id)
    try:
        claim = LinkClaim(**signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError):
        raise AttachmentNotFound() from None
    if not still_holds(claim, str(attachment_id), reader.ref, session_key, _round(found), now()):
        raise AttachmentNotFound()
    return open_file(link.file_id)


def _reachable(reader: Actor, attachment_id: uuid.UUID) -> tuple[Attachment, CaseView]:
    """The attachment and its case, if the reader may have it now."""
    link = Attachment.objects.select_related("message").filter(id=attachment_id).first()
    if link is None or link.message.audience not in threads_of(reader.kind):
        raise AttachmentNotFound()
    try:
        found = case_for_reader(link.message.case_id, reader)
    except CaseNotFound:
        raise AttachmentNotFound() from None
    if not found.is_open and reader.kind != "customer":
        raise AttachmentNotFound()
    return link, found


def _round(found: CaseView) -> str:
    """Changes with every closing and reopening, so that links from before are dead."""
    return f"{found.closings}:{'open' if found.is_open else 'closed'}"
