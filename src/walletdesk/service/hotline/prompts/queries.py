"""What callers hear now, what was recorded when and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from walletdesk.service.hotline.prompts.errors import PieceUnknown, TakeNotFound
from walletdesk.service.hotline.prompts.models import PromptChoice, PromptTake
from walletdesk.service.hotline.prompts.rules.pieces import Language, Piece, PieceKey
from walletdesk.service.hotline.prompts.rules.sound import drawn, read_wav
from walletdesk.service.hotline.prompts.shelf import pieces
from walletdesk.trust.staff.public import EmployeeView, employees

IN_FORCE = """
    SELECT DISTINCT ON (choice.language, choice.piece)
           choice.language, choice.piece, take.sha256, take.words, take.id, choice.chosen_by_id, choice.chosen_at
      FROM prompts_promptchoice AS choice LEFT JOIN prompts_prompttake AS take ON take.id = choice.take_id
     {where}
     ORDER BY choice.language, choice.piece, choice.id DESC
"""


@dataclass(frozen=True, slots=True)
class InForce:
    """The newest choice of a piece. ``sha256`` and ``take`` are empty when that is the product's own sound; ``rests`` when
    the recording says words that the catalogue has changed since.
    """

    sha256: str
    take: UUID | None
    rests: bool
    chosen_by: UUID
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class TakeView:
    """One recording. ``in_force``: callers hear it now; ``bars`` is its picture."""

    id: UUID
    language: Language
    piece: str
    words: str
    origin: str
    milliseconds: int
    made_by: EmployeeView
    made_at: datetime
    heard_at: datetime | None
    in_force: bool
    says_the_words: bool
    bars: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One line of a piece's history: by whom and when which recording (or the product's own sound) was put into use."""

    take: UUID | None
    chosen_by: EmployeeView
    chosen_at: datetime


def piece_of(language: str, id_: str) -> Piece:
    """The piece by its name. Refuses one that is not in the catalogue (``PieceUnknown``)."""
    for known in pieces().values():
        if (known.language, known.id) == (language, id_):
            return known
    raise PieceUnknown()


def in_force(wanted: Iterable[PieceKey] | None = None) -> dict[PieceKey, InForce]:
    """The newest choice of each piece that anybody ever chose for, of these or of all."""
    rows = sorted(set(wanted)) if wanted is not None else None
    if rows == []:
        return {}
    where = (
        ""
        if rows is None
        else "WHERE (choice.language, choice.piece) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
    )
    bound: list[list[str]] = [] if rows is None else [[language for language, _ in rows], [id_ for _, id_ in rows]]
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE.format(where=where), bound)
        found = cursor.fetchall()
    return {
        (language, id_): InForce(sha or "", take, bool(sha) and words != _words(language, id_), by, at)
        for language, id_, sha, words, take, by, at in found
    }


def _words(language: Language, id_: str) -> str:
    piece = pieces().get((language, id_))
    return piece.words if piece else ""


def content_of(sha256: str) -> bytes:
    """The WAV of the take with this hash. Refuses ``TakeNotFound``."""
    content = PromptTake.objects.filter(sha256=sha256).values_list("content", flat=True).first()
    if content is None:
        raise TakeNotFound()
    return bytes(content)


def takes_of(language: str, id_: str) -> list[TakeView]:
    """All recordings of a piece, newest first."""
    piece = piece_of(language, id_)
    now_heard = in_force([(piece.language, piece.id)]).get((piece.language, piece.id))
    rows = list(PromptTake.objects.filter(language=language, piece=id_).order_by("-made_at", "-id"))
    people = employees({row.made_by_id for row in rows})
    return [_view(row, piece, people, now_heard) for row in rows]


def _view(row: PromptTake, piece: Piece, people: dict[UUID, EmployeeView], now_heard: InForce | None) -> TakeView:
    return TakeView(
        id=row.id,
        language=piece.language,
        piece=row.piece,
        words=row.words,
        origin=row.origin,
        milliseconds=row.milliseconds,
        made_by=people[row.made_by_id],
        made_at=row.made_at,
        heard_at=row.heard_at,
        in_force=now_heard is not None and now_heard.take == row.id and not now_heard.rests,
        says_the_words=row.words == piece.words,
        bars=drawn(read_wav(bytes(row.content))[0]),
    )


def history_of(language: str, id_: str) -> list[ChoiceView]:
    """What was put into use, newest first. Refuses ``PieceUnknown``."""
    piece_of(language, id_)
    rows = list(PromptChoice.objects.filter(language=language, piece=id_).order_by("-id"))
    people = employees({row.chosen_by_id for row in rows})
    return [ChoiceView(row.take_id, people[row.chosen_by_id], row.chosen_at) for row in rows]
