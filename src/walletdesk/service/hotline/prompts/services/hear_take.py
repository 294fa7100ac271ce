"""Listen to a recording before callers do."""

from __future__ import annotations

from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.prompts.errors import TakeNotFound
from walletdesk.service.hotline.prompts.models import PromptTake
from walletdesk.service.hotline.prompts.services.take_in_sound import ACT
from walletdesk.trust.staff.public import employees, insist


def hear_take(employee_id: UUID, take_id: UUID) -> bytes:
    """The WAV; the first hearing is noted. Refuses, in this order: ``ActNotAllowed``, ``TakeNotFound``."""
    insist(employees([employee_id]).get(employee_id), ACT)
    take = PromptTake.objects.filter(id=take_id).first()
    if take is None:
        raise TakeNotFound()
    PromptTake.objects.filter(id=take_id, heard_at=None).update(heard_at=now())
    return bytes(take.content)
