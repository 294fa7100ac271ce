"""A refusal said where the act was tried: its sentences, and which part of the page it is about."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.foundation.errors import Refusal


@dataclass(frozen=True, slots=True)
class Said:
    about: str
    code: str
    status: int
    what: str
    money: str
    next: str


def said(refusal: Refusal, about: str) -> Said:
    words = sentences(refusal)
    return Said(about, words.code, words.status, words.what, words.money, words.next)
