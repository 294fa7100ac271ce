"""A sentence as a row keeps it, ``{"zh-hans": …, "en": …}``, told to the reader."""

from __future__ import annotations

from collections.abc import Mapping

from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words


def told(sentence: Mapping[str, str]) -> str:
    """In the language that is active for the reader; empty when the row keeps nothing."""
    return Words(sentence.get(CHINESE, ""), sentence.get(ENGLISH, "")).say()
