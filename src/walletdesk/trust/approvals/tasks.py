"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.trust.approvals.services.expire_due import expire_due


@every(seconds=30, name="approvals.expire_due")
def close_overdue_proposals() -> None:
    expire_due()
