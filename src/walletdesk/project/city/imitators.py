"""Who poses as the house in this city: two on the public list since some weeks, a third that waits for its second person."""

from __future__ import annotations

from datetime import datetime, timedelta

from walletdesk.foundation.clock.public import at
from walletdesk.project.city.arrivals import Residents
from walletdesk.project.city.people import clerks, imitators
from walletdesk.service.agent_actions.public import approve_fake, propose_fake

LISTED = (timedelta(weeks=6), timedelta(weeks=2))
WAITS, LOOKED_AT_AFTER = timedelta(minutes=20), timedelta(minutes=30)


def list_imitators(residents: Residents, present: datetime) -> None:
    """An editor proposes each, a risk officer looks again."""
    editor, officer = (
        next(residents.employees[one.number] for one in clerks() if one.role == role)
        for role in ("editor", "risk_officer")
    )
    *known, newest = imitators()
    for ago, one in zip(LISTED, known, strict=True):
        with at(present - ago):
            made = propose_fake(editor, *one)
        with at(present - ago + LOOKED_AT_AFTER):
            approve_fake(officer, made.id, made.payload_hash)
    with at(present - WAITS):
        propose_fake(editor, *newest)
