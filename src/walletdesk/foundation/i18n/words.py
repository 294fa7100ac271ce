"""A sentence in Chinese and English, written by one hand at one time.

    Words("付款没有成功", "The payment did not go through")

``Words`` is inert until somebody reads it: ``say()`` picks the language that is active for the reader. A sentence that
exists in one language only cannot be written down, so there is no catalogue to fall behind (ADR 0010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation

CHINESE, ENGLISH = "zh-hans", "en"


def reading_chinese() -> bool:
    """Whether the reader of this request or message reads Chinese."""
    return (translation.get_language() or ENGLISH).startswith("zh")


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
        with translation.override(language):
            return self.say(**fields)

    def both(self, **fields: Any) -> dict[str, str]:
        """``{"zh-hans": …, "en": …}``: the form in which a row keeps a sentence."""
        return {language: self.in_language(language, **fields) for language in (CHINESE, ENGLISH)}

    def __str__(self) -> str:
        return self.say()
