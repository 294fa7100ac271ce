"""The pieces of sound that everything is put together from, and how a prompt with its figures becomes a row of them.

A clause of a prompt is one piece, named ``promise.1``, ``promise.2`` in the order of its sentence, or just ``welcome``
where nothing is spliced. Figures bring the pieces of ``chinese`` and ``english``. ``spoken`` is what a speech engine is
told where it would misread the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from string import ascii_lowercase
from types import ModuleType
from typing import Literal

from walletdesk.foundation.amount.public import KNOWN_ASSETS
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.prompts.rules import chinese, english
from walletdesk.service.hotline.prompts.rules.catalogue import CATALOGUE, MUSIC, Prompt
from walletdesk.service.hotline.rules.said import DAYS, PROMPTS, Said

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SPEAKERS: dict[Language, ModuleType] = {"zh": chinese, "en": english}
MANNERS = ("count", "number", "minutes", "time", "money", "day", "digits", "key", "topic")
FIGURE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_EDGES = " ，。、：；？,.:;?"


@dataclass(frozen=True, slots=True)
class Piece:
    """One sound: its language and name, its words, and what an engine is told to say."""

    language: Language
    id: str
    words: str
    spoken: str

    @property
    def of_prompt(self) -> bool:
        """A clause of a prompt; otherwise a piece of a figure."""
        return self.id.split(".")[0] not in FIGURES


PieceKey = tuple[Language, str]
FIGURES = frozenset({"n", "d", "k", "t", "u", "w", "od", "mo", "m", "l"})
"""First part of the names of the pieces that figures are made of; no prompt is called like that."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of a prompt that are one piece."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The place of a value, and the manner in which it is spoken there."""

    name: str
    manner: str


def in_language(words: Words, language: Language) -> str:
    return words.zh if language == "zh" else words.en


def read_sentence(id_: str, sentence: str, kinds: Mapping[str, str]) -> tuple[Clause | Figure, ...]:
    """A sentence of the catalogue as clauses and figures. Refuses a figure that the prompt does not carry, or a manner
    that nobody can speak (``ValueError``).
    """
    found: list[str | Figure] = []
    end = 0
    for match in FIGURE.finditer(sentence):
        name, manner = match[1], match[2] or kinds.get(match[1], "")
        if name not in kinds or manner not in MANNERS:
            raise ValueError(f"{id_}: no figure {match[0]}")
        found += [sentence[end : match.start()], Figure(name, manner)]
        end = match.end()
    found.append(sentence[end:])
    parts = [part for part in found if isinstance(part, Figure) or part.strip(_EDGES)]
    clauses = [part for part in parts if isinstance(part, str)]
    alone = len(parts) == 1
    names = iter([id_] if alone else [f"{id_}.{place}" for place, _ in enumerate(clauses, 1)])
    return tuple(
        part if isinstance(part, Figure) else Clause(next(names), part.lstrip(_EDGES).rstrip()) for part in parts
    )


def read_whole(prompt: Prompt) -> str:
    """What keeps a prompt's sentences from being spoken with the figures it carries; nothing when all is well."""
    carried = PROMPTS.get(prompt.id, {})
    try:
        for language in LANGUAGES:
            parts = read_sentence(prompt.id, in_language(prompt.words, language), carried)
            told = {part.name for part in parts if isinstance(part, Figure)}
            if told != {name for name, kind in carried.items() if kind != "asset"}:
                return f"{prompt.id}: its {language} words do not tell {sorted(set(carried) - told)}"
    except ValueError as wrong:
        return str(wrong)
    return ""


def _languages(prompt: Prompt, language: Language) -> tuple[Language, ...]:
    return LANGUAGES if prompt.both else (language,)


def clauses_of(prompt: Prompt, language: Language) -> tuple[Piece, ...]:
    """The pieces that an editor can record for this prompt."""
    parts = read_sentence(prompt.id, in_language(prompt.words, language), PROMPTS.get(prompt.id, {}))
    return tuple(
        Piece(language, part.id, part.words, _SPOKEN[language].get(part.words, part.words))
        for part in parts
        if isinstance(part, Clause)
    )


