"""Thirty-two secret bytes under a name.

    secret_bytes("WALLETDESK_CONTACT_KEY", folder / "contact-signing.key") -> bytes
        ImproperlyConfigured when the setting or the file is not 32 bytes in base64
    secrets_in_turn(variable, path) -> (bytes, ...)     that one, then those before it: ``VARIABLE_BEFORE`` or ``path.before``
    replace_secret(path, made)                          another one from now on; the old one is kept as the first before it

Several machines of one house must share the setting, or each has a key of its own. Read once per process.
"""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LENGTH = 32


def secret_bytes(variable: str, path: Path) -> bytes:
    """From the environment's ``variable`` (base64), else from the file, which is made when it is absent."""
    named = os.environ.get(variable, "")
    return _read(variable, named) if named else _from_file(variable, path)


@cache
def _from_file(variable: str, path: Path) -> bytes:
    if not path.exists():
        make_once(path)
    return _read(variable, path.read_text(encoding="ascii"))


@cache
def _read(variable: str, text: str) -> bytes:
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except (ValueError, binascii.Error) as broken:
        raise ImproperlyConfigured(f"{variable}: 32 bytes in base64 are needed") from broken
    if len(secret) != LENGTH:
        raise ImproperlyConfigured(f"{variable}: 32 bytes in base64 are needed")
    return secret


def secrets_in_turn(variable: str, path: Path) -> tuple[bytes, ...]:
    """What was sealed under an earlier one is still read. Those before: commas between them, or a line of the file each."""
    named = os.environ.get(f"{variable}_BEFORE", "").split(",")
    earlier = named if os.environ.get(variable) else lines_before(path)
    return (secret_bytes(variable, path), *(_read(f"{variable}_BEFORE", one) for one in earlier if one.strip()))


def before(path: Path) -> Path:
    return path.with_name(f"{path.name}.before")


@cache
def lines_before(path: Path) -> tuple[str, ...]:
    kept = before(path)
    return tuple(kept.read_text(encoding="ascii").split()) if kept.exists() else ()


def replace_secret(path: Path, made: str) -> None:
    """First the old one is kept, then the new one holds: whoever is cut off between has both. Nobody may be reading it."""
    _write_whole(before(path), "\n".join([path.read_text(encoding="ascii").strip(), *lines_before(path), ""]))
    _write_whole(path, made + "\n")
    lines_before.cache_clear()
    _from_file.cache_clear()


def new_secret() -> str:
    return base64.b64encode(os.urandom(LENGTH)).decode()


def _write_whole(path: Path, text: str) -> None:
    draft = _draft(path, text)
    draft.replace(path)


def _draft(path: Path, text: str) -> Path:
    """``text`` on the disk under a name that is nobody else's, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def make_once(path: Path) -> None:
    """Whole or not at all, readable by its owner only; of two processes or threads that start together one wins.

    The draft's name is nobody else's: two first visitors of one process once unlinked each other's draft.
    """
    draft = _draft(path, new_secret() + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one won: its key is ours
    finally:
        draft.unlink()
