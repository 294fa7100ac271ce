"""A new password, chosen by its owner: never by anybody else, never expired by a calendar (NIST SP 800-63B-4, 3.1.1.2)."""

from __future__ import annotations

from uuid import UUID

from axes.utils import reset
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.errors import PasswordNotUsable
from walletdesk.foundation.identity.events import PasswordChanged
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.password_words import words_for
from walletdesk.foundation.identity.services.end_sessions import end_all_sessions
from walletdesk.foundation.outbox.public import publish


def set_password(user_id: UUID, raw: str, but_session: str | None = None) -> int:
    """Refuses: ``PasswordNotUsable`` (``why``). Every session but ``but_session`` dies; answers how many. The failures that
    were counted for this person's addresses are forgotten. Publishes ``PasswordChanged``.

    Django ties a session to the password: whoever keeps ``but_session`` also calls ``update_session_auth_hash``.
    """
    user = User.objects.get(pk=user_id)
    try:
        validate_password(raw, user)
    except ValidationError as refused:
        raise PasswordNotUsable(why=words_for(refused)) from refused
    moment = now()
    user.set_password(raw)
    with transaction.atomic():
        User.objects.filter(pk=user_id).update(password=user.password, password_set_at=moment)
        died = end_all_sessions(user_id, but_session)
        publish(PasswordChanged(user_id, moment))
        for address in (user.email, user.phone):
            if address:
                reset(username=address)
    return died
