"""What is told about money and the wallet itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.outbox.public import Fact
from walletdesk.money.ledger.public import asset
from walletdesk.money.merchants.public import merchants
from walletdesk.money.payments.public import PaymentCaptured, TopUpSettled, TransferMade
from walletdesk.money.refunds.public import RefundPosted
from walletdesk.money.wallets.public import WalletFrozen, WalletUnfrozen
from walletdesk.service.notifications.handlers.reader_hours import hour
from walletdesk.service.notifications.services.post_mail import MailDraft, post_mails
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many
from walletdesk.trust.customers.public import CustomerRegistered, PinChanged, PinLockedOut, customers
from walletdesk.trust.staff.public import employees
from walletdesk.trust.verification.public import VerificationAsked

WELCOME = Words("{name}，您好。钱包开好了", "Welcome, {name}. Your wallet is open")
WELCOME_MORE = Words(
    "先设支付密码，再充值。官方联系方式在“帮助”里，也已发到您的邮箱，带签名。",
    "Set your payment PIN, then top up. Our official contacts are under Help and, signed, in your mail.",
)
WELCOME_MORE_HERE = Words(
    "先设支付密码，再充值。官方联系方式在“帮助”里，带签名。",
    "Set your payment PIN, then top up. Our official contacts are under Help, signed.",
)
PAID = Words("已付{shop} {amount}", "Paid {shop} {amount}")
PAID_MORE = Words(
    "收据 {number}。有问题，在这笔付款里点“有问题？”",
    "Receipt {number}. If it is not right, tap “Something wrong?” on it",
)
ARRIVED = Words("充值 {amount} 到账", "Your top-up of {amount} has arrived")
ARRIVED_LATE = Words(
    "银行刚刚确认，之前还不知道结果", "The bank has just confirmed it; before, the outcome was not known"
)
NOT_ACCEPTED = Words("充值 {amount} 没有成功", "Your top-up of {amount} did not go through")
NOT_ACCEPTED_MORE = Words(
    "钱还在您的银行账户里。可以再试一次", "Your money is still in your bank account. You can try again"
)
SENT = Words("已转给{name} {amount}", "Sent {amount} to {name}")
RECEIVED = Words("收到{name}转来 {amount}", "{name} sent you {amount}")
NOTE = Words("附言：{note}", "Note: {note}")
BACK = Words("{amount} 已回到您的余额", "{amount} is back in your balance")
BACK_MORE = Words("{shop}退款，退款号 {number}", "Refund from {shop}, number {number}")
GIVEN_BACK = Words("已退给客户 {amount}", "{amount} was refunded to a customer")
GIVEN_BACK_MORE = Words("退款号 {number}", "Refund number {number}")
FROZEN = Words("您的钱包已冻结，钱都在里面", "Your wallet is frozen; your money is all in it")
FROZEN_MORE = {
    "debit": Words("现在付不出去，收款照常。原因：{reason}", "Nothing can go out; money can come in. Reason: {reason}"),
    "credit": Words("现在收不进来，付款照常。原因：{reason}", "Nothing can come in; you can pay. Reason: {reason}"),
    "full": Words("现在不能收也不能付。原因：{reason}", "Nothing can go out or come in. Reason: {reason}"),
}
UNFROZEN = Words("您的钱包已解冻", "Your wallet is free again")
UNFROZEN_MORE = Words("原因：{reason}", "Reason: {reason}")
PIN_LOCKED = Words(
    "支付密码输错 {tries} 次，锁到 {until}", "The payment PIN was wrong {tries} times; it is locked until {until}"
)
PIN_LOCKED_MORE = Words("钱没有动。如果不是您输的，请马上联系我们", "No money moved. If that was not you, call us now")
PIN_SET = Words("支付密码设好了", "Your payment PIN is set")
PIN_NEW = Words("支付密码换了新的", "Your payment PIN was changed")
PIN_MORE = Words("如果不是您做的，请马上联系我们", "If that was not you, call us now")
ASKED = Words("{agent}请您确认", "{agent}, asks you to confirm")
ASKED_MORE = Words(
    "案件 {reference}。请核对工号和代码；没有在和我们说话，就选“不是”。",
    "Case {reference}. Compare the number and the code; if you are not talking to us, choose “No”.",
)

NOTHING: dict[str, str] = {"zh-hans": "", "en": ""}


def on_customer_registered(facts: Sequence[CustomerRegistered]) -> None:
    """A first notice, and one welcome mail with the signed contact card for whoever has a mailbox."""
    tell_many(
        [
            _to_customer(
                one, "welcome", one.customer_id, WELCOME.both(name=one.name),
                (WELCOME_MORE if one.email else WELCOME_MORE_HERE).both(), "/wallet/",
            )
            for one in facts
        ]
    )  # fmt: skip
    post_mails(
        [
            MailDraft(one.customer_id, one.email, "welcome", str(one.customer_id), one.language)
            for one in facts
            if one.email
        ]
    )


def on_pin_changed(facts: Sequence[PinChanged]) -> None:
    tell_many(
        [
            _to_customer(
                one, "pin_changed", one.at.isoformat(), (PIN_SET if one.first else PIN_NEW).both(), PIN_MORE.both(),
                "/wallet/me/", safety=True,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_pin_locked_out(facts: Sequence[PinLockedOut]) -> None:
    people = customers({one.customer_id for one in facts})
    tell_many(
        [
            _to_customer(
                one, "pin_locked_out", one.at.isoformat(),
                PIN_LOCKED.both(tries=one.tries, until=hour(one.until, people[one.customer_id])),
                PIN_LOCKED_MORE.both(), "/wallet/help/", safety=True,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_payment_captured(facts: Sequence[PaymentCaptured]) -> None:
    shops = merchants({one.merchant_id for one in facts})
    tell_many(
        [
            _to_customer(
                one, "paid", one.payment_id, PAID.both(shop=shops[one.merchant_id].name, amount=amount),
                PAID_MORE.both(number=one.receipt_number), f"/wallet/bills/{one.payment_id}/", alert="debit",
            )
            for one, amount in _with_amounts(facts)
        ]
    )  # fmt: skip


def on_top_up_settled(facts: Sequence[TopUpSettled]) -> None:
    tell_many(
        [
            _to_customer(
                one, "top_up", one.top_up_id,
                (ARRIVED if one.state == "done" else NOT_ACCEPTED).both(amount=amount),
                _top_up_more(one), f"/wallet/top-up/{one.top_up_id}/", alert="credit",
            )
            for one, amount in _with_amounts(facts)
        ]
    )  # fmt: skip


def _top_up_more(one: TopUpSettled) -> dict[str, str]:
    if one.state != "done":
        return NOT_ACCEPTED_MORE.both()
    return ARRIVED_LATE.both() if one.was_unknown else NOTHING


def on_transfer_made(facts: Sequence[TransferMade]) -> None:
    """Both sides hear of it."""
    people = customers({who for one in facts for who in (one.from_customer_id, one.to_customer_id)})
    drafts: list[NoticeDraft] = []
    for one, amount in _with_amounts(facts):
        more = NOTE.both(note=one.note) if one.note else NOTHING
        about, link = str(one.transfer_id), f"/wallet/bills/{one.transfer_id}/"
        sent = SENT.both(name=people[one.to_customer_id].name, amount=amount)
        received = RECEIVED.both(name=people[one.from_customer_id].name, amount=amount)
        moved = {"at": one.at, "minor": one.amount_minor, "asset": one.asset}
        drafts.append(
            NoticeDraft("customer", one.from_customer_id, "sent", sent, more, link, about, alert="debit", **moved)
        )
        drafts.append(
            NoticeDraft(
                "customer", one.to_customer_id, "received", received, more, link, about, alert="credit", **moved
            )
        )
    tell_many(drafts)


def on_refund_posted(facts: Sequence[RefundPosted]) -> None:
    """The customer hears that the money is back, the shop that it went."""
    shops = merchants({one.merchant_id for one in facts})
    drafts: list[NoticeDraft] = []
    for one, amount in _with_amounts(facts):
        about, shop = str(one.refund_id), shops[one.merchant_id].name
        more = BACK_MORE.both(shop=shop, number=one.number)
        drafts.append(
            _to_customer(
                one, "refund", about, BACK.both(amount=amount), more, f"/wallet/bills/{one.payment_id}/", alert="credit"
            )
        )
        words, more = GIVEN_BACK.both(amount=amount), GIVEN_BACK_MORE.both(number=one.number)
        drafts.append(
            NoticeDraft("merchant", one.merchant_id, "refund", words, more, "/till/takings/", about, at=one.at)
        )
    tell_many(drafts)


def on_wallet_frozen(facts: Sequence[WalletFrozen]) -> None:
    """What the risk rules froze is told together with its case, by who opens it."""
    tell_many(
        [
            _to_customer(
                one, "wallet_frozen", f"{one.wallet_id}:{one.at.isoformat()}", FROZEN.both(),
                FROZEN_MORE[one.mode].both(reason=one.reason), "/wallet/help/", safety=True,
            )
            for one in facts
            if one.actor != "risk"
        ]
    )  # fmt: skip


def on_wallet_unfrozen(facts: Sequence[WalletUnfrozen]) -> None:
    tell_many(
        [
            _to_customer(
                one, "wallet_unfrozen", f"{one.wallet_id}:{one.at.isoformat()}", UNFROZEN.both(),
                UNFROZEN_MORE.both(reason=one.reason), "/wallet/", safety=True,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_verification_asked(facts: Sequence[VerificationAsked]) -> None:
    """The question itself waits on its own page; the notice leads there, holds no code, and goes to devices only."""
    agents = employees({one.employee_id for one in facts})
    tell_many(
        [
            NoticeDraft(
                "customer", one.customer_id, "verification", ASKED.both(agent=agents[one.employee_id].label),
                ASKED_MORE.both(reference=one.case_reference), f"/wallet/verify/{one.prompt_id}/", str(one.prompt_id),
                safety=True, at=one.at, only_by=frozenset({"push"}), until=one.expires_at,
            )
            for one in facts
        ]
    )  # fmt: skip


def _to_customer(
    one: Fact,
    kind: str,
    about: UUID | str,
    words: dict[str, str],
    more: dict[str, str],
    link: str,
    safety: bool = False,
    alert: str = "",
) -> NoticeDraft:
    """A notice for the customer whom a fact names, dated as the fact is; an alert carries the fact's sum."""
    minor, asset_code = getattr(one, "amount_minor", 0), getattr(one, "asset", "")
    return NoticeDraft(
        "customer", one.customer_id, kind, words, more, link, str(about), safety, one.at, alert, minor, asset_code,  # type: ignore[attr-defined]
    )  # fmt: skip


def _with_amounts(facts: Sequence) -> list[tuple]:
    """Each fact with its sum; one read per asset."""
    assets = {code: asset(code) for code in {one.asset for one in facts}}
    return [(one, Amount(one.amount_minor, assets[one.asset])) for one in facts]
