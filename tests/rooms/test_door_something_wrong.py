"""“Something wrong?” on every kind of line: one tap, the right case, and the desk reads which line it is about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.money import a_key, a_payer, a_payment, a_shop, bank_is, proof_of, yuan
from tests.factories.service import a_desk
from tests.factories.trust import PIN
from tests.factories.wallet_phone import phone_of
from tests.fakes.bank import FakeBank
from walletdesk.doors.customer_web.views.wrong import choices
from walletdesk.foundation.clock.public import at, now
from walletdesk.money.payments.public import activity, start_top_up, transfer
from walletdesk.money.refunds.public import RefundIntent, refund_once
from walletdesk.service.cases.models import CaseBill
from walletdesk.service.cases.public import (
    OpenedElsewhere,
    case_of_customer,
    close_case,
    reopen,
    take_case,
)
from walletdesk.trust.customers.public import CustomerView

pytestmark = pytest.mark.django_db


@pytest.fixture
def lin() -> CustomerView:
    """Somebody with one line of every kind: a payment, its refund, a top-up, money sent and money received."""
    lin = a_payer(500, pin=PIN, email="lin@example.com")
    ming = a_payer(200, name="周明", phone="139 0000 1111", pin=PIN, email="zhou@example.com")
    paid = a_payment(lin, a_shop(), "38.00", "QH-1")
    refund_once(RefundIntent(a_key(), paid.id, 1_000, "merchant"))
    transfer(a_key(), lin.id, ming.id, yuan(20), "rent", proof_of(lin.id))
    transfer(a_key(), ming.id, lin.id, yuan(5), "", proof_of(ming.id))
    with bank_is(FakeBank(decline="card_expired")):
        start_top_up(a_key(), lin.id, yuan(7))
    return lin


def test_each_choice_of_each_line_opens_a_case_that_the_desk_can_read(lin: CustomerView) -> None:
    """Both sides read the receipt number; a second tap answers the first case; the line says that a case is in hand."""
    phone, desk = phone_of(lin), at_desk(a_desk().zhou)
    rows = activity(lin.id).rows
    assert {row.kind for row in rows} == {"payment", "refund", "transfer_out", "transfer_in", "top_up"}
    for row in rows:
        page = phone.get(f"/wallet/bills/{row.id}/", follow=True)
        assert "Something wrong?" in text_of(page), row.kind
        opened = {}
        for choice in choices(row):
            assert choice.words.en in text_of(page)
            answers = {
                phone.post(f"/wallet/bills/{row.id}/wrong/", {"kind": choice.key}).headers["Location"] for _ in range(2)
            }
            (opened[choice.kind],) = answers
            reference = opened[choice.kind].split("/")[-2]
            case = case_of_customer(lin.id, reference)
            assert case.kind == choice.kind
            at_the_desk = text_of(desk.get(reverse("desk-case", args=[reference])))
            assert row.number in at_the_desk, (row.kind, choice.key)
        assert len(set(opened.values())) == len(opened)
        reference = next(iter(opened.values())).split("/")[-2]
        assert reference in text_of(phone.get(f"/wallet/bills/{row.id}/", follow=True))


def test_a_charge_said_to_be_double_brings_the_other_along(lin: CustomerView) -> None:
    """Our rule saw nothing, because the two are a day and an order apart; the customer knows better."""
    shop = a_shop("小站", "Corner shop")
    first = a_payment(lin, shop, "12.00", "A-1")
    with at(now() + timedelta(days=1)):
        second = a_payment(lin, shop, "12.00", "A-2")
        answer = phone_of(lin).post(f"/wallet/bills/{second.id}/wrong/", {"kind": "duplicate_charge"})
    case = case_of_customer(lin.id, answer.headers["Location"].split("/")[-2])
    assert (case.kind, set(case.payment_ids)) == ("duplicate_charge", {first.id, second.id})


def test_one_line_has_one_open_case_of_a_kind_whoever_writes(lin: CustomerView) -> None:
    sent = next(row for row in activity(lin.id).rows if row.kind == "transfer_out")
    phone, agent = phone_of(lin), a_desk().zhou
    wrong = f"/wallet/bills/{sent.id}/wrong/"
    first = case_of_customer(lin.id, phone.post(wrong, {"kind": "not_mine"}).headers["Location"].split("/")[-2])
    assert first.priority == 2
    take_case(agent.id, first.id)
    close_case(agent.id, first.id, "Answered on the telephone")
    again = case_of_customer(lin.id, phone.post(wrong, {"kind": "not_mine"}).headers["Location"].split("/")[-2])
    assert again.id != first.id
    with pytest.raises(OpenedElsewhere):
        reopen(first.id, customer_id=lin.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseBill.objects.create(case_id=again.id, bill_id=sent.id, bill_kind="transfer_out", number=sent.number)


def test_another_s_line_is_not_there(lin: CustomerView) -> None:
    sent = next(row for row in activity(lin.id).rows if row.kind == "transfer_out")
    stranger = phone_of(a_payer(5, name="王", phone="139 0000 2222", pin=PIN, email="wang@example.com"))
    assert stranger.post(f"/wallet/bills/{sent.id}/wrong/", {"kind": "not_mine"}).status_code == 404
    assert phone_of(lin).post(f"/wallet/bills/{sent.id}/wrong/", {"kind": "refund_request"}).status_code == 404
