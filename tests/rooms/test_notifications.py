"""The inbox: what people are told, once, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.factories.service import a_payer, a_payment, a_shop, everybody_hears
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.outbox.public import events_after
from walletdesk.money.payments.public import PaymentCaptured, TopUpSettled, TransferMade
from walletdesk.money.refunds.public import RefundPosted
from walletdesk.money.wallets.public import freeze_wallet, unfreeze_wallet, wallets_of
from walletdesk.service.notifications import handlers
from walletdesk.service.notifications.public import (
    NoticeDraft,
    NoticeNotFound,
    mark_read,
    notices,
    tell_many,
    unread_count,
)
from walletdesk.trust.customers.public import CustomerView, PinChanged, PinLockedOut
from walletdesk.trust.verification.public import VerificationAsked

pytestmark = pytest.mark.django_db

BOTH = {"zh-hans": "甲", "en": "A"}


def a_draft(reader: CustomerView, about: str = "x", **fields: object) -> NoticeDraft:
    return NoticeDraft("customer", reader.id, "test", BOTH, BOTH, about=about, **fields)  # type: ignore[arg-type]


def only(reader: CustomerView, kind: str) -> object:
    (notice,) = [one for one in notices("customer", reader.id) if one.kind == kind]
    return notice


def test_a_happening_is_told_once_however_often_it_is_heard() -> None:
    lin = a_customer()
    tell_many([a_draft(lin), a_draft(lin)])
    tell_many([a_draft(lin)])
    tell_many([a_draft(lin, "y")])
    assert len(notices("customer", lin.id)) == 2
    assert unread_count("customer", lin.id) == 2


def test_telling_many_takes_two_statements(django_assert_max_num_queries: object) -> None:
    lin = a_customer()
    drafts = [a_draft(lin, str(number)) for number in range(200)]
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        tell_many(drafts)
    assert unread_count("customer", lin.id) == 200


def test_an_inbox_is_read_page_by_page_newest_first() -> None:
    lin = a_customer()
    morning = now()
    tell_many([a_draft(lin, str(number), at=morning + timedelta(minutes=number)) for number in range(5)])
    first = notices("customer", lin.id, limit=2)
    second = notices("customer", lin.id, limit=2, before=first[-1].id)
    assert [one.created_at for one in (*first, *second)] == [morning + timedelta(minutes=n) for n in (4, 3, 2, 1)]
    assert notices("customer", a_customer("王明").id, before=first[-1].id) == []


def test_reading_one_and_reading_all() -> None:
    lin, wang = a_customer(), a_customer("王明")
    tell_many([a_draft(lin, "1"), a_draft(lin, "2"), a_draft(wang, "1")])
    one = notices("customer", lin.id)[0]
    assert mark_read("customer", lin.id, one.id) == 1
    assert mark_read("customer", lin.id, one.id) == 0
    with pytest.raises(NoticeNotFound):
        mark_read("customer", wang.id, one.id)
    assert mark_read("customer", lin.id) == 1
    assert unread_count("customer", wang.id) == 1


def test_a_link_never_leads_elsewhere() -> None:
    with pytest.raises(DatabaseError, match="notice_link_stays_here"), transaction.atomic():
        tell_many([a_draft(a_customer(), link="https://evil.example/")])


def test_live_pages_hear_of_a_notice() -> None:
    lin = a_customer()
    topic = f"customer:{lin.id}"
    before = max((event.id for event in events_after([topic], 0)), default=0)
    tell_many([a_draft(lin)])
    assert [type(event.fact).__name__ for event in events_after([topic], before)] == ["NoticeGiven"]


def test_a_payment_is_told_with_its_receipt() -> None:
    lin = a_payer()
    paid = a_payment(lin, a_shop())
    everybody_hears()
    notice = only(lin, "paid")
    assert notice.words == {"zh-hans": "已付青禾面包 ¥38.00", "en": "Paid Qinghe Bakery ¥38.00"}  # type: ignore[attr-defined]
    assert paid.receipt_number in notice.more["zh-hans"]  # type: ignore[attr-defined]
    assert notice.link == f"/wallet/bills/{paid.id}/"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("state", "was_unknown", "words", "more"),
    [
        ("done", False, "充值 ¥500.00 到账", ""),
        ("done", True, "充值 ¥500.00 到账", "银行刚刚确认，之前还不知道结果"),
        ("declined", False, "充值 ¥500.00 没有成功", "钱还在您的银行账户里。可以再试一次"),
    ],
)
def test_a_top_up_says_where_the_money_is(state: str, was_unknown: bool, words: str, more: str) -> None:
    lin = a_customer()
    fact = TopUpSettled(uuid7(), lin.id, state, "", 50_000, "CNY", was_unknown, now())
    handlers.on_top_up_settled([fact])
    handlers.on_top_up_settled([fact])
    notice = only(lin, "top_up")
    assert (notice.words["zh-hans"], notice.more["zh-hans"]) == (words, more)  # type: ignore[attr-defined]


def test_both_sides_hear_of_a_transfer_and_its_note_is_only_text() -> None:
    lin, wang = a_customer(), a_customer("王明")
    handlers.on_transfer_made([TransferMade(uuid7(), lin.id, wang.id, 12_000, "CNY", "{0} {x} 饭钱 <b>", now())])
    assert only(lin, "sent").words["zh-hans"] == "已转给王明 ¥120.00"  # type: ignore[attr-defined]
    assert only(wang, "received").words["en"] == "林小雨 sent you ¥120.00"  # type: ignore[attr-defined]
    assert only(wang, "received").more["en"] == "Note: {0} {x} 饭钱 <b>"  # type: ignore[attr-defined]


def test_a_refund_is_told_to_the_customer_and_to_the_shop() -> None:
    lin, bakery = a_customer(), a_shop()
    fact = RefundPosted(uuid7(), "R 2605 1914", uuid7(), lin.id, bakery.id, 3_800, "CNY", "merchant", None, None, now())
    handlers.on_refund_posted([fact])
    handlers.on_refund_posted([fact])
    assert only(lin, "refund").words["zh-hans"] == "¥38.00 已回到您的余额"  # type: ignore[attr-defined]
    (to_shop,) = notices("merchant", bakery.id)
    assert to_shop.words["en"] == "¥38.00 was refunded to a customer"


def test_a_freeze_says_that_the_money_is_all_there() -> None:
    lin = a_payer()
    wallet = wallets_of(lin.id)[0]
    freeze_wallet(wallet.id, "debit", "您自己要求", "customer")
    unfreeze_wallet(wallet.id, "您自己要求", "customer")
    everybody_hears()
    frozen = only(lin, "wallet_frozen")
    assert frozen.words["zh-hans"] == "您的钱包已冻结，钱都在里面"  # type: ignore[attr-defined]
    assert "收款照常" in frozen.more["zh-hans"]  # type: ignore[attr-defined]
    assert frozen.safety  # type: ignore[attr-defined]
    assert only(lin, "wallet_unfrozen").safety  # type: ignore[attr-defined]


def test_the_hour_of_a_locked_pin_is_the_readers_own() -> None:
    lin = a_customer(time_zone="Europe/London")
    until = now().replace(month=5, day=19, hour=6, minute=32)
    handlers.on_pin_locked_out([PinLockedOut(lin.id, 5, until, now())])
    handlers.on_pin_changed([PinChanged(lin.id, True, now())])
    assert only(lin, "pin_locked_out").words["en"] == "The payment PIN was wrong 5 times; it is locked until 07:32"  # type: ignore[attr-defined]
    assert only(lin, "pin_changed").words["zh-hans"] == "支付密码设好了"  # type: ignore[attr-defined]


def test_the_notice_of_a_verification_leads_to_the_question_and_holds_no_code() -> None:
    lin, zhou = a_customer(), an_employee(number="1024")
    fact = VerificationAsked(uuid7(), uuid7(), "WD-260519-0417", lin.id, zhou.id, now(), now())
    handlers.on_verification_asked([fact])
    notice = only(lin, "verification")
    assert notice.words["en"] == "Agent 1024, Zhou Lan, asks you to confirm"  # type: ignore[attr-defined]
    assert notice.link == f"/wallet/verify/{fact.prompt_id}/"  # type: ignore[attr-defined]


def test_a_thousand_payments_are_told_in_a_handful_of_statements(django_assert_max_num_queries: object) -> None:
    """Listening is set-based: the number of statements does not grow with the number of facts."""
    lin, bakery = a_payer(), a_shop()
    facts = [
        PaymentCaptured(uuid7(), lin.id, bakery.id, uuid7(), f"QH-{number}", f"P {number}", 100 + number, "CNY", now())
        for number in range(1_000)
    ]
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        handlers.on_payment_captured(facts)
    assert unread_count("customer", lin.id) == 1_000
