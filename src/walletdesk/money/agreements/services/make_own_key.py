"""A customer's own API key: the key is the keys' room's, what it may move without a PIN is kept here, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.idempotency.public import KeyClaim, claim, fingerprint, store_many
from walletdesk.money.agreements.errors import OwnKeyMadeAlready, PinProofStale
from walletdesk.money.agreements.models import Agreement
from walletdesk.money.agreements.queries.agreements import AgreementView, as_view, caps_of_keys
from walletdesk.money.agreements.rules import CUSTOMER, proof_holds
from walletdesk.money.agreements.services.propose_agreement import check_caps, check_time, usable_title
from walletdesk.money.wallets.public import WalletMissing, wallet_places
from walletdesk.trust.api_keys.public import KeyOwner, KeyView, keys_of, make_key, revoke_key
from walletdesk.trust.customers.public import PinProof

ROUTE = "agreements.own_key"
CREATED = 201
MOVES_MONEY = frozenset({"payments:write", "transfers:write", "holds:write"})
"""The scopes for which a customer's key needs caps."""


@dataclass(frozen=True, slots=True)
class KeyWish:
    """``key`` is the form's own idempotency key. ``scopes`` and ``addresses`` as the keys' room knows them; the caps count
    where a scope moves money.
    """

    key: str
    customer_id: UUID
    name: str
    scopes: Sequence[str]
    mode: str
    addresses: Sequence[str]
    expires_at: datetime
    max_single: Amount
    max_day: Amount


@dataclass(frozen=True, slots=True)
class OwnKeyView:
    """``caps`` is None for a key that only reads."""

    key: KeyView
    caps: AgreementView | None


def make_own_key(wish: KeyWish, pin_proof: PinProof) -> tuple[OwnKeyView, str]:
    """The key and its secret, which is shown now and never again. That the person proved more than the PIN is the door's
    to see to.

    Refuses, in this order: the key refusals, ``OwnKeyMadeAlready(key_id)`` (this very form made it, and showed its secret
    then), ``AgreementTitleNotUsable`` (the name), ``AmountTooSmall``, ``AmountTooBig``, ``OtherAsset``,
    ``AgreementCapsNotUsable``, ``AgreementTimeNotUsable(days)``, ``PinProofStale``, ``WalletMissing``, then what
    ``make_key`` refuses.
    """
    asked = _claim(wish)
    with transaction.atomic():
        before = claim(asked)
        if before is not None:
            raise OwnKeyMadeAlready(key_id=before.body["key_id"])
        made, secret = _make(wish, pin_proof)
        store_many([(asked, CREATED, {"key_id": str(made.key.id)})])
    return made, secret


def _claim(wish: KeyWish) -> KeyClaim:
    body = fingerprint(
        {
            "name": wish.name,
            "scopes": list(wish.scopes),
            "mode": wish.mode,
            "from": list(wish.addresses),
            "caps": [wish.max_single.minor, wish.max_day.minor, wish.max_day.asset.code],
        }
    )
    return KeyClaim(f"customer:{wish.customer_id}", ROUTE, wish.key, body)


def _make(wish: KeyWish, pin_proof: PinProof) -> tuple[OwnKeyView, str]:
    moment, asset = now(), wish.max_single.asset.code
    name = usable_title(wish.name)
    moves = bool(MOVES_MONEY.intersection(wish.scopes))
    if moves:
        check_caps(wish.max_single, wish.max_day, asset)
    check_time(wish.expires_at, moment)
    if not proof_holds(pin_proof.customer_id, pin_proof.at, wish.customer_id, moment):
        raise PinProofStale()
    if (wish.customer_id, asset) not in wallet_places([wish.customer_id]):
        raise WalletMissing(asset=asset)
    by = f"customer:{wish.customer_id}"
    key, secret = make_key(
        CUSTOMER, wish.customer_id, name, wish.scopes, wish.mode, wish.expires_at, wish.addresses, by
    )
    return OwnKeyView(key, _keep_caps(wish, key, moment) if moves else None), secret


def _keep_caps(wish: KeyWish, key: KeyView, moment: datetime) -> AgreementView:
    row = Agreement.objects.create(
        id=uuid7(),
        key_id=key.id,
        customer_id=wish.customer_id,
        title=key.name,
        asset_code=wish.max_single.asset.code,
        max_single_minor=wish.max_single.minor,
        max_day_minor=wish.max_day.minor,
        proposed_at=moment,
        proposal_ends_at=moment,
        valid_until=wish.expires_at,
        accepted_at=moment,
    )
    return as_view(row, moment)


def end_own_key(customer_id: UUID, key_id: UUID) -> OwnKeyView:
    """The key opens nothing any more and its caps allow nothing. Refuses as ``revoke_key``: ``ApiKeyNotFound``,
    ``ApiKeyRevokedAlready``.
    """
    with transaction.atomic():
        key = revoke_key(key_id, KeyOwner(CUSTOMER, customer_id), f"customer:{customer_id}")
        row = Agreement.objects.select_for_update(no_key=True).filter(key_id=key_id, ended_at=None).first()
        if row is not None:
            row.ended_at, row.ended_by = now(), CUSTOMER
            row.save(update_fields=["ended_at", "ended_by"])
        return OwnKeyView(key, as_view(row, now()) if row else None)


def own_keys_of(customer_id: UUID) -> list[OwnKeyView]:
    """A customer's keys, the newest first, those that are over too; two statements."""
    keys = keys_of(KeyOwner(CUSTOMER, customer_id))
    caps = caps_of_keys([key.id for key in keys])
    return [OwnKeyView(key, caps.get(key.id)) for key in keys]
