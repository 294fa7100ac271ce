"""The official contact in short, for the foot of a page and the help tab: all from the one signed directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.trust.official_contacts.public import contacts, key_id, open_now


@dataclass(frozen=True, slots=True)
class ContactInShort:
    """The first telephone number of the directory (how it is written, what is dialled), whether somebody answers now
    and else when; the first e-mail address; the fingerprint of the signing
    key, in fours. Empty texts where the directory has none.
    """

    hotline: str
    hotline_dial: str
    open: bool
    opens_at: datetime | None
    email: str
    fingerprint: str


def contact_in_short() -> ContactInShort:
    standing = contacts()
    line = next((entry for entry in standing.entries if entry.channel == "phone"), None)
    mail = next((entry for entry in standing.entries if entry.channel == "email"), None)
    state = open_now(line.topic, standing=standing) if line else None
    return ContactInShort(
        hotline=line.shown if line else "",
        hotline_dial=line.value if line else "",
        open=bool(state and state.open),
        opens_at=state.opens_at if state else None,
        email=mail.value if mail else "",
        fingerprint=in_fours(key_id()),
    )


def in_fours(digits: str) -> str:
    """``2d294cc3…`` as people compare it: ``2d29 4cc3 …``."""
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
