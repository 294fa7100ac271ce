"""A link to an attachment: for one reader, in one session, for five minutes, while the case stands as it stood.

What is signed is a :class:`LinkClaim`. A token that was guessed has no signature; one that was shared meets another
session; one that was kept is too old; one from before a closing or reopening names another ``round`` of the case.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class LinkClaim:
    """``reader`` is an actor's ref; ``session`` a hash of the session's key; ``until`` in whole seconds of the epoch."""

    attachment: str
    reader: str
    session: str
    round: str
    until: int


def session_mark(session_key: str) -> str:
    """What a link remembers of a session: enough to compare, useless to steal."""
    return hashlib.sha256(b"attachment link:" + session_key.encode()).hexdigest()[:32]


def claim_for(attachment: str, reader: str, session_key: str, round_: str, at: datetime) -> LinkClaim:
    until = int((at + LIFETIME).timestamp())
    return LinkClaim(attachment, reader, session_mark(session_key), round_, until)


def still_holds(claim: LinkClaim, attachment: str, reader: str, session_key: str, round_: str, at: datetime) -> bool:
    """Whether the link opens this attachment for this reader in this session now. A reader without a session never."""
    return (
        bool(session_key)
        and claim.attachment == attachment
        and claim.reader == reader
        and claim.session == session_mark(session_key)
        and claim.round == round_
        and at.timestamp() <= claim.until
    )
