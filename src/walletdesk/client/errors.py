"""How a call ends when it does not end well.

    WalletdeskError
    ├── NoAnswer                nothing came back, and nothing was done that you would have to ask about
    ├── OutcomeUnknown          it may have been done: ask again with the same key, never with a new one
    ├── UnreadableAnswer        something answered, but not in the words of this API (a proxy's page, another version)
    ├── Problem                 the API said no (RFC 9457); ``code`` is stable, ``detail`` is for people
    │   ├── BadRequest          400
    │   ├── NotSignedIn         401  no such key, revoked, expired
    │   ├── NotAllowed          403  the key's scopes or addresses do not reach this far
    │   ├── NotFound            404  no such thing, or not yours: the same answer
    │   ├── Conflict            409  true a moment ago, not now: paid already, cancelled, not enough money
    │   ├── NotUsable           422  what was sent cannot mean anything; or the key was used for another request
    │   ├── TooMany             429  ``retry_after`` seconds
    │   └── NotNow              5xx  ``retry_after`` seconds where the API says so
    └── NotFromWalletdesk       a webhook that fails its check; see webhooks.py

Every error of a call carries ``key``, the idempotency key it was sent with, or None. What the client retries by itself
stands in retrying.py; what arrives here is the end of it.
"""

from __future__ import annotations

from typing import Any

import msgspec


class WalletdeskError(Exception):
    """Something that a caller of Walletdesk may want to catch."""

    key: str | None = None


class NoAnswer(WalletdeskError):
    """No connection, or none that lasted. The request changes nothing, or never left, so it may simply be made again."""

    def __init__(self, reason: str, key: str | None = None) -> None:
        super().__init__(reason)
        self.key = key


class OutcomeUnknown(WalletdeskError):
    """The request may or may not have taken effect. Neither believe that it did nor that it did not.

    Make the same call again with ``key=error.key``: what was done is answered from its record, what was not is done once.
    ``__cause__`` is the last thing that was heard.
    """

    def __init__(self, key: str, status_url: str | None = None) -> None:
        super().__init__(f"whether this took effect is not known yet; ask again with the same key, {key}")
        self.key = key
        self.status_url = status_url


class UnreadableAnswer(WalletdeskError):
    """An answer with ``status`` whose body this client cannot read. A 2xx of a money request has taken effect."""

    def __init__(self, status: int, reason: str, key: str | None = None) -> None:
        super().__init__(f"answered {status}, which cannot be read: {reason}")
        self.status = status
        self.key = key


class Problem(WalletdeskError):
    """The API refused. ``code`` decides; ``title``, ``detail``, ``money`` (where the money is) and ``next`` (the one safe
    step) are sentences for people in the language asked for. ``data`` has the figures of the refusal; ``fields`` is the whole
    body, with ``words`` in both languages.
    """

    def __init__(
        self, status: int, fields: dict[str, Any], *, retry_after: float | None = None, key: str | None = None
    ):
        self.status = status
        self.fields = fields
        self.code = str(fields.get("code", ""))
        self.title = str(fields.get("title", ""))
        self.detail = str(fields.get("detail", ""))
        self.money = str(fields.get("money", ""))
        self.next = str(fields.get("next", ""))
        data = fields.get("data")
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self.request_id: str | None = None
        self.retry_after = retry_after
        self.key = key
        super().__init__(f"{status} {self.code}: {self.title or self.detail}")


class BadRequest(Problem):
    pass


class NotSignedIn(Problem):
    pass


class NotAllowed(Problem):
    pass


class NotFound(Problem):
    pass


class Conflict(Problem):
    pass


class NotUsable(Problem):
    pass


class TooMany(Problem):
    pass


class NotNow(Problem):
    pass


class NotFromWalletdesk(WalletdeskError):
    """A webhook without a header, too old, from the future, or not signed with one of our secrets. Answer it with 401."""


BY_STATUS: dict[int, type[Problem]] = {
    400: BadRequest,
    401: NotSignedIn,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    422: NotUsable,
    429: TooMany,
}


def problem(status: int, body: bytes, *, retry_after: float | None = None, key: str | None = None) -> Problem:
    """The error for an answer of 400 or more. A body that is no problem+json (a proxy's page) still gives one, without code."""
    try:
        fields = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:
        fields = {}
    kind = BY_STATUS.get(status) or (NotNow if status >= 500 else Problem)
    return kind(status, fields, retry_after=retry_after, key=key)
