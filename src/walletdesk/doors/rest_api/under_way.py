"""Which keyed requests this process is carrying right now, from the moment they were understood to their answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from walletdesk.trust.api_keys.public import KeyOwner


class UnderWay:
    """``knows`` says so of a key that waits in a lane, where the database has not heard of it yet."""

    def __init__(self) -> None:
        self._carried: Counter[tuple[KeyOwner, str, str]] = Counter()

    @contextmanager
    def carrying(self, owner: KeyOwner, route: str, key: str) -> Iterator[None]:
        mark = (owner, route, key)
        self._carried[mark] += 1
        try:
            yield
        finally:
            self._carried[mark] -= 1
            if not self._carried[mark]:
                del self._carried[mark]

    def knows(self, owner: KeyOwner, route: str, key: str) -> bool:
        return (owner, route, key) in self._carried
