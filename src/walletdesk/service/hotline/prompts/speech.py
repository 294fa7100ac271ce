"""Speaking a text with ``espeak-ng``, where it is installed; and making the shipped sounds with it.

    python -m walletdesk.service.hotline.prompts.speech [--only zh]        (bin/make-prompts)

Chinese is given as characters to the voice ``cmn-latn-pinyin``. The plain voice ``cmn`` reads most characters of Debian's
dictionary as English spellings of their sounds ("qing three"), which is worse than silence; ``misread`` finds that.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from pathlib import Path

from walletdesk.service.hotline.prompts.rules.catalogue import MUSIC
from walletdesk.service.hotline.prompts.rules.music import music
from walletdesk.service.hotline.prompts.rules.pieces import LANGUAGES, Language, Piece, all_pieces
from walletdesk.service.hotline.prompts.rules.sound import as_prompt, read_wav, write_wav

WORDS_OF_SHIPPED = "words.json"
SHIPPED = Path(__file__).resolve().parent / "wav"
VOICES: dict[Language, tuple[str, ...]] = {
    "zh": ("-v", "cmn-latn-pinyin+f2", "-s", "215"),
    "en": ("-v", "en-gb+f2", "-s", "178"),
}
SECONDS = 20


def can_speak() -> bool:
    """Whether this machine has the engine."""
    return shutil.which("espeak-ng") is not None


def speak(piece: Piece) -> bytes:
    """The piece as a prompt's WAV. Refuses when the engine fails (``OSError``, ``subprocess.SubprocessError``)."""
    said = subprocess.run(
        ["espeak-ng", *VOICES[piece.language], "--stdout", "--", piece.spoken],
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )
    return write_wav(as_prompt(*read_wav(said.stdout)))


def misread(piece: Piece) -> str:
    """The sounds that the engine would make of a Chinese piece, when it would switch to English inside; else nothing."""
    if piece.language != "zh":
        return ""
    said = subprocess.run(
        ["espeak-ng", "-v", VOICES["zh"][1], "-q", "--ipa", "--", piece.spoken],
        capture_output=True,
        check=True,
        timeout=SECONDS,
    )
    sounds = said.stdout.decode()
    return sounds if "(en)" in sounds else ""


def shipped_file(language: Language, id_: str) -> Path:
    """Where the product's own sound of a piece lies. Music is one for both languages."""
    return SHIPPED / (f"{id_}.wav" if id_ == MUSIC else f"{language}/{id_}.wav")


def make_shipped(languages: tuple[Language, ...] = LANGUAGES) -> int:
    """All shipped sounds anew, and none that the catalogue no longer has. Answers how many."""
    pieces = {key: piece for key, piece in all_pieces().items() if key[0] in languages}
    for language in languages:
        folder = SHIPPED / language
        folder.mkdir(parents=True, exist_ok=True)
        for old in set(folder.glob("*.wav")) - {shipped_file(*key) for key in pieces}:
            old.unlink()
    for key, piece in pieces.items():
        shipped_file(*key).write_bytes(speak(piece))
    shipped_file("zh", MUSIC).write_bytes(write_wav(music()))
    listed = SHIPPED / WORDS_OF_SHIPPED
    says = json.loads(listed.read_text()) if listed.exists() else {}
    kept = {name: words for name, words in says.items() if not name.startswith(tuple(f"{one}/" for one in languages))}
    made = {f"{language}/{id_}": piece.spoken for (language, id_), piece in pieces.items()}
    listed.write_text(json.dumps(dict(sorted((kept | made).items())), ensure_ascii=False, indent=0) + "\n")
    return len(pieces) + 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="make-prompts", description="speak every shipped prompt anew")
    parser.add_argument("--only", choices=LANGUAGES)
    only = parser.parse_args().only
    if not can_speak():
        print("make-prompts needs espeak-ng (on Debian: apt-get install espeak-ng)")
        return 1
    wrong = [f"{piece.language} {piece.id}: {piece.words}" for piece in all_pieces().values() if misread(piece)]
    if wrong:
        print("the engine would misread:", *wrong, sep="\n  ")
        return 1
    made = make_shipped((only,) if only else LANGUAGES)
    size = sum(path.stat().st_size for path in SHIPPED.rglob("*.wav"))
    print(f"{made} sounds, {size / 1e6:.1f} MB in {SHIPPED}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
