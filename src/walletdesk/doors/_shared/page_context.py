"""What each page knows without being told: the reader, the official contact for its foot, the live ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from walletdesk.doors._shared import live, official
from walletdesk.doors._shared.appearance import theme_of
from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, reading_chinese
from walletdesk.foundation.identity.public import open_approvals


@dataclass(frozen=True, slots=True)
class Reader:
    """``lang`` for the page's root, ``other*`` for the switch, ``here`` the address to come back to."""

    lang: str
    other: str
    other_lang: str
    other_words: str
    here: str
    theme: str
    hour: str


def _reader(request: HttpRequest) -> Reader:
    here = getattr(request, "page_address", "") or (
        request.get_full_path() if request.method == "GET" else request.path
    )
    rest = (here, theme_of(request), moment_words(now(), "clock"))
    if reading_chinese():
        return Reader("zh-Hans", ENGLISH, "en", "EN", *rest)
    return Reader("en", CHINESE, "zh-Hans", "中文", *rest)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """``reader``, ``official``, ``live_ticket``, ``asked_here`` (what another device of this user asks) and ``hide_amounts``.

    A guard writes ``request.live_topics``; a view may add to it before it renders. A view that draws a page in answer to a
    form whose own address cannot be visited writes ``request.page_address``.
    """
    topics = getattr(request, "live_topics", None)
    user_id = request.user.pk if topics else None
    return {
        "reader": _reader(request),
        "official": SimpleLazyObject(official.contact_in_short),
        "live_ticket": live.ticket(request, topics) if topics else "",
        "asked_here": SimpleLazyObject(lambda: open_approvals(user_id)) if user_id else None,
        "hide_amounts": bool(topics) and request.session.get("hide_amounts", False),
    }
