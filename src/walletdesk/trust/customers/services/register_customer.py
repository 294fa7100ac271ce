"""A user becomes a customer."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import read_phone
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.errors import AlreadyCustomer, CustomerNotFound, NameNotUsable, PhoneNotUsable
from walletdesk.trust.customers.events import CustomerRegistered
from walletdesk.trust.customers.models import Customer
from walletdesk.trust.customers.queries import CustomerView, as_view
from walletdesk.trust.customers.rules.person import LONGEST_NAME, read_name


def register_customer(user_id: UUID, name: str, phone: str = "") -> CustomerView:
    """Refuses, in this order: ``NameNotUsable``, ``PhoneNotUsable``, ``CustomerNotFound`` (no such user),
    ``AlreadyCustomer``. Publishes ``CustomerRegistered``.
    """
    kept_name = read_name(name)
    if kept_name is None:
        raise NameNotUsable(longest=LONGEST_NAME)
    kept_phone = read_phone(phone) if phone.strip() else ""
    if kept_phone is None:
        raise PhoneNotUsable()
    user = get_user_model().objects.filter(pk=user_id).first()
    if user is None:
        raise CustomerNotFound()
    try:
        with transaction.atomic():
            row = Customer.objects.create(user=user, name=kept_name, phone=kept_phone, created_at=now())
            row.refresh_from_db(fields=["serial"])
            view = as_view(row)
            publish(
                CustomerRegistered(row.id, user_id, view.number, view.name, view.email, view.language, row.created_at)
            )
    except IntegrityError as broken:
        if Customer.objects.filter(user_id=user_id).exists():
            raise AlreadyCustomer() from broken
        raise
    return view
