"""Put a recording into use: callers hear it from the next sentence on. An older one may be put into use again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.service.hotline.prompts.errors import TakeNotFound, TakeNotHeard, WordsChanged
from walletdesk.service.hotline.prompts.models import PromptChoice, PromptTake
from walletdesk.service.hotline.prompts.queries import piece_of
from walletdesk.service.hotline.prompts.services.take_in_sound import ACT
from walletdesk.trust.staff.public import employees, insist


def put_into_use(employee_id: UUID, take_id: UUID) -> None:
    """From now on callers hear this take. Again for the one in use: nothing happens.

    Refuses, in this order: ``ActNotAllowed``; ``TakeNotFound``; ``PieceUnknown`` (the catalogue no longer has it);
    ``TakeNotHeard``; ``WordsChanged``.
    """
    employee = insist(employees([employee_id]).get(employee_id), ACT)
    take = PromptTake.objects.filter(id=take_id).only("id", "language", "piece", "words", "heard_at").first()
    if take is None:
        raise TakeNotFound()
    piece = piece_of(take.language, take.piece)
    if take.heard_at is None:
        raise TakeNotHeard()
    if take.words != piece.words:
        raise WordsChanged()
    choose(employee.id, take.language, take.piece, take.id)


def choose(employee_id: UUID, language: str, piece_id: str, take_id: UUID | None) -> bool:
    """Write the choice and the act; False when it stands already."""
    with transaction.atomic():
        newest = PromptChoice.objects.filter(language=language, piece=piece_id).order_by("-id").first()
        if (newest.take_id if newest else None) == take_id:
            return False
        PromptChoice.objects.create(language=language, piece=piece_id, take_id=take_id, chosen_by_id=employee_id)
        record_act(
            f"employee:{employee_id}",
            "choose_prompt",
            f"prompt:{language}:{piece_id}",
            detail={"take": str(take_id) if take_id else None},
        )
    return True
