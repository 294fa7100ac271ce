"""Events, commands and the flow as JSON and back: ``{"is": "Play", "leg": …}``, whole and exact.

A secret is written as a mask (:data:`MASKED`): what comes back from JSON never holds its digits.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from walletdesk.service.hotline.rules import commands, flow_state, gateway_words, room_words, said

MASKED = {
    ("SecretTyped", "digits"),
    ("CheckCode", "digits"),
    ("NoteClaim", "number"),
    ("CheckWayBack", "digits"),
    ("BeginWayBack", "number"),
}
KINDS: dict[str, type] = {
    name: kind
    for module in (gateway_words, room_words, commands, flow_state, said)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and is_dataclass(kind)
}


def write(thing: Any) -> Any:
    """JSON for a word, a tuple of words, or a plain value."""
    if is_dataclass(thing) and not isinstance(thing, type):
        name = type(thing).__name__
        written: dict[str, Any] = {"is": name}
        for field in fields(thing):
            value = getattr(thing, field.name)
            written[field.name] = "•" * len(value) if (name, field.name) in MASKED else write(value)
        return written
    if isinstance(thing, (tuple, list)):
        return [write(part) for part in thing]
    return thing


def read(written: Any) -> Any:
    """What :func:`write` wrote; lists come back as tuples. Refuses a word that nobody knows (``KeyError``)."""
    if isinstance(written, dict):
        kind = KINDS[written["is"]]
        known = {field.name for field in fields(kind)}
        return kind(**{name: read(value) for name, value in written.items() if name in known})
    if isinstance(written, list):
        return tuple(read(part) for part in written)
    return written
