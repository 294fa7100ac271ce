"""What verification does when something happened elsewhere. Safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.identity.public import PasswordChanged, SignInDenied, SignInLocked, user
from walletdesk.trust.customers.public import customer_of_user
from walletdesk.trust.verification.services.lock_account import (
    NOT_ME,
    note_not_me,
    note_wrong_passwords,
    unlock_account,
)


def on_sign_in_locked(facts: Sequence[SignInLocked]) -> None:
    """The tries at the sign-in page are used up: written down with its reason and its end."""
    for one in facts:
        customer = customer_of_user(one.user_id) if one.user_id else None
        if customer is not None and one.reason == "wrong_password":
            note_wrong_passwords(customer.id, one.until)


def on_sign_in_denied(facts: Sequence[SignInDenied]) -> None:
    """Somebody knows the password; unless it was changed meanwhile, it opens nothing for a while. A number that was misread
    says nothing of the kind.
    """
    for one in facts:
        customer, owner = customer_of_user(one.user_id), user(one.user_id)
        if one.said and customer is not None and owner is not None and owner.password_set_at <= one.at:
            note_not_me(customer.id)


def on_password_changed(facts: Sequence[PasswordChanged]) -> None:
    """Who knew the old one knows nothing any more."""
    for one in facts:
        customer = customer_of_user(one.user_id)
        if customer is not None:
            unlock_account(customer.id, (NOT_ME,), f"customer:{customer.id}")
