"""The key of an act on money, as a page carries it.

The phone makes its own (``forms.js``); where no script runs the server's stands in the form, made when the page is
drawn. The page of a refused or unknown outcome leads back with the same key, so that trying again never pays twice.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest


def fresh_key() -> str:
    return str(uuid.uuid4())


def kept_key(request: HttpRequest) -> str:
    """The key that came back with the address (``?key=``) when it looks like one of ours, else nothing."""
    asked = request.GET.get("key", "")
    try:
        return str(uuid.UUID(asked))
    except ValueError:
        return ""
