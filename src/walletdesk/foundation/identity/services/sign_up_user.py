"""A person who can sign in from now on."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import AddressTaken
from walletdesk.foundation.identity.models import User


def sign_up_user(
    email: str | None,
    password: str | None,
    language: str = "zh-hans",
    time_zone: str = "Asia/Shanghai",
    phone: str | None = None,
    *,
    hashed: str = "",
) -> User:
    """Refuses: ``AddressTaken`` (case does not count). ``phone`` in E.164. Whoever calls has seen to it that the addresses
    belong to this person: they count as verified from now. ``hashed`` instead of ``password`` for one that was hashed
    while its owner still had to prove the address.
    """
    moment = now()
    fields = {
        "language": language,
        "time_zone": time_zone,
        "phone": phone or None,
        "email_verified_at": moment if email else None,
        "phone_verified_at": moment if phone else None,
    }
    try:
        with transaction.atomic():
            user = User.objects.create_user(email or None, password, **fields)
            if hashed:
                User.objects.filter(pk=user.pk).update(password=hashed)
                user.password = hashed
            return user
    except IntegrityError as broken:
        raise AddressTaken() from broken
