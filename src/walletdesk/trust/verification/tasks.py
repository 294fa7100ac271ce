"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.trust.verification.services import let_go_of_photos as photos
from walletdesk.trust.verification.services.expire_prompts import expire_prompts
from walletdesk.trust.verification.services.lock_dormant import lock_dormant


@every(seconds=30, name="verification.expire_prompts")
def close_unanswered_prompts() -> None:
    expire_prompts()


@every(seconds=600, name="verification.let_go_of_old_photos")
def let_go_of_old_photos() -> None:
    """Photos of papers that nobody needs any more."""
    photos.let_go_of_old_photos()


@every(seconds=3600, name="verification.lock_dormant_accounts")
def lock_dormant_accounts() -> None:
    """Nobody has signed in for so long that somebody else would not be noticed."""
    lock_dormant()
