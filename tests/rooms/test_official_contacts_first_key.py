"""The first visitors of a new installation come at once: one key is made, and nobody stumbles."""

from __future__ import annotations

import threading
from pathlib import Path

from walletdesk.trust.official_contacts import signing_key


def test_many_first_visitors_make_one_key(tmp_path: Path) -> None:
    place, gate, troubles = tmp_path / "contact-signing.key", threading.Barrier(16), []

    def visit() -> None:
        gate.wait(10)
        try:
            signing_key._make_once(place)
        except OSError as trouble:
            troubles.append(trouble)

    visitors = [threading.Thread(target=visit) for _ in range(16)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(10)
    assert not troubles
    assert [file.name for file in tmp_path.iterdir()] == ["contact-signing.key"]
    assert place.stat().st_mode & 0o777 == 0o600
