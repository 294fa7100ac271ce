"""From words to files: what the telephone's door asks for each sentence, and the check that nothing can be missing."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

from django.db import DatabaseError, InterfaceError

from walletdesk.service.hotline.prompts import shelf, speech
from walletdesk.service.hotline.prompts.errors import CatalogueIncomplete, SoundMissing
from walletdesk.service.hotline.prompts.queries import InForce, content_of, in_force
from walletdesk.service.hotline.prompts.rules.catalogue import CATALOGUE, MUSIC
from walletdesk.service.hotline.prompts.rules.pieces import LANGUAGES, Language, PieceKey, read_whole, spliced
from walletdesk.service.hotline.prompts.rules.sound import NotASound, faults, measured, read_wav
from walletdesk.service.hotline.rules.said import PROMPTS, Said

log = logging.getLogger(__name__)


def spoken_language(language: str) -> Language:
    """``zh`` for any Chinese code, else ``en``."""
    return "zh" if language.startswith("zh") else "en"


def sounds(language: str, said: tuple[Said, ...]) -> tuple[Path, ...]:
    """The files that say all this, in order: the recording in use, else the product's own sound.

    Refuses a prompt that nobody wrote (``KeyError``), a figure that cannot be spoken (``ValueError``) and a piece without
    any sound (``SoundMissing``). Speaks on without recordings when the database is away.
    """
    row = [key for one in said for key in spliced(spoken_language(language), one)]
    chosen = _chosen(row)
    return tuple(sound_of(key, chosen.get(key)) for key in row)


def _chosen(row: list[PieceKey]) -> dict[PieceKey, InForce]:
    try:
        return in_force(row)
    except (DatabaseError, InterfaceError):
        log.exception("prompts: the database is away, callers hear the product's own sounds")
        return {}


def sound_of(key: PieceKey, chosen: InForce | None = None) -> Path:
    """The file of one piece; of the product's own sound unless a recording is given."""
    if chosen is not None and chosen.sha256 and not chosen.rests:
        path = shelf.recorded_file(chosen.sha256)
        if not path.exists():
            shelf.put(path, content_of(chosen.sha256))
        return path
    path_of_ours = shelf.shipped(*key)
    if path_of_ours is not None:
        return path_of_ours
    spoken = shelf.spoken_file(shelf.pieces()[key]) if key in shelf.pieces() else None
    if spoken is None or not spoken.exists():
        raise SoundMissing(*key)
    return spoken


def check_catalogue() -> int:
    """Before the first call: every prompt of the flow has words in both languages, and every piece a sound that is one.

    Speaks what is not shipped, where ``espeak-ng`` is installed. Answers the number of sounds; refuses with all that is
    wrong (``CatalogueIncomplete``).
    """
    wrong = _faults_of_words() + [fault for key in shelf.pieces() if (fault := _fault_of_sound(key))]
    wrong += [fault for language in LANGUAGES if (fault := _fault_of_sound((language, MUSIC)))]
    for key, chosen in in_force().items():
        if chosen.sha256 and not chosen.rests and key in shelf.pieces():
            sound_of(key, chosen)
    if wrong:
        raise CatalogueIncomplete(wrong)
    return len(shelf.pieces()) + 1


def _faults_of_words() -> list[str]:
    unwritten = sorted(set(PROMPTS) - set(CATALOGUE) - {MUSIC})
    unknown = sorted(id_ for id_ in CATALOGUE if id_ not in PROMPTS and not id_.startswith("topic."))
    return (
        [f"{id_}: nobody wrote its words" for id_ in unwritten]
        + [f"{id_}: the flow never says it" for id_ in unknown]
        + [fault for prompt in CATALOGUE.values() if (fault := read_whole(prompt))]
    )


def _fault_of_sound(key: PieceKey) -> str:
    language, id_ = key
    try:
        if id_ != MUSIC and shelf.shipped(language, id_) is None and speech.can_speak():
            shelf.speak_now(shelf.pieces()[key])
        found = faults(measured(read_wav(sound_of(key).read_bytes())[0]))
    except (SoundMissing, NotASound, OSError, subprocess.SubprocessError) as trouble:
        return f"{language} {id_}: {trouble}"
    found = tuple(fault for fault in found if id_ != MUSIC or fault != "level")
    return f"{language} {id_}: {', '.join(found)}" if found else ""
