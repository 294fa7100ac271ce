"""Thirty-two secret bytes under a name.

    secret_bytes("WALLETDESK_CONTACT_KEY", folder / "contact-signing.key") -> bytes
        ImproperlyConfigured when the setting or the file is not 32 bytes in base64

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


def make_once(path: Path) -> None:
    """Whole or not at all, readable by its owner only; of two processes or threads that start together one wins.

    The draft's name is nobody else's: two first visitors of one process once unlinked each other's draft.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    draft = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(base64.b64encode(os.urandom(LENGTH)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other one won: its key is ours
    finally:
        draft.unlink()
