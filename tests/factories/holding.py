"""Builders for what is agreed beforehand and for money that is set aside, made through the rooms' own verbs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.factories.money import a_key, an_order, proof_of, yuan
from walletdesk.foundation.clock.public import now
from walletdesk.money.agreements.public import (
    AgreementRequest,
    AgreementUse,
    AgreementView,
    KeyWish,
    accept_agreement,
    make_own_key,
    propose_agreement,
)
from walletdesk.money.merchants.public import MerchantView
from walletdesk.money.payments.public import (
    AuthoriseIntent,
    HoldDone,
    HoldView,
    OrderView,
    Scheduled,
    ScheduleIntent,
    TransferView,
    authorise,
    hold,
    schedule,
    transfer_view,
)
from walletdesk.trust.customers.public import CustomerView


def a_proposal(shop: MerchantView, single: str | int = 50, day: str | int = 100, **more: Any) -> AgreementView:
    """What a shop proposes: 50 at once and 100 a day, for thirty days."""
    until = more.pop("valid_until", None) or now() + timedelta(days=30)
    title = more.pop("title", "Bread every morning")
    asked = AgreementRequest(more.pop("key", None) or a_key(), shop.id, title, yuan(single), yuan(day), until)
    return propose_agreement(asked).agreement


def an_agreement(
    payer: CustomerView, shop: MerchantView, single: str | int = 50, day: str | int = 100, **more: Any
) -> AgreementView:
    """The same, accepted with the PIN."""
    return accept_agreement(a_proposal(shop, single, day, **more).id, payer.id, proof_of(payer.id))


def by(agreed: AgreementView, asked_by: UUID | None = None) -> AgreementUse:
    """The shop uses its agreement."""
    assert agreed.merchant_id is not None
    return AgreementUse(agreed.id, asked_by or agreed.merchant_id)


def own_software_of(payer: CustomerView, days: int = 90) -> str:
    """The secret of a key with which a customer's own software sends money: 100 at once and 500 a day."""
    until = now() + timedelta(days=days)
    wish = KeyWish(a_key(), payer.id, "bot", ["transfers:write"], "live", [], until, yuan(100), yuan(500))
    return make_own_key(wish, proof_of(payer.id))[1]


def to_hold(payer: CustomerView, order: OrderView, key: str = "", **more: Any) -> AuthoriseIntent:
    return AuthoriseIntent(key or a_key(), payer.id, order.id, more.pop("consent", None) or proof_of(payer.id), **more)


def a_hold(payer: CustomerView, shop: MerchantView, amount: str | int = "38.00") -> HoldView:
    return the_hold(authorise(to_hold(payer, an_order(shop, amount))))


def the_hold(done: HoldDone | UUID) -> HoldView:
    found = hold(done if isinstance(done, UUID) else done.payment_id)
    assert found is not None
    return found


def for_later(
    payer: CustomerView, payee: CustomerView, amount: str | int, due_at: datetime, **more: Any
) -> ScheduleIntent:
    consent = more.pop("consent", None) or proof_of(payer.id)
    return ScheduleIntent(more.pop("key", None) or a_key(), payer.id, payee.id, yuan(amount), consent, due_at, **more)


def a_later_transfer(
    payer: CustomerView, payee: CustomerView, amount: str | int = 10, hours: int = 24, note: str = ""
) -> TransferView:
    return the_transfer(schedule(for_later(payer, payee, amount, now() + timedelta(hours=hours), note=note)))


def the_transfer(done: Scheduled | UUID) -> TransferView:
    found = transfer_view(done if isinstance(done, UUID) else done.transfer_id)
    assert found is not None
    return found
