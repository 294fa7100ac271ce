"""How easily a password is guessed, in words: the meter while it is typed and the check when it is sent.

Length and guesses count, nothing else: no rule about signs or capitals (NIST SP 800-63B).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zxcvbn import zxcvbn

from walletdesk.foundation.i18n.words import Words

WEAKEST_ALLOWED = 2
_JUDGED = 72  # zxcvbn looks no further; a longer password is at least as strong
_WORDS = (
    Words("一猜就中", "Guessed at once"),
    Words("太容易猜到", "Too easy to guess"),
    Words("还可以", "Fair"),
    Words("好", "Good"),
    Words("很好", "Very good"),
)
_ADVICE = Words(
    "用三四个不相干的词连起来，15 位以上最好", "Three or four unrelated words in a row; 15 characters or more are best"
)


@dataclass(frozen=True, slots=True)
class Strength:
    """``score`` 0 to 4; ``enough`` when it may be used; ``advice`` is empty when none is needed."""

    score: int
    words: Words
    enough: bool
    advice: Words | str


def strength_of(password: str, about: Sequence[str] = ()) -> Strength:
    """The strength of ``password`` for somebody whose name and address are ``about``."""
    score = int(zxcvbn(password[:_JUDGED], user_inputs=_guesses(about))["score"]) if password else 0
    if len(password) >= 20 and len(set(password)) > 8:
        score = max(score, WEAKEST_ALLOWED)
    return Strength(score, _WORDS[score], score >= WEAKEST_ALLOWED, _ADVICE if score < 3 else "")


def _guesses(about: Sequence[str]) -> list[str]:
    """What a guesser who knows the person tries first: the whole, its words, and its words run together."""
    words = [word for text in about for word in re.split(r"[\s@._-]+", text) if len(word) > 1]
    return [*about, *words, *("".join(re.split(r"[\s@._-]+", text)) for text in about)]
