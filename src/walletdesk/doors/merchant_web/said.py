"""A refusal said where the act was tried: its sentences, and which field it is about."""

from __future__ import annotations

from dataclasses import dataclass

from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.foundation.errors import Refusal

FIELDS = ("amount", "reference", "note")


@dataclass(frozen=True, slots=True)
class Said:
    about: str
    code: str
    status: int
    what: str
    money: str
    next: str


def said(refusal: Refusal) -> Said:
    words = sentences(refusal)
    about = next((field for field in FIELDS if field in words.code), "")
    return Said(about, words.code, words.status, words.what, words.money, words.next)
