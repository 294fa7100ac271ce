"""Refusals: how any room says no.

    Refusal                     the verb was understood and refused; nothing happened
    ├── Invalid                 the input cannot mean anything (422)
    ├── NotAllowed              this person may not (403)
    ├── NotFound                no such thing, or not yours: the same answer (404)
    ├── Conflict                true a moment ago, not now (409)
    └── TryLater                a limit in time; ``retry_after`` seconds (429)

A room's ``errors.py`` makes one class per fact from these. ``code`` is stable and public: it stands small under the
words, an agent can look it up, and tests name it. Data travels as fields, never inside the sentence.
"""

from __future__ import annotations

from typing import Any, ClassVar

from walletdesk.foundation.i18n.words import Words


class Refusal(Exception):
    """A verb said no. Nothing was changed.

    ``what`` says what happened, ``money`` where the money is, ``next`` the one safe next step; each in both languages.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    what: ClassVar[Words] = Words("没有办成", "This was not done")
    money: ClassVar[Words] = Words("您的钱没有动", "Your money has not moved")
    next: ClassVar[Words] = Words("请再试一次，或联系客服", "Try again, or ask us")

    def __init__(self, **fields: Any) -> None:
        super().__init__(self.code)
        self.fields = fields

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.fields.items())
        return f"{self.code}({shown})"

    def sentence(self, part: str) -> str:
        """One of ``what``, ``money``, ``next`` in the language of the reader, with the fields filled in."""
        words: Words = getattr(type(self), part)
        return words.say(**self.fields)


class Invalid(Refusal):
    code = "invalid"
    status = 422


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403


class NotFound(Refusal):
    code = "not_found"
    status = 404


class Conflict(Refusal):
    code = "conflict"
    status = 409


class TryLater(Refusal):
    code = "try_later"
    status = 429

    def __init__(self, *, retry_after: int, **fields: Any) -> None:
        super().__init__(retry_after=retry_after, **fields)
        self.retry_after = retry_after
