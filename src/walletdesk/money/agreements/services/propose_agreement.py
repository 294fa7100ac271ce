"""A shop proposes an agreement; whoever is shown it may accept it, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.amount.public import Amount, AmountTooBig, AmountTooSmall, OtherAsset
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.idempotency.public import KeyClaim, Replay, claim, fingerprint, store_many
from walletdesk.foundation.profiles.public import value
from walletdesk.money.agreements.errors import AgreementCapsNotUsable, AgreementTimeNotUsable, AgreementTitleNotUsable
from walletdesk.money.agreements.models import Agreement
from walletdesk.money.agreements.queries.agreements import AgreementView, as_view
from walletdesk.money.agreements.rules import LONGEST_TITLE
from walletdesk.money.merchants.public import MerchantNotFound, merchant

ROUTE = "agreements.propose"
CREATED = 201
LARGEST_CAP = 10**13


@dataclass(frozen=True, slots=True)
class AgreementRequest:
    """``key`` is the shop's idempotency key. ``title`` says what it is for, in the shop's words."""

    key: str
    merchant_id: UUID
    title: str
    max_single: Amount
    max_day: Amount
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Proposed:
    agreement: AgreementView
    replayed: bool


def propose_agreement(request: AgreementRequest) -> Proposed:
    """Refuses, in this order: the key refusals, (a replay answers here, with the agreement as it stands now),
    ``AgreementTitleNotUsable``, ``AmountTooSmall``, ``AmountTooBig``, ``OtherAsset``, ``AgreementCapsNotUsable`` (day below
    single), ``AgreementTimeNotUsable(days)``, ``MerchantNotFound``.
    """
    asked = _claim(request)
    with transaction.atomic():
        known = claim(asked)
        if isinstance(known, Replay):
            row = Agreement.objects.get(pk=known.body["agreement_id"])
            return Proposed(as_view(row, now()), True)
        row = _new(request, now())
        store_many([(asked, CREATED, {"agreement_id": str(row.id)})])
        return Proposed(as_view(row, row.proposed_at), False)


def _claim(request: AgreementRequest) -> KeyClaim:
    body = fingerprint(
        {
            "title": request.title,
            "single": [request.max_single.minor, request.max_single.asset.code],
            "day": [request.max_day.minor, request.max_day.asset.code],
            "until": request.valid_until.isoformat(),
        }
    )
    return KeyClaim(f"merchant:{request.merchant_id}", ROUTE, request.key, body)


def _new(request: AgreementRequest, moment: datetime) -> Agreement:
    title = usable_title(request.title)
    shop = merchant(request.merchant_id)
    check_caps(request.max_single, request.max_day, shop.asset_code if shop else request.max_single.asset.code)
    check_time(request.valid_until, moment)
    if shop is None:
        raise MerchantNotFound()
    return Agreement.objects.create(
        id=uuid7(),
        merchant_id=shop.id,
        title=title,
        asset_code=shop.asset_code,
        max_single_minor=request.max_single.minor,
        max_day_minor=request.max_day.minor,
        proposed_at=moment,
        proposal_ends_at=moment + timedelta(seconds=value("agreement.proposal_seconds", moment)),
        valid_until=request.valid_until,
    )


def usable_title(text: str) -> str:
    """One line of 1 to 60 characters, or ``AgreementTitleNotUsable``."""
    title = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise AgreementTitleNotUsable(most=LONGEST_TITLE)
    return title


def check_caps(max_single: Amount, max_day: Amount, asset_code: str) -> None:
    """``AmountTooSmall``, ``AmountTooBig``, ``OtherAsset``, ``AgreementCapsNotUsable``."""
    if max_single.minor <= 0 or max_day.minor <= 0:
        raise AmountTooSmall()
    if max(max_single.minor, max_day.minor) > LARGEST_CAP:
        raise AmountTooBig()
    for cap in (max_single, max_day):
        if cap.asset.code != asset_code:
            raise OtherAsset(asset=asset_code, other=cap.asset.code)
    if max_day < max_single:
        raise AgreementCapsNotUsable()


def check_time(valid_until: datetime, moment: datetime) -> None:
    """``AgreementTimeNotUsable`` unless it lies ahead, and no further than the house allows."""
    days = value("agreement.longest_days", moment)
    if not moment < valid_until <= moment + timedelta(days=days):
        raise AgreementTimeNotUsable(days=days)
