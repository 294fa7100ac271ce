"""What customers do when something happened elsewhere."""

from __future__ import annotations

from walletdesk.foundation.identity.public import AddressChanged, user
from walletdesk.trust.customers.models import Customer


def on_address_changed(facts: list[AddressChanged]) -> None:
    """The telephone number with which somebody signs in is the one that others find them by. Safe to run twice: it copies
    what holds now.
    """
    for user_id in {fact.user_id for fact in facts if fact.kind == "sms"}:
        found = user(user_id)
        if found is not None and found.phone:
            Customer.objects.filter(user_id=user_id).update(phone=found.phone)
