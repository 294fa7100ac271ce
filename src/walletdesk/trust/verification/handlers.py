"""What verification does when something happened elsewhere. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.identity.public import SignInLocked
from walletdesk.trust.customers.public import customer_of_user
from walletdesk.trust.verification.services.lock_account import note_wrong_passwords


def on_sign_in_locked(facts: Sequence[SignInLocked]) -> None:
    """The tries at the sign-in page are used up: written down with its reason and its end."""
    for one in facts:
        customer = customer_of_user(one.user_id) if one.user_id else None
        if customer is not None and one.reason == "wrong_password":
            note_wrong_passwords(customer.id, one.until)
