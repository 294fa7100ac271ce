"""Where sounds lie as files: shipped with the product, spoken by this machine, or recorded and written out of the database.

The telephone's engine plays files; the database is the only place of record. A file here is named by the hash of what it
holds, is written beside and moved into place, and may be thrown away at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings

from walletdesk.service.hotline.prompts.rules.catalogue import MUSIC
from walletdesk.service.hotline.prompts.rules.pieces import Language, Piece, PieceKey, all_pieces
from walletdesk.service.hotline.prompts.speech import SHIPPED, WORDS_OF_SHIPPED, shipped_file, speak


def folder() -> Path:
    """The folder of this installation's own sounds."""
    return Path(settings.DATA_FOLDER) / "prompts"


@cache
def pieces() -> dict[PieceKey, Piece]:
    """Every piece of the catalogue."""
    return all_pieces()


@cache
def _words_of_shipped() -> dict[str, str]:
    """What each shipped sound says, as it was when it was made."""
    listed = SHIPPED / WORDS_OF_SHIPPED
    return json.loads(listed.read_text()) if listed.exists() else {}


def shipped(language: Language, id_: str) -> Path | None:
    """The product's own sound, if it says what the catalogue says now."""
    path = shipped_file(language, id_)
    if id_ == MUSIC:
        return path if path.exists() else None
    piece = pieces()[language, id_]
    says = _words_of_shipped().get(f"{language}/{id_}")
    return path if says == piece.spoken and path.exists() else None


def spoken_file(piece: Piece) -> Path:
    """Where this machine keeps what it spoke itself."""
    words = hashlib.sha256(f"{piece.language} {piece.spoken}".encode()).hexdigest()
    return folder() / "spoken" / f"{words}.wav"


def speak_now(piece: Piece) -> Path:
    """Let the engine speak the piece, once for ever."""
    path = spoken_file(piece)
    if not path.exists():
        put(path, speak(piece))
    return path


def recorded_file(sha256: str) -> Path:
    """Where a take lies once it was written out."""
    return folder() / "recorded" / f"{sha256}.wav"


def put(path: Path, content: bytes) -> None:
    """Write whole or not at all: a call that begins now never hears half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    os.replace(draft.name, path)  # noqa: PTH105
