"""Back to the product's own sound. The recordings stay, and can be put into use again."""

from __future__ import annotations

from uuid import UUID

from walletdesk.service.hotline.prompts.errors import OwnSoundAlready
from walletdesk.service.hotline.prompts.queries import piece_of
from walletdesk.service.hotline.prompts.services.put_into_use import choose
from walletdesk.service.hotline.prompts.services.take_in_sound import ACT
from walletdesk.trust.staff.public import employees, insist


def use_own_sound(employee_id: UUID, language: str, piece_id: str) -> None:
    """From now on callers hear the shipped sound. Refuses: ``ActNotAllowed``, ``PieceUnknown``, ``OwnSoundAlready``."""
    employee = insist(employees([employee_id]).get(employee_id), ACT)
    piece = piece_of(language, piece_id)
    if not choose(employee.id, piece.language, piece.id, None):
        raise OwnSoundAlready()
