"""What may be said outside of the app, where a false friend's words would stand under our name.

A text message shows our name above whatever it says. A customer's name, a note or a reason that somebody typed must not
become a link or a number to call in it: addresses and long numbers are left out, in whatever script they hide.
"""

from __future__ import annotations

import re

from walletdesk.service.notifications.rules.headers import one_line

GAP = "…"
LONGEST = 160

_SCHEME = re.compile(r"\b[a-z][a-z0-9+.-]*:/*\S+", re.IGNORECASE | re.ASCII)
_DOMAIN = re.compile(
    r"[\w-]*[^\W_](?:@[\w-]+)?(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:[/:?#]\S*)?"
    r"|[a-z0-9-]+(?:[。．｡][a-z0-9-]+)*[。．｡][a-z]{2,}\S*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w,.-])\+?\d(?:[ -]?\d){6,}(?![,.]?\d)")


def without_links(text: str) -> str:
    """The text with ``…`` where an address or a number to call stood.

    without_links("Li sent you ¥1.00 see https://evil.example/x")   "Li sent you ¥1.00 see …"
    without_links("已付青禾面包 ¥12,345.00，案件 WD-260519-0417")      unchanged
    """
    for pattern in (_SCHEME, _DOMAIN, _NUMBER):
        text = pattern.sub(GAP, text)
    return text


def outside(text: str, longest: int = LONGEST) -> str:
    """One line that may leave the app."""
    return without_links(one_line(text, longest))
