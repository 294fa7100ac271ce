"""The catalogue as an editor reads it: each prompt as a sentence of pieces and figures, and what callers hear of each now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.prompts.queries import InForce, in_force, piece_of
from walletdesk.service.hotline.prompts.rules.catalogue import CATALOGUE, MUSIC
from walletdesk.service.hotline.prompts.rules.pieces import (
    FIGURE,
    Clause,
    Figure,
    Language,
    Piece,
    PieceKey,
    in_language,
    pieces_of_figures,
    read_sentence,
)
from walletdesk.service.hotline.prompts.shelf import pieces
from walletdesk.service.hotline.prompts.sounding import sound_of, spoken_language
from walletdesk.service.hotline.rules.said import PROMPTS
from walletdesk.trust.staff.public import EmployeeView, employees

FIGURES = {
    "number": Words("数字", "number"),
    "count": Words("数量", "count"),
    "minutes": Words("时长", "length of time"),
    "time": Words("时刻", "time of day"),
    "money": Words("金额", "amount"),
    "day": Words("日子", "day"),
    "digits": Words("逐位数字", "digits"),
    "key": Words("按键", "key"),
    "topic": Words("事项", "topic"),
}


@dataclass(frozen=True, slots=True)
class PieceView:
    """``source``: recorded, own, or rests (recorded, but the words have changed since, so callers hear our own)."""

    language: Language
    id: str
    words: str
    source: str
    chosen_by: EmployeeView | None = None
    chosen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PromptView:
    """``parts``: pieces as ``PieceView``, figures as the ``Words`` for what stands there, in the order of the sentence;
    ``sentence`` is the whole, with the figures named in brackets, in the language that callers hear.
    """

    id: str
    group: str
    sentence: str
    parts: tuple[PieceView | Words, ...]

    @property
    def pieces(self) -> tuple[PieceView, ...]:
        return tuple(part for part in self.parts if isinstance(part, PieceView))


def catalogue(language: str) -> list[PromptView]:
    """Every prompt in one language, in the order of a call."""
    tongue = spoken_language(language)
    chosen = in_force()
    people = employees({one.chosen_by for one in chosen.values()})
    shown: list[PromptView] = []
    for prompt in CATALOGUE.values():
        parts = read_sentence(prompt.id, in_language(prompt.words, tongue), PROMPTS.get(prompt.id, {}))
        shown.append(
            PromptView(
                prompt.id,
                prompt.group,
                _with_names(in_language(prompt.words, tongue), [part for part in parts if isinstance(part, Figure)]),
                tuple(
                    _view(pieces()[tongue, part.id], chosen, people)
                    if isinstance(part, Clause)
                    else FIGURES[part.manner]
                    for part in parts
                ),
            )
        )
    return shown


def _with_names(sentence: str, figures: list[Figure]) -> str:
    names = iter(figures)
    return FIGURE.sub(lambda _: f"[{FIGURES[next(names).manner].say()}]", sentence)


def figure_pieces(language: str) -> list[PieceView]:
    """The pieces that figures are made of. Letters have one sound, in English, for both languages."""
    tongue = spoken_language(language)
    chosen = in_force()
    people = employees({one.chosen_by for one in chosen.values()})
    return [_view(piece, chosen, people) for piece in pieces_of_figures(tongue).values()]


def prompt_piece(language: str, piece_id: str) -> PieceView:
    """One piece. Refuses ``PieceUnknown``."""
    piece = piece_of(language, piece_id)
    chosen = in_force([(piece.language, piece.id)])
    return _view(piece, chosen, employees({one.chosen_by for one in chosen.values()}))


def _view(piece: Piece, chosen: dict[PieceKey, InForce], people: dict) -> PieceView:
    newest = chosen.get((piece.language, piece.id))
    if newest is None:
        return PieceView(piece.language, piece.id, piece.words, "own")
    source = "rests" if newest.rests else "recorded" if newest.sha256 else "own"
    return PieceView(piece.language, piece.id, piece.words, source, people[newest.chosen_by], newest.chosen_at)


def prompt_sound(language: str, piece_id: str) -> bytes:
    """What callers hear now. Refuses ``PieceUnknown``, ``SoundMissing``."""
    if piece_id == MUSIC:
        return own_sound(language, MUSIC)
    piece = piece_of(language, piece_id)
    key = (piece.language, piece.id)
    return sound_of(key, in_force([key]).get(key)).read_bytes()


def own_sound(language: str, piece_id: str) -> bytes:
    """The product's own sound of a piece (or of the waiting music). Refuses ``PieceUnknown``, ``SoundMissing``."""
    if piece_id == MUSIC:
        return sound_of((spoken_language(language), MUSIC)).read_bytes()
    piece = piece_of(language, piece_id)
    return sound_of((piece.language, piece.id)).read_bytes()
