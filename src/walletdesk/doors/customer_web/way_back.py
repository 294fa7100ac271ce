"""Where a page leads on: only to a page of this door, or of ours about signing in."""

from __future__ import annotations

import re

_OURS = re.compile(r"/wallet/[A-Za-z0-9/_.-]*", re.ASCII)
_SIGN_IN = re.compile(r"/(?:security|unlock|recover)/[A-Za-z0-9/_.-]*", re.ASCII)


def way_back(asked: str, otherwise: str = "") -> str:
    """``asked`` when it is a plain address of the customer's door, else ``otherwise``."""
    return asked if _OURS.fullmatch(asked or "") and ".." not in asked and "//" not in asked else otherwise


def own_page(link: str) -> str:
    """The page that a notice of ours leads to: the customer's door, or what is about signing in; nothing for any other."""
    return way_back(link, link if _SIGN_IN.fullmatch(link) and ".." not in link and "//" not in link else "")
