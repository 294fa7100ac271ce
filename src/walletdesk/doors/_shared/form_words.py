"""Words inside Django's forms, where a message may be filled by ``%`` and so must behave as text."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazystr

from walletdesk.foundation.i18n.words import Words


def in_form(zh: str, en: str) -> Any:
    """The sentence in the language of whoever reads the form, decided when it is drawn; forms take it for text."""
    return lazystr(Words(zh, en))
