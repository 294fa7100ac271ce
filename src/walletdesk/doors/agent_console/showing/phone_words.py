"""The words of the soft-phone: presence and its reasons, how long, a code read digit by digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.i18n.words import Words

PRESENCE_SHAPES = {
    "logged_off": ("", "flat"),
    "available": ("go", "done"),
    "offered": ("go", "talk"),
    "on_call": ("go", "talk"),
    "wrap_up": ("wait", "half"),
    "paused": ("wait", "hold"),
}
"""State → its tone and shape on the bar; its words are the hotline's."""
TRANSFER_TOPICS = ("payments", "security", "complaints", "funds", "merchants", "general")
"""The lines to which a caller may be sent: topics of the menu behind which somebody sits."""
FIELD_WORDS = {
    "disposition": Words("结果", "outcome"),
    "said_done": Words("说了什么", "what was said"),
    "next_steps": Words("接下来", "next steps"),
    "due_at": Words("什么时候之前", "by when"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: what is sent, what is read, its shape, whether it is so now."""

    value: str
    words: Words | str
    shape: str = "ring"
    current: bool = False


def lasted(since: datetime, moment: datetime) -> str:
    """``03:42``; with hours when it has some."""
    seconds = max(0, int((moment - since).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    face = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{face}" if hours else face


def in_pairs(code: str) -> str:
    """``481702`` as it is compared: ``48 17 02``."""
    return " ".join(code[place : place + 2] for place in range(0, len(code), 2))


def spelled(code: str) -> str:
    """The same for who hears it: digit by digit."""
    return " ".join(code)


def how_long(seconds: int) -> str:
    """A wait in words: ``48 秒``, ``1 分 48 秒``, ``12 分``."""
    minutes, rest = divmod(max(0, seconds), 60)
    if not minutes:
        return Words("{s} 秒", "{s} s").say(s=rest)
    if minutes >= 10 or not rest:
        return Words("{m} 分", "{m} min").say(m=minutes)
    return Words("{m} 分 {s} 秒", "{m} min {s} s").say(m=minutes, s=rest)
