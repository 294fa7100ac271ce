"""What the page of prompts reads: the list on the left, one piece with its recordings on the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.prompts.public import (
    GROUPS,
    PieceView,
    PromptView,
    TakeView,
    catalogue,
    figure_pieces,
    history_of,
    takes_of,
)
from walletdesk.trust.staff.public import EmployeeView

FAMILIES = {
    "n": Words("数字", "Numbers"),
    "t": Words("时刻", "Times of day"),
    "u": Words("时长", "Lengths of time"),
    "w": Words("日子", "Days"),
    "od": Words("日期", "Days of the month"),
    "mo": Words("月份", "Months"),
    "m": Words("金额", "Money"),
    "k": Words("按键", "Keys"),
    "d": Words("逐位读的数字", "Figures one by one"),
    "l": Words("字母", "Letters"),
}
FIGURES = Words("数字和时间", "Figures and times")
MUSIC_WORDS = Words("等候音乐", "Waiting music")
STATES = {
    "recorded": (Words("自录", "Ours"), "go", "done"),
    "partly": (Words("部分自录", "Partly ours"), "wait", "half"),
    "rests": (Words("文字已改", "Words changed"), "wait", "tri"),
    "own": (Words("合成", "Synthetic"), "", "ring"),
}
ORIGINS = {"recorded": Words("在这里录的", "Recorded here"), "uploaded": Words("上传的文件", "Uploaded file")}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a prompt's whole sentence, or a family of figures."""

    id: str
    href: str
    words: str
    state: str
    current: bool
    spoken: bool = True

    @property
    def status(self) -> dict[str, object]:
        words, tone, shape = STATES[self.state]
        return {"words": words, "tone": tone, "shape": shape}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sentence on the right: a piece (a link) or the place of a figure (no ``href``)."""

    words: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a piece's history."""

    words: Words
    who: Words
    at: datetime


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a sound's picture, in a box of 192 by 40."""

    x: int
    y: float
    h: float


@dataclass(frozen=True, slots=True)
class ShownTake:
    """One recording as the page shows it."""

    id: UUID
    made_at: datetime
    seconds: str
    who: Words
    origin: Words
    heard_at: datetime | None
    in_force: bool
    says_the_words: bool
    drawn: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The piece on the right with all that belongs to it. ``language`` is what it is spoken in."""

    piece: PieceView
    language: str
    parts: tuple[Part, ...]
    family: bool
    takes: list[ShownTake]
    history: list[Line]

    @property
    def status(self) -> dict[str, object]:
        words, tone, shape = STATES[self.piece.source]
        return {"words": words, "tone": tone, "shape": shape}

    @property
    def recorded(self) -> bool:
        return self.piece.source == "recorded"

    @property
    def chosen_by(self) -> Words | None:
        return signature(self.piece.chosen_by) if self.piece.chosen_by else None


def signature(employee: EmployeeView) -> Words:
    """How somebody of the desk signs."""
    return Words(
        f"工号 {employee.employee_number} {employee.name_zh}", f"Agent {employee.employee_number} {employee.name_en}"
    )


def address(language: str, piece_id: str) -> str:
    return reverse("prompt-piece", args=[language, piece_id])


def music_address(language: str) -> str:
    return reverse("prompt-music", args=[language])


def groups(language: str, current: str) -> list[tuple[Words, list[Row]]]:
    """The list: prompts in the order of a call, then the families of figures and the music."""
    prompts = catalogue(language)
    shown = [
        (words, [_prompt_row(language, prompt, current) for prompt in prompts if prompt.group == group])
        for group, words in GROUPS.items()
    ]
    figures = figure_pieces(language)
    families = [
        Row(
            id=family,
            href=address(language, members[0].id),
            words=words.say(),
            state=_state_of(members),
            current=current in {one.id for one in members},
            spoken=False,
        )
        for family, words in FAMILIES.items()
        if (members := _members(figures, family))
    ]
    music = Row("music", music_address(language), MUSIC_WORDS.say(), "own", current == "music", False)
    return [*shown, (FIGURES, [*families, music])]


def _members(figures: list[PieceView], family: str) -> list[PieceView]:
    return [one for one in figures if one.id.split(".")[0] == family]


def _prompt_row(language: str, prompt: PromptView, current: str) -> Row:
    return Row(
        id=prompt.id,
        href=address(language, prompt.pieces[0].id),
        words=prompt.sentence,
        state=_state_of(prompt.pieces),
        current=current in {one.id for one in prompt.pieces},
    )


def _state_of(members: tuple[PieceView, ...] | list[PieceView]) -> str:
    sources = {one.source for one in members}
    if "rests" in sources:
        return "rests"
    return sources.pop() if len(sources) == 1 else "partly"


def opened(language: str, piece: PieceView) -> Opened:
    """The piece between its neighbours: those of its sentence, or of its family of figures."""
    parts, family = _neighbours(language, piece)
    takes = takes_of(language, piece.id)
    return Opened(
        piece=piece,
        language=language,
        parts=parts,
        family=family,
        takes=[_shown(take) for take in takes],
        history=_lines(language, piece.id, takes),
    )


def _neighbours(language: str, piece: PieceView) -> tuple[tuple[Part, ...], bool]:
    for prompt in catalogue(language):
        if piece.id in {one.id for one in prompt.pieces}:
            return tuple(_part(language, part, piece.id) for part in prompt.parts), False
    members = _members(figure_pieces(language), piece.id.split(".")[0])
    return tuple(_part(language, part, piece.id) for part in members), True


def _part(language: str, part: PieceView | Words, current: str) -> Part:
    if isinstance(part, Words):
        return Part(part.say())
    return Part(part.words, address(language, part.id), part.id == current)


OWN_AGAIN = Words("用回合成的声音", "Back to the synthetic sound")
NEW_TAKE = Words("启用 {made} 的录音", "Put the recording of {made} into use")


def _shown(take: TakeView) -> ShownTake:
    return ShownTake(
        id=take.id,
        made_at=take.made_at,
        seconds=f"{take.milliseconds / 1000:.1f}",
        who=signature(take.made_by),
        origin=ORIGINS[take.origin],
        heard_at=take.heard_at,
        in_force=take.in_force,
        says_the_words=take.says_the_words,
        drawn=tuple(Bar(4 * place, 20 - height / 5, height / 2.5) for place, height in enumerate(take.bars)),
    )


def _lines(language: str, piece_id: str, takes: list[TakeView]) -> list[Line]:
    made = {take.id: moment_words(take.made_at, "short") for take in takes}
    return [
        Line(
            words=OWN_AGAIN
            if one.take is None
            else Words(NEW_TAKE.zh.format(made=made[one.take]), NEW_TAKE.en.format(made=made[one.take])),
            who=signature(one.chosen_by),
            at=one.chosen_at,
        )
        for one in history_of(language, piece_id)
    ]
