"""A signed-in page may call once, within a minute, and is known before hello."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import value
from walletdesk.service.cases.public import case
from walletdesk.service.hotline.errors import CallNotFound, TooManyTokens
from walletdesk.service.hotline.models import CallToken
from walletdesk.service.hotline.services.take_in_call import token_hash

MOST_IN_A_WINDOW = 5
WINDOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class CallTicket:
    """The token, shown once; ``seat`` is how the page's telephone is named."""

    token: str
    expires_at: datetime

    @property
    def seat(self) -> str:
        return f"caller:{self.token}"


def make_token(customer_id: UUID, language: str, case_id: UUID | None = None) -> CallTicket:
    """For the customer's own signed-in page. ``case_id``: the case from which the call is placed, and on which it ends.

    Refuses, in this order: another's case (``CallNotFound``); more than five calls in five minutes (``TooManyTokens``).
    """
    if case_id is not None and case(case_id).customer_id != customer_id:
        raise CallNotFound()
    at = now()
    recent = CallToken.objects.filter(customer_id=customer_id, made_at__gt=at - WINDOW)
    if recent.count() >= MOST_IN_A_WINDOW:
        first = recent.order_by("made_at").values_list("made_at", flat=True)[0]
        raise TooManyTokens(retry_after=max(1, int((first + WINDOW - at).total_seconds())))
    token = secrets.token_urlsafe(24)
    ends = at + timedelta(seconds=value("hotline.token_seconds", at))
    CallToken.objects.create(
        token_hash=token_hash(token),
        customer_id=customer_id,
        case_id=case_id,
        language=language,
        made_at=at,
        expires_at=ends,
    )
    return CallTicket(token, ends)
