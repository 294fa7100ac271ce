"""Somebody says who they are and wants back in. Known and unknown names begin alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.identity.public import users_by_address
from walletdesk.trust.customers.public import CustomerView, customer_by_address, customer_of_user
from walletdesk.trust.verification.errors import TooManyWaysBack
from walletdesk.trust.verification.models import AccountLock, Recovery
from walletdesk.trust.verification.queries.recoveries import RecoveryView, as_view
from walletdesk.trust.verification.rules.proofs import LIFETIME, WITH_A_CASE, wait_before_next


def begin_recovery(channel: str, name: str, language: str) -> RecoveryView:
    """A way back for whoever signs in with the address ``name``, or for nobody: the answer looks the same.

    ``channel``: page or telephone. Refuses: ``TooManyWaysBack``, counted for the name as typed.
    """
    claim, moment = _claim(channel, name), now()
    customer = _by_keypad(name) if channel == "telephone" else _customer(name)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"recovery:{claim}"])
        begun = Recovery.objects.filter(claim=claim, started_at__gt=moment - timedelta(days=1))
        if wait := wait_before_next(list(begun.values_list("started_at", flat=True)), moment):
            raise TooManyWaysBack(retry_after=wait)
        row = Recovery.objects.create(
            customer_id=customer.id if customer else None,
            channel=channel,
            claim=claim,
            language=language,
            locked_since=_locked_since(customer.id if customer else uuid7(), moment),
            started_at=moment,
            expires_at=moment + LIFETIME,
        )
    return as_view(row)


def begin_for_case(case_id: UUID, customer_id: UUID, language: str, since: datetime) -> RecoveryView:
    """The desk's own way back, for a customer whose device has said yes in this case."""
    moment = now()
    row = Recovery.objects.create(
        customer_id=customer_id,
        case_id=case_id,
        channel="desk",
        claim=_claim("desk", str(customer_id)),
        language=language,
        locked_since=min(_locked_since(customer_id, moment), since),
        started_at=moment,
        expires_at=moment + WITH_A_CASE,
    )
    return as_view(row)


def _claim(channel: str, name: str) -> str:
    typed = "".join(name.lower().split())[:254]
    return salted_hmac("walletdesk.verification.claim", f"{channel}:{typed}", algorithm="sha256").hexdigest()


def _customer(name: str) -> CustomerView | None:
    """A name that is nobody's is looked for as long as one that is somebody's."""
    found = users_by_address(name)
    known = len(found) == 1 and found[0].active
    return customer_of_user(found[0].id if known else uuid7())


def _by_keypad(number: str) -> CustomerView | None:
    """A telephone number without its country, or the customer number: what a keypad can say."""
    return customer_by_address(f"+86{number}") or customer_by_address(number)


def _locked_since(customer_id: UUID, moment: datetime) -> datetime:
    """Since when they cannot sign in: the oldest lock that holds, or the last one of the last day, else now."""
    locks = AccountLock.objects.filter(customer_id=customer_id, lifted_at=None, since__gt=moment - timedelta(days=365))
    standing = [row.since for row in locks if row.until is None or row.until > moment - timedelta(days=1)]
    return min([*standing, moment])
