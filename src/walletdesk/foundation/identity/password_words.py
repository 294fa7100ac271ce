"""What is wrong with a password, in our words; and the validator that knows how easily one is guessed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.rules.password_strength import strength_of

_REASONS = {
    "password_too_short": Words("至少 8 位", "At least 8 characters"),
    "password_too_common": Words("这个密码太常见，一猜就中", "This password is on every list of guesses"),
    "password_too_similar": Words("和您的名字或邮箱太像", "Too much like your name or address"),
    "password_too_long": Words("太长了，最多 512 位", "Too long; 512 characters at most"),
    "password_guessable": Words(
        "太容易猜到。用三四个不相干的词连起来，15 位以上最好",
        "Too easy to guess. Three or four unrelated words in a row; 15 characters or more are best",
    ),
}
LONGEST = 512


def words_for(refused: ValidationError) -> str:
    """The first thing that is wrong, in the reader's language."""
    first = refused.error_list[0]
    reason = _REASONS.get(first.code or "")
    return str(reason) if reason else str(first.messages[0])


class GuessableValidator:
    """For ``AUTH_PASSWORD_VALIDATORS``: refuses what a guesser who knows the person finds soon (zxcvbn)."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError("too long", code="password_too_long")
        about = [str(part) for part in (getattr(user, "email", ""), getattr(user, "phone", "")) if part]
        if not strength_of(password, about).enough:
            raise ValidationError("guessable", code="password_guessable")

    def get_help_text(self) -> str:
        return str(_REASONS["password_guessable"])
