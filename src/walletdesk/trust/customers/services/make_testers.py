"""Customers who are nobody, for a shop's test twin: they cannot sign in, have no address that mail reaches, and no PIN."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.customers.models import Customer
from walletdesk.trust.customers.queries import CustomerView, customers

KNOWN_IN_PERSON = 1


def make_testers(names: Sequence[str]) -> list[CustomerView]:
    """One tester a name, in their order. Nothing is told: nobody has come. Their addresses end in ``.invalid`` (RFC 2606),
    which no post office delivers to.
    """
    moment, ids = now(), [uuid7() for _ in names]
    users = get_user_model()
    with transaction.atomic():
        made = users.objects.bulk_create(
            users(email=f"tester-{one}@test.invalid", password=make_password(None), is_active=False, date_joined=moment)
            for one in ids
        )
        Customer.objects.bulk_create(
            Customer(id=one, user=user, name=name, tier=KNOWN_IN_PERSON, is_tester=True, created_at=moment)
            for one, user, name in zip(ids, made, names, strict=True)
        )
        found = customers(ids)
    return [found[one] for one in ids]
