"""Another e-mail address or telephone number to sign in with."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import AddressNotUsable, AddressTaken
from walletdesk.foundation.identity.events import AddressChanged
from walletdesk.foundation.identity.models import FormerAddress, User
from walletdesk.foundation.identity.rules.addresses import EMAIL, mask_address, read_address
from walletdesk.foundation.outbox.public import publish


def change_address(user_id: UUID, address: str) -> None:
    """Refuses, in this order: ``AddressNotUsable``, ``AddressTaken``.

    The caller has had the new address proved by a code and the person by two other proofs; this verb only writes. The one
    it replaces is kept and told of it (``addresses_to_tell``). Publishes ``AddressChanged``.
    """
    read = read_address(address)
    if read is None:
        raise AddressNotUsable()
    kind, new = read
    field = "email" if kind == EMAIL else "phone"
    moment = now()
    try:
        with transaction.atomic():
            user = User.objects.select_for_update(no_key=True).get(pk=user_id)
            old = getattr(user, field) or ""
            if old and old != new:
                FormerAddress.objects.create(user=user, kind=kind, address=old, replaced_at=moment)
            setattr(user, field, new)
            setattr(user, f"{field}_verified_at", moment)
            user.save(update_fields=[field, f"{field}_verified_at"])
            if old != new:
                publish(AddressChanged(user_id, kind, old, mask_address(kind, new), moment))
    except IntegrityError as broken:
        raise AddressTaken() from broken