_SPOKEN: dict[Language, dict[str, str]] = {
    "zh": {"幺": "妖", "分": "分钱"},
    "en": {"oh": "owe", "fen": "fun", "yuan": "yoo-ann"},
}


def _figure_pieces(language: Language) -> Iterable[Piece]:
    for id_, words in SPEAKERS[language].FRAGMENTS.items():
        yield Piece(language, id_, words, _SPOKEN[language].get(words, words))
    for letter in ascii_lowercase if language == "en" else "":
        yield Piece(language, f"l.{letter}", letter.upper(), letter.upper())


def pieces_of_figures(language: Language) -> dict[str, Piece]:
    """Numbers, hours, days, money and letters, by name."""
    return {piece.id: piece for piece in _figure_pieces(language)}


def all_pieces() -> dict[PieceKey, Piece]:
    """Every piece of the catalogue in both languages."""
    pieces: dict[PieceKey, Piece] = {}
    for language in LANGUAGES:
        for prompt in CATALOGUE.values():
            pieces |= {(language, piece.id): piece for piece in clauses_of(prompt, language)}
        pieces |= {(language, id_): piece for id_, piece in pieces_of_figures(language).items()}
    return pieces


def spliced(language: Language, said: Said) -> tuple[PieceKey, ...]:
    """The pieces, in order, that say this.

    Refuses a prompt that nobody wrote (``KeyError``) and a value that cannot be spoken (``ValueError``).
    """
    if said.id == MUSIC:
        return ((language, MUSIC),)
    prompt = CATALOGUE[said.id]
    row: list[PieceKey] = []
    for tongue in _languages(prompt, language):
        for part in read_sentence(prompt.id, in_language(prompt.words, tongue), PROMPTS.get(prompt.id, {})):
            if isinstance(part, Clause):
                row.append((tongue, part.id))
            elif part.manner == "topic":
                row += spliced(tongue, Said(f"topic.{said.value(part.name)}"))
            else:
                row += [_of_figure(tongue, id_) for id_ in _figure(SPEAKERS[tongue], part, said)]
    return tuple(row)


def _of_figure(language: Language, id_: str) -> PieceKey:
    """Letters have one sound in both languages: a Chinese caller hears them in English too."""
    return ("en" if id_.startswith("l.") else language, id_)


def _figure(speaker: ModuleType, part: Figure, said: Said) -> tuple[str, ...]:
    value = said.value(part.name)
    if part.manner == "money":
        return _money(speaker, int(value), str(said.value("asset")))
    if part.manner == "time":
        hour, minute = str(value).split(":")
        if not (0 <= int(hour) < 24 and 0 <= int(minute) < 60):
            raise ValueError(f"{said.id}: no such time {value}")
        return speaker.time(int(hour), int(minute))
    if part.manner == "day":
        return _day(speaker, str(value))
    if part.manner in ("digits", "key"):
        return getattr(speaker, part.manner)(str(value))
    return getattr(speaker, part.manner)(int(value))


def _money(speaker: ModuleType, minor: int, asset: str) -> tuple[str, ...]:
    """An asset that has no words of its own is read by its figures and its code."""
    places = KNOWN_ASSETS[asset].digits if asset in KNOWN_ASSETS else 2
    if asset in speaker.MONEY:
        return speaker.money(minor, asset, places)
    whole, rest = divmod(abs(minor), 10**places)
    sign = ("n.minus",) if minor < 0 else ()
    decimals = ("n.point", *speaker.key(f"{rest:0{places}d}")) if places else ()
    return (*sign, *speaker.number(whole), *decimals, *speaker.digits(asset))


def _day(speaker: ModuleType, value: str) -> tuple[str, ...]:
    """A day by its name in the flow (:data:`DAYS`), or a date ``YYYY-MM-DD``."""
    if value in DAYS:
        return (f"w.{value}",)
    return speaker.calendar_day(date.fromisoformat(value))


def read_aloud(language: Language, said: Said) -> str:
    """What a caller hears, as text: for tables that a person checks, and for logs of a call."""
    pieces = all_pieces()
    words = [pieces[key].words for key in spliced(language, said)]
    return "".join(words) if language == "zh" else " ".join(words)
