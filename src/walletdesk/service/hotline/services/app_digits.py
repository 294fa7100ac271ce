"""The six digits in the app: made from a secret of the customer's own, sealed where it lies."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.models import CallCode
from walletdesk.service.hotline.rules.app_code import STEP_SECONDS, code_at, seconds_left, step_of
from walletdesk.service.hotline.sealing_key import CODES, code_owner

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class DigitsShown:
    """What the app shows now, and for how many seconds; ``used``: these were keyed already, the next ones come then."""

    digits: str
    seconds_left: int
    step_seconds: int
    used: bool


def show_digits(customer_id: UUID) -> DigitsShown:
    """For the customer's own signed-in page and no other. Refuses nothing."""
    at = now()
    with transaction.atomic():
        row, _ = CallCode.objects.get_or_create(
            customer_id=customer_id,
            defaults={"sealed_secret": CODES.seal(secrets.token_bytes(SECRET_BYTES), code_owner(customer_id))},
        )
    step = step_of(at)
    return DigitsShown(code_at(secret_of(row), step), seconds_left(at), STEP_SECONDS, row.last_used >= step)


def locked_row(customer_id: UUID) -> CallCode | None:
    """The customer's row, for one guess at a time; None for who has never opened that page."""
    return CallCode.objects.select_for_update().filter(customer_id=customer_id).first()


def secret_of(row: CallCode) -> bytes:
    return CODES.unseal(row.sealed_secret, code_owner(row.customer_id))
