"""The customer says in the app whether it is them who calls."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.service.hotline.errors import ApprovalNotFound
from walletdesk.service.hotline.events import CallerDisowned
from walletdesk.service.hotline.models import CallApproval
from walletdesk.service.hotline.rules.room_words import Verified, VerifyFailed
from walletdesk.service.hotline.services.answer_offer import tell_call


def answer_approval(customer_id: UUID, approval_id: UUID, yes: bool) -> None:
    """Yes proves the call. No ends the attempt, tells the desk and is audited.

    Refuses: ``ApprovalNotFound`` (another's, answered, or too late).
    """
    with transaction.atomic():
        at = now()
        rows = CallApproval.objects.select_for_update().filter(pk=approval_id, customer_id=customer_id, state="open")
        row = rows.filter(expires_at__gt=at, call__ended_at=None).first()
        if row is None:
            raise ApprovalNotFound()
        row.state, row.answered_at = ("yes" if yes else "no"), at
        row.save(update_fields=["state", "answered_at"])
        if yes:
            tell_call(row.call_id, Verified(str(customer_id), "", "approval"))
            return
        record_act(f"customer:{customer_id}", "disown_caller", f"call:{row.call_id}", customer_id=customer_id)
        publish(CallerDisowned(row.call_id, customer_id, at))
        tell_call(row.call_id, VerifyFailed(0))
