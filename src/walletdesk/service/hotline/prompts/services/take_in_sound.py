"""Take a recording in: from the browser's microphone or as a file. Callers do not hear it yet."""

from __future__ import annotations

import hashlib
from typing import Protocol
from uuid import UUID

from walletdesk.service.hotline.prompts.errors import (
    SoundDamaged,
    SoundEmpty,
    SoundTooBig,
    SoundTooLong,
    SoundTooQuiet,
    SoundTooShort,
    SoundTypeRefused,
)
from walletdesk.service.hotline.prompts.models import PromptTake
from walletdesk.service.hotline.prompts.queries import TakeView, piece_of, takes_of
from walletdesk.service.hotline.prompts.rules.sound import (
    LONGEST_SECONDS,
    RATE,
    NotASound,
    as_prompt,
    read_wav,
    write_wav,
)
from walletdesk.trust.staff.public import employees, insist

ACT = "edit_prompts"
MEGABYTE = 1024 * 1024
MOST_BYTES = 12 * MEGABYTE  # a minute in stereo at 48,000 Hz
_REFUSALS = {
    "not_wav": SoundTypeRefused,
    "packed": SoundTypeRefused,
    "damaged": SoundDamaged,
    "too_long": SoundTooLong,
    "too_short": SoundTooShort,
    "too_quiet": SoundTooQuiet,
}


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def take_in_sound(employee_id: UUID, language: str, piece_id: str, upload: bytes | Readable, origin: str) -> TakeView:
    """Keep a recording of one piece, as callers would hear it: 8,000 Hz, in band, trimmed, at our level.

    What came in is looked at for what it is, never for its name. Refuses, in this order: ``ActNotAllowed``;
    ``PieceUnknown``; ``SoundEmpty``; ``SoundTooBig`` (never read further); ``SoundTypeRefused``; ``SoundDamaged``;
    ``SoundTooLong``; ``SoundTooShort``; ``SoundTooQuiet``.
    """
    employee = insist(employees([employee_id]).get(employee_id), ACT)
    piece = piece_of(language, piece_id)
    content = _as_callers_hear(_read(upload))
    take = PromptTake.objects.create(
        language=piece.language,
        piece=piece.id,
        words=piece.words,
        origin=origin,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        milliseconds=(len(content) - 44) // 2 * 1000 // RATE,
        made_by_id=employee.id,
    )
    return next(view for view in takes_of(piece.language, piece.id) if view.id == take.id)


def _read(upload: bytes | Readable) -> bytes:
    content = upload[: MOST_BYTES + 1] if isinstance(upload, bytes) else upload.read(MOST_BYTES + 1)
    if not content:
        raise SoundEmpty()
    if len(content) > MOST_BYTES:
        raise SoundTooBig(megabytes=MOST_BYTES // MEGABYTE)
    return content


def _as_callers_hear(content: bytes) -> bytes:
    try:
        samples, rate = read_wav(content)
        if not len(samples):
            raise SoundEmpty()
        return write_wav(as_prompt(samples, rate))
    except NotASound as wrong:
        raise _REFUSALS[wrong.fault](seconds=int(LONGEST_SECONDS)) from wrong
