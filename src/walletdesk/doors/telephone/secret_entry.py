"""The keys of a secret entry, gathered here and nowhere else: ``#`` ends it, ``*`` begins it anew, a pause ends it too."""

from __future__ import annotations

from dataclasses import dataclass, field

PAUSE_SECONDS = 4.0
MOST_KEYS = 24


@dataclass
class SecretEntry:
    """One leg's entry. ``count`` grows with each key, so that a pause is told from a later one."""

    leg: str
    count: int = 0
    _keys: list[str] = field(default_factory=list, repr=False)

    def press(self, key: str) -> str | None:
        """One more key. The whole entry when this key ended it, else ``None``."""
        self.count += 1
        if key == "#":
            return self.take()
        if key == "*":
            self._keys.clear()
        elif len(self._keys) < MOST_KEYS:
            self._keys.append(key)
        return None

    def paused_at(self, count: int) -> bool:
        """Whether the key ``count`` was the last one, and there is something to take."""
        return self.count == count and bool(self._keys)

    def take(self) -> str:
        """What was typed; afterwards it is not here any more."""
        typed = "".join(self._keys)
        self._keys.clear()
        return typed
