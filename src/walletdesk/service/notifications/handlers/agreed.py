"""What is told about what was agreed beforehand, and about money that is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.agreements.public import AgreementAccepted, AgreementEnded
from walletdesk.money.ledger.public import asset
from walletdesk.money.merchants.public import MerchantView, merchants
from walletdesk.money.payments.public import (
    PaymentAuthorised,
    PaymentVoided,
    TransferCancelled,
    TransferDelayed,
    refusal_of_code,
    stop_token,
)
from walletdesk.service.notifications.handlers.reader_hours import day_and_hour
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many
from walletdesk.trust.customers.public import customers
from walletdesk.trust.risk.public import why_delayed

AGREED = Words("您同意{shop}免密扣款", "{shop} may take money without your PIN")
AGREED_MORE = Words(
    "每次最多 {single}，每天最多 {day}。不是您同意的，请马上结束它",
    "At most {single} each time, {day} a day. If that was not you, end it at once",
)
OVER = Words("和{shop}的免密协议已结束", "The agreement with {shop} has ended")
OVER_MORE = {
    "customer": Words("由您结束，对方不能再免密扣款", "Ended by you; nothing more is taken without your PIN"),
    "merchant": Words("由店家结束", "Ended by the shop"),
}
HELD = Words("{shop}预留了 {amount}", "{shop} holds {amount}")
HELD_MORE = Words("还没有扣；店家不扣就放回", "Not charged yet; what is not charged is free again")
FREED = Words("{shop}没有扣的 {amount} 已放回", "{amount} held by {shop} is free again")
FREED_MORE = Words("可以用了", "You can spend it")
DELAYED = Words("转给{name}的 {amount} 先等到 {until}", "{amount} to {name} waits until {until}")
DELAYED_MORE = Words(
    "{why}。钱已预留，到时间自动转出；不想转了，随时可以停止，钱就放回",
    "{why}. It is set aside and goes out then. If you would rather not, stop it at any time and the money is free",
)
STOPPED = Words("转给{name}的 {amount} 停下了", "{amount} to {name} was stopped")
STOPPED_MORE = {
    "link": Words("用消息里的链接停止的，钱已放回", "By the link in our message; the money is free again"),
    "desk": Words("由我们的客服停止，钱已放回", "By our desk; the money is free again"),
}
NOT_SENT = Words("转给{name}的 {amount} 没有转成", "{amount} to {name} was not sent")


def on_agreement_accepted(facts: Sequence[AgreementAccepted]) -> None:
    """Money can leave without a PIN from now on: that concerns safety."""
    shops, units = merchants({one.merchant_id for one in facts}), {one.asset: asset(one.asset) for one in facts}
    tell_many(
        [
            _to(
                one.customer_id, "agreement_accepted", one.agreement_id, AGREED.both(shop=shops[one.merchant_id].name),
                AGREED_MORE.both(
                    single=Amount(one.max_single_minor, units[one.asset]), day=Amount(one.max_day_minor, units[one.asset])
                ),
                f"/wallet/agreements/{one.agreement_id}/", one, safety=True,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_agreement_ended(facts: Sequence[AgreementEnded]) -> None:
    """Whoever ended it, the payer hears of it; one that nobody had accepted is told to nobody."""
    shops = merchants({one.merchant_id for one in facts})
    tell_many(
        [
            _to(
                one.customer_id, "agreement_ended", one.agreement_id, OVER.both(shop=shops[one.merchant_id].name),
                OVER_MORE[one.by].both(), f"/wallet/agreements/{one.agreement_id}/", one,
            )
            for one in facts
            if one.customer_id
        ]
    )  # fmt: skip


def on_payment_authorised(facts: Sequence[PaymentAuthorised]) -> None:
    shops = merchants({one.merchant_id for one in facts})
    tell_many([_held(one, "payment_held", HELD, HELD_MORE, shops[one.merchant_id]) for one in facts])


def on_payment_voided(facts: Sequence[PaymentVoided]) -> None:
    shops = merchants({one.merchant_id for one in facts})
    tell_many([_held(one, "payment_freed", FREED, FREED_MORE, shops[one.merchant_id]) for one in facts])


def on_transfer_delayed(facts: Sequence[TransferDelayed]) -> None:
    """At once and to every address on file: whoever talks somebody into a transfer, or holds their telephone, would rather they did
    not hear of it. The link stops it, once, for whoever reads the message first.
    """
    people = customers({who for one in facts for who in (one.from_customer_id, one.to_customer_id)})
    tell_many(
        [
            NoticeDraft(
                "customer", one.from_customer_id, "transfer_delayed",
                DELAYED.both(
                    name=people[one.to_customer_id].name, amount=Amount(one.amount_minor, asset(one.asset)),
                    until=day_and_hour(one.due_at, people[one.from_customer_id]),
                ),
                DELAYED_MORE.both(why=why_delayed(one.reason)), f"/wallet/bills/{one.transfer_id}/", str(one.transfer_id),
                safety=True, at=one.at, until=one.due_at, stop=f"{settings.PUBLIC_URL}/stop/{stop_token(one.transfer_id)}/",
            )
            for one in facts
        ]
    )  # fmt: skip


def on_transfer_cancelled(facts: Sequence[TransferCancelled]) -> None:
    """Who cancelled it knows; who waited for it to be made is told why it was not, and by whom it was stopped."""
    _tell_of_the_stopped([one for one in facts if one.by])
    failed = [one for one in facts if one.why != "cancelled"]
    people = customers({one.to_customer_id for one in failed})
    drafts: list[NoticeDraft] = []
    for one in failed:
        amount, reason = Amount(one.amount_minor, asset(one.asset)), refusal_of_code(one.why)
        more = reason.what.both() if reason else {"zh-hans": "", "en": ""}
        said = NOT_SENT.both(name=people[one.to_customer_id].name, amount=amount)
        link = f"/wallet/bills/{one.transfer_id}/"
        drafts.append(_to(one.from_customer_id, "transfer_failed", one.transfer_id, said, more, link, one))
    tell_many(drafts)


def _tell_of_the_stopped(stopped: Sequence[TransferCancelled]) -> None:
    people = customers({one.to_customer_id for one in stopped})
    tell_many(
        [
            _to(
                one.from_customer_id, "transfer_stopped", one.transfer_id,
                STOPPED.both(name=people[one.to_customer_id].name, amount=Amount(one.amount_minor, asset(one.asset))),
                STOPPED_MORE["link" if one.by == "link" else "desk"].both(), f"/wallet/bills/{one.transfer_id}/", one,
            )
            for one in stopped
        ]
    )  # fmt: skip


def _held(
    one: PaymentAuthorised | PaymentVoided, kind: str, words: Words, more: Words, shop: MerchantView
) -> NoticeDraft:
    said = words.both(shop=shop.name, amount=Amount(one.amount_minor, asset(one.asset)))
    link = f"/wallet/bills/{one.payment_id}/"
    return _to(one.customer_id, kind, one.payment_id, said, more.both(), link, one)


def _to(
    customer_id: UUID,
    kind: str,
    about: UUID,
    words: dict[str, str],
    more: dict[str, str],
    link: str,
    one: AgreementAccepted | AgreementEnded | PaymentAuthorised | PaymentVoided | TransferCancelled,
    *,
    safety: bool = False,
) -> NoticeDraft:
    """A notice for a customer, dated as the fact is."""
    return NoticeDraft("customer", customer_id, kind, words, more, link, str(about), safety, one.at)
