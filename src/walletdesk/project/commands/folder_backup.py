"""What a backup of the database leaves out: the keys of the data folder, and the files that rows only name.

Without the keys a restored house cannot play its own recordings, its directory is signed by somebody else, and everybody is signed
out. They stand in a file of their own beside the dump, ``FILE.folder``, readable by its owner alone: whoever keeps both in one
place keeps the lock with its key.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from walletdesk.project.processes.trouble import Trouble

KEYS = (
    "secret-key",
    "secret-key.before",
    "contact-signing.key",
    "recordings.key",
    "recordings.key.before",
    "web-push.key",
)
FOLDERS = ("recordings", "prompts")


def beside(dump: str) -> Path:
    return Path(dump + ".folder")


def write(folder: Path, target: Path) -> int:
    """Keys and files into ``target``, complete or not at all; how many."""
    fresh = target.with_name(target.name + ".part")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    try:
        found = [*(one for name in KEYS if (one := folder / name).is_file()), *_files(folder)]
        with tarfile.open(fresh, "w") as archive:
            for one in found:
                archive.add(one, str(one.relative_to(folder)), recursive=False)
        fresh.rename(target)
    finally:
        fresh.unlink(missing_ok=True)
    return len(found)


def _files(folder: Path) -> Iterator[Path]:
    for name in FOLDERS:
        yield from (one for one in sorted((folder / name).rglob("*")) if one.is_file() and not one.is_symlink())


def insist_on_room(folder: Path, source: Path) -> None:
    """Nothing is overwritten: ``Trouble`` when this folder has another key than the backup already."""
    with tarfile.open(source) as archive:
        for name in KEYS:
            if name in archive.getnames() and (folder / name).exists():
                kept = archive.extractfile(name)
                if kept is not None and kept.read() != (folder / name).read_bytes():
                    raise Trouble(
                        f"{folder} has a {name} of its own. Restore into a new folder: name one with WALLETDESK_DATA."
                    )


def bring_back(folder: Path, source: Path) -> int:
    """Each file where it was, 0600; how many. What is neither a key nor of the known folders is passed over."""
    done = 0
    with tarfile.open(source) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            known = member.name in KEYS or (path.parts[0] in FOLDERS and ".." not in path.parts)
            content = archive.extractfile(member) if member.isfile() and known and not path.is_absolute() else None
            if content is None:
                continue
            place = folder.joinpath(*path.parts)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.touch(mode=0o600)
            place.write_bytes(content.read())
            done += 1
    return done
