"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.trust.verification.services.expire_prompts import expire_prompts


@every(seconds=30, name="verification.expire_prompts")
def close_unanswered_prompts() -> None:
    expire_prompts()
