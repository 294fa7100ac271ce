"""On a timer."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every
from walletdesk.trust.api_keys.services import purge_requests as old_requests
from walletdesk.trust.api_keys.services import take_shares
from walletdesk.trust.api_keys.services import tell_expired as expired_keys


@every(seconds=3600, name="api_keys.purge_requests")
def purge_requests() -> None:
    """Requests older than thirty days go."""
    old_requests.purge_requests()


@every(seconds=60, name="api_keys.tell_expired")
def tell_expired() -> None:
    """Owners hear of keys whose time is over."""
    expired_keys.tell_expired()


@every(seconds=3600, name="api_keys.purge_quotas")
def purge_quotas() -> None:
    """Who has not asked for an hour is forgotten."""
    take_shares.purge_quotas()
