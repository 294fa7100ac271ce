"""Alerts: each debit by default, as chosen where something was chosen, and safety to every address on file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox_of_django

from tests.factories.service import a_shop
from tests.factories.telling import a_reader, pushed_to
from tests.fakes.carriers import FakePush, FakeSms, carriers
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.foundation.identity.models import User
from walletdesk.foundation.identity.public import enrol_device
from walletdesk.money.payments.public import PaymentCaptured, TransferMade
from walletdesk.service.notifications import handlers
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.public import (
    Choices,
    ChoicesNotUsable,
    alert_choices,
    choose_alerts,
    delivery_log,
    notices,
    send_due_messages,
)
from walletdesk.trust.customers.public import CustomerView, PinChanged
from walletdesk.trust.official_contacts.public import contacts

pytestmark = pytest.mark.django_db
HOME = ZoneInfo("Asia/Shanghai")
NIGHT = (time(22, 0), time(7, 0))


@pytest.fixture(autouse=True)
def carried() -> Iterator[tuple[FakeSms, FakePush]]:
    with carriers() as both:
        yield both


def pays(reader: CustomerView, minor: int = 3_800, moment: datetime | None = None) -> PaymentCaptured:
    fact = PaymentCaptured(
        uuid7(), reader.id, a_shop().id, uuid7(), "QH-1", "P 2611 0001", minor, "CNY", moment or now()
    )
    handlers.on_payment_captured([fact])
    return fact


def chosen(debit: str = "push", credit: str = "push", cases: str = "push", **more: Any) -> Choices:
    channels = {"debit": debit, "credit": credit, "cases": cases}
    return Choices({subject: frozenset(words.split()) for subject, words in channels.items()}, **more)


def waiting(reader: CustomerView) -> list[tuple[str, str]]:
    rows = Message.objects.filter(customer=reader.id).order_by("channel")
    return [(row.channel, row.kind) for row in rows]


def test_a_debit_is_told_by_text_where_no_browser_listens(carried: tuple[FakeSms, FakePush]) -> None:
    lin = a_reader()
    pays(lin)
    send_due_messages()
    (text,) = carried[0].texts
    phone = next(entry.shown for entry in contacts().entries if entry.channel == "phone")
    assert text.text == f"【Walletdesk】已付青禾面包 ¥38.00。不是您？请马上在应用里冻结，或拨官方电话 {phone}。"
    assert text.to.startswith("+86138")
    assert "http" not in text.text


def test_by_mail_where_there_is_no_number_either() -> None:
    lin = a_reader(phone=False, language="en")
    pays(lin)
    send_due_messages()
    (mail,) = outbox_of_django.outbox
    assert mail.subject == "Paid Qinghe Bakery ¥38.00"
    assert "Not you?" in mail.body and "不是您？" in mail.body
    assert "http" not in mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_by_push_where_a_browser_listens_and_by_nothing_else(carried: tuple[FakeSms, FakePush]) -> None:
    lin = a_reader()
    pushed_to(lin)
    fact = pays(lin)
    send_due_messages()
    ((_, words, urgent),) = carried[1].pushed
    said = json.loads(words)
    assert (said["body"], said["link"], urgent) == ("已付青禾面包 ¥38.00", f"/wallet/bills/{fact.payment_id}/", False)
    assert not carried[0].texts and not outbox_of_django.outbox


def test_an_address_that_nobody_verified_is_not_written_to() -> None:
    """What somebody typed may be a stranger's."""
    unproved = a_reader(phone=False)
    User.objects.filter(id=unproved.user_id).update(email_verified_at=None)
    pays(unproved)
    assert waiting(unproved) == []


def test_hearing_it_twice_tells_it_once(carried: tuple[FakeSms, FakePush]) -> None:
    lin = a_reader()
    fact = pays(lin)
    handlers.on_payment_captured([fact])
    send_due_messages()
    assert len(carried[0].texts) == 1


def test_other_peoples_words_do_not_leave_the_app(carried: tuple[FakeSms, FakePush]) -> None:
    lin, wang = a_reader("林小雨"), a_reader("王明 evil.example")
    choose_alerts(lin.id, chosen(credit="sms"))
    Message.objects.filter(state="waiting").update(state="expired", sealed=None)
    handlers.on_transfer_made(
        [TransferMade(uuid7(), wang.id, lin.id, 100, "CNY", "点 https://evil.example 领红包", now())]
    )
    send_due_messages()
    (text,) = [one for one in carried[0].texts if "收到" in one.text]
    assert "evil" not in text.text and "领红包" not in text.text


def test_news_of_yesterday_is_no_alert() -> None:
    lin = a_reader()
    pays(lin, moment=now() - timedelta(hours=2))
    assert waiting(lin) == []
    assert len(notices("customer", lin.id)) == 1


