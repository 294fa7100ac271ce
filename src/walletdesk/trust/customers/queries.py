"""Reads about customers. ``CustomerView`` is the only shape in which one leaves this room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Upper

from walletdesk.foundation.arrays.public import uuid_array
from walletdesk.foundation.identity.public import read_phone, show_phone
from walletdesk.foundation.statements.public import Asked, Rows, asked
from walletdesk.trust.customers.models import Customer
from walletdesk.trust.customers.rules.masking import mask_email, mask_name, mask_phone
from walletdesk.trust.customers.rules.number import read_number, show_number

MOST_FOUND = 50
PAYERS = "SELECT id, user_id, tier FROM customers_customer WHERE id = ANY (%s::uuid[])"


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer as other rooms see one. Before verification show the ``masked_…`` fields only."""

    id: UUID
    user_id: UUID
    number: str
    name: str
    masked_name: str
    phone: str
    masked_phone: str
    email: str
    masked_email: str
    language: str
    time_zone: str
    since: datetime
    has_pin: bool
    tier: int
    is_tester: bool = False


class PayerFacts(NamedTuple):
    """Who signs in as this payer, and how well they are known."""

    user_id: UUID
    tier: int


def as_view(row: Customer) -> CustomerView:
    phone, email = show_phone(row.phone), row.user.email or ""
    return CustomerView(
        id=row.id,
        user_id=row.user_id,
        number=show_number(row.serial),
        name=row.name,
        masked_name=mask_name(row.name),
        phone=phone,
        masked_phone=mask_phone(phone),
        email=email,
        masked_email=mask_email(email),
        language=row.user.language,
        time_zone=row.user.time_zone,
        since=row.created_at,
        has_pin=hasattr(row, "pin"),
        tier=row.tier,
        is_tester=row.is_tester,
    )


def _rows() -> QuerySet[Customer]:
    return Customer.objects.select_related("user", "pin").defer("user__password", "pin__hash")


def customers(ids: Iterable[UUID]) -> dict[UUID, CustomerView]:
    """The customers with these ids, one statement; an id that is nobody's is absent."""
    return {row.id: as_view(row) for row in _rows().filter(id__in=set(ids))}


def payers(ids: Iterable[UUID]) -> dict[UUID, PayerFacts]:
    """What a batch of payments needs of its payers, one statement; an id that is nobody's is absent."""
    return ask_payers(ids).value()


def ask_payers(ids: Iterable[UUID]) -> Asked[dict[UUID, PayerFacts]]:
    """The same, asked for: inside ``in_one_flight`` nobody waits for it yet."""
    return asked(PAYERS, uuid_array(list(set(ids))), read=_payers_in)


def _payers_in(rows: Rows) -> dict[UUID, PayerFacts]:
    return {id_: PayerFacts(user_id, tier) for id_, user_id, tier in rows}


def customer_of_user(user_id: UUID) -> CustomerView | None:
    """The customer who signs in as this user, if that user is one."""
    row = _rows().filter(user_id=user_id).first()
    return as_view(row) if row else None


def customers_of_users(user_ids: Iterable[UUID]) -> list[CustomerView]:
    """Those of these users who are customers, in the order of their accounts."""
    return [as_view(row) for row in _rows().filter(user_id__in=set(user_ids)).order_by("id")]


def _exactly(text: str) -> Q | None:
    """The condition under which ``text`` is somebody's number, e-mail address or telephone number; None if it is none."""
    if (serial := read_number(text)) is not None:
        return Q(serial=serial)
    if "@" in text:
        return Q(user__email__iexact=text)
    if (phone := read_phone(text)) is not None:
        return Q(phone=phone)
    return None


def customer_by_address(text: str) -> CustomerView | None:
    """The one customer with exactly this number, e-mail or telephone number: how a payer names a payee.

    None also when two share a telephone number: money is not sent by a guess. Names are not searched here. A tester is
    found by number alone, and has no wallet into which anything but play money goes.
    """
    condition = _exactly(text.strip())
    rows = list(_rows().filter(condition)[:2]) if condition is not None else []
    return as_view(rows[0]) if len(rows) == 1 else None


def find_customers(text: str, limit: int = 20) -> Sequence[CustomerView]:
    """For the desk: by number, e-mail or telephone number exactly, else by part of the name, best first.

    Nothing typed finds nobody, and nothing a tester. At most ``MOST_FOUND``, whatever is asked.
    """
    text = text.strip()[:80].replace("\x00", "")
    if not text:
        return []
    rows, most = _rows().filter(is_tester=False), max(1, min(limit, MOST_FOUND))
    condition = _exactly(text)
    if condition is not None:
        return [as_view(row) for row in rows.filter(condition).order_by("serial")[:most]]
    capitals = Upper("name")  # the index customers_by_name stands on these
    alike = rows.alias(capitals=capitals, nearness=TrigramWordSimilarity(text.upper(), capitals)).filter(
        Q(name__icontains=text) | Q(capitals__trigram_word_similar=text.upper())
    )
    return [as_view(row) for row in alike.order_by(F("nearness").desc(), "name", "serial")[:most]]
