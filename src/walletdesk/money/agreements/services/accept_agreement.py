"""A payer accepts what a shop proposed, with the PIN."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.money.agreements.errors import AgreementLapsed, AgreementNotFound, AgreementOver, PinProofStale
from walletdesk.money.agreements.events import AgreementAccepted
from walletdesk.money.agreements.models import Agreement
from walletdesk.money.agreements.queries.agreements import AgreementView, as_view
from walletdesk.money.agreements.rules import ACTIVE, LAPSED, PROPOSED, proof_holds, state_of
from walletdesk.money.wallets.public import WalletMissing, wallet_places
from walletdesk.trust.customers.public import PinProof


def accept_agreement(agreement_id: UUID, customer_id: UUID, pin_proof: PinProof) -> AgreementView:
    """From now on the shop may take what was agreed, without a PIN each time. Accepting once more is fine.

    Refuses, in this order: ``AgreementNotFound`` (none, or another payer accepted it), ``AgreementLapsed``,
    ``AgreementOver``, ``PinProofStale``, ``WalletMissing``. Publishes ``AgreementAccepted``.
    """
    with transaction.atomic():
        row = Agreement.objects.select_for_update(no_key=True).filter(pk=agreement_id, key_id=None).first()
        if row is None or row.customer_id not in (None, customer_id):
            raise AgreementNotFound()
        moment = now()
        state = state_of(row.accepted_at, row.ended_at, row.proposal_ends_at, row.valid_until, moment)
        if state == ACTIVE:
            return as_view(row, moment)
        if state == LAPSED:
            raise AgreementLapsed()
        if state != PROPOSED:
            raise AgreementOver()
        if not proof_holds(pin_proof.customer_id, pin_proof.at, customer_id, moment):
            raise PinProofStale()
        if (customer_id, row.asset_code) not in wallet_places([customer_id]):
            raise WalletMissing(asset=row.asset_code)
        return accepted(row, customer_id)


def accepted(row: Agreement, customer_id: UUID) -> AgreementView:
    """Write it down and tell; the row is locked, or new in this transaction."""
    moment = now()
    row.customer_id, row.accepted_at = customer_id, moment
    row.save(update_fields=["customer", "accepted_at"])
    assert row.merchant_id is not None
    publish(
        AgreementAccepted(
            agreement_id=row.id,
            customer_id=customer_id,
            merchant_id=row.merchant_id,
            title=row.title,
            max_single_minor=row.max_single_minor,
            max_day_minor=row.max_day_minor,
            asset=row.asset_code,
            at=moment,
        )
    )
    return as_view(row, moment)