def test_a_threshold_keeps_small_sums_in_the_inbox() -> None:
    lin = a_reader()
    choose_alerts(lin.id, chosen("sms", threshold=10_000))
    Message.objects.filter(state="waiting").update(state="expired", sealed=None)
    pays(lin, 9_999)
    pays(lin, 10_000)
    assert waiting(lin).count(("sms", "paid")) == 1


def test_while_a_device_is_new_no_debit_is_too_small_to_be_told() -> None:
    lin = a_reader()
    choose_alerts(lin.id, chosen("sms", threshold=10_000))
    enrol_device(lin.user_id, "Firefox", "first", "")
    enrol_device(lin.user_id, "Chrome", "totp", "")
    pays(lin, 9_999)
    assert waiting(lin).count(("sms", "paid")) == 1
    with at(now() + timedelta(hours=13)):
        pays(lin, 9_998, now())
        assert waiting(lin).count(("sms", "paid")) == 1


def test_the_push_of_a_new_device_is_no_way_to_tell_its_owner() -> None:
    lin = a_reader()
    enrol_device(lin.user_id, "Firefox", "first", "")
    new = enrol_device(lin.user_id, "Chrome", "totp", "").view
    pushed_to(lin, device_id=new.id)
    pays(lin)
    assert ("sms", "paid") in waiting(lin) and ("push", "paid") not in waiting(lin)


def test_quiet_hours_hold_what_can_wait_and_nothing_else(carried: tuple[FakeSms, FakePush]) -> None:
    lin = a_reader()
    midnight = now().astimezone(HOME).replace(hour=23, minute=30, second=0, microsecond=0) + timedelta(days=1)
    with at(midnight):
        choose_alerts(lin.id, chosen("sms", "sms", "sms", quiet=NIGHT, debits_pass_quiet=False))
        Message.objects.filter(state="waiting").update(state="expired", sealed=None)
        pays(lin, moment=midnight)
        handlers.on_pin_changed([PinChanged(lin.id, False, midnight)])
        send_due_messages()
        assert [one.text[:30] for one in carried[0].texts if "支付密码" in one.text]
        assert not [one for one in carried[0].texts if "已付" in one.text]
    with at(midnight.replace(hour=6, minute=59) + timedelta(days=1)):
        send_due_messages()
        assert not [one for one in carried[0].texts if "已付" in one.text]
    with at(midnight.replace(hour=7, minute=0, second=1) + timedelta(days=1)):
        send_due_messages()
        assert len([one for one in carried[0].texts if "已付" in one.text]) == 1


def test_safety_goes_to_every_address_whatever_was_chosen(carried: tuple[FakeSms, FakePush]) -> None:
    lin = a_reader()
    pushed_to(lin, "phone")
    pushed_to(lin, "laptop")
    choose_alerts(lin.id, chosen("", "", "", quiet=(time(0, 0), time(23, 59))))
    Message.objects.filter(state="waiting").update(state="expired", sealed=None)
    handlers.on_pin_changed([PinChanged(lin.id, False, now())])
    assert waiting(lin).count(("push", "pin_changed")) == 2
    assert waiting(lin).count(("sms", "pin_changed")) == waiting(lin).count(("email", "pin_changed")) == 1


def test_changing_the_choices_is_told_to_every_address_and_the_same_again_to_nobody() -> None:
    lin = a_reader()
    choose_alerts(lin.id, chosen("", "", ""))
    assert ("sms", "alerts_changed") in waiting(lin) and ("email", "alerts_changed") in waiting(lin)
    before = Message.objects.count()
    choose_alerts(lin.id, chosen("", "", ""))
    assert Message.objects.count() == before
    assert alert_choices(lin.id) == chosen("", "", "")
    assert alert_choices(a_reader().id).channels["debit"] == {"push"}


@pytest.mark.parametrize(
    "choices",
    [
        chosen("pigeon"),
        chosen(threshold=-1),
        chosen(threshold=10**9),
        chosen(quiet=(time(7, 0), time(7, 0))),
        Choices({"debit": frozenset({"push"})}),
    ],
)
def test_choices_that_mean_nothing_are_refused(choices: Choices) -> None:
    with pytest.raises(ChoicesNotUsable):
        choose_alerts(a_reader().id, choices)


def test_staff_read_how_far_it_came_and_not_what_it_said() -> None:
    lin = a_reader()
    pays(lin)
    send_due_messages()
    (line, *_) = delivery_log(lin.id)
    assert (line.channel, line.kind, line.state) == ("sms", "paid", "sent")
    assert "****" in line.to
    assert "¥38" not in str(line)


def test_a_thousand_alerts_take_a_handful_of_statements(django_assert_max_num_queries: Any) -> None:
    readers, bakery = [a_reader() for _ in range(20)], a_shop()
    facts = [
        PaymentCaptured(uuid7(), readers[n % 20].id, bakery.id, uuid7(), f"QH-{n}", f"P {n}", 100 + n, "CNY", now())
        for n in range(1_000)
    ]
    with django_assert_max_num_queries(24):
        handlers.on_payment_captured(facts)
    assert Message.objects.filter(kind="paid").count() == 1_000
