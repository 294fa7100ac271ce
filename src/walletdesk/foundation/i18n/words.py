"""A sentence in Chinese and English, written by one hand at one time.

    Words("付款没有成功", "The payment did not go through")

``Words`` is inert until somebody reads it: ``say()`` picks the reader's language. A sentence that exists in one language
only cannot be written down, so there is no catalogue to fall behind (ADR 0010). This module knows no framework, so that
the pure rules may speak; ``apps.py`` tells it how to find out what the reader of a request reads.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

CHINESE, ENGLISH = "zh-hans", "en"

_for_another: ContextVar[str | None] = ContextVar("language_of_another_reader", default=None)
_ask_reader: list[Callable[[], str | None]] = []


def join_reader(ask: Callable[[], str | None]) -> None:
    """Called once at start: how to learn the language of whoever reads now."""
    _ask_reader[:] = [ask]


def reading_chinese() -> bool:
    """Whether the reader of this request or message reads Chinese."""
    language = _for_another.get() or (_ask_reader[0]() if _ask_reader else None) or ENGLISH
    return language.startswith("zh")


@dataclass(frozen=True, slots=True)
class Words:
    """``{name}`` in a sentence is filled from the fields given to :meth:`say`; a field may itself be ``Words``."""

    zh: str
    en: str

    def say(self, **fields: Any) -> str:
        text = self.zh if reading_chinese() else self.en
        return text.format(**fields) if fields else text

    def in_language(self, language: str, **fields: Any) -> str:
        """The sentence for a reader who is not the one asking now (a mail, a notice)."""
        token = _for_another.set(language)
        try:
            return self.say(**fields)
        finally:
            _for_another.reset(token)

    def both(self, **fields: Any) -> dict[str, str]:
        """``{"zh-hans": …, "en": …}``: the form in which a row keeps a sentence."""
        return {language: self.in_language(language, **fields) for language in (CHINESE, ENGLISH)}

    def __str__(self) -> str:
        return self.say()
