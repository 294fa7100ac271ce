"""What went wrong in Linjiang today: a handful of live problems, waiting in the queue when the demo opens."""

from __future__ import annotations

from datetime import datetime, timedelta

from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.clock.public import at
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.public import payments_of_customer, start_top_up
from walletdesk.project.city.arrivals import Residents
from walletdesk.project.city.life import Purchase
from walletdesk.project.city.purchases import buy
from walletdesk.service.cases.public import device_block, open_case, take_case, the_customer
from walletdesk.service.conversations.public import say

LIN, BAKERY = 0, 0
PHONE = "Mozilla/5.0 (Linux; Android 14; MNA-AL00) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
ASKED = (
    # citizen, kind, minutes ago, words
    (11, "not_mine", 38, "这一笔我不认识，那天我在家。"),
    (23, "refund_request", 95, "买的杯子是碎的，店里说要找你们。"),
    (30, "record_wrong", 140, "The amount is not what the till showed me."),
    (47, "payment_problem", 17, "付款成功了，店里说没有收到。"),
    (60, "question", 55, "Which limit applies to me when I travel?"),
    (71, "not_mine", 8, "凌晨有一笔打车，不是我叫的。"),
)


def make_troubles(residents: Residents, present: datetime) -> None:
    """The double charge first, so that its promise is the nearest; then questions from six others."""
    double_charge(residents, present - timedelta(minutes=14))
    double_charge(residents, present - timedelta(minutes=52), citizen=5, shop=4, minor=4_600, reference="JP-0552")
    for citizen, kind, minutes, words in ASKED:
        with at(present - timedelta(minutes=minutes)):
            complain(residents, citizen, kind, words)
    with at(present - timedelta(minutes=3)):
        start_top_up(f"city-today-{residents.customers[LIN]}", residents.customers[LIN], Amount(20_000, CNY))
        deliver_all()


def double_charge(
    residents: Residents,
    moment: datetime,
    citizen: int = LIN,
    shop: int = BAKERY,
    minor: int = 3_800,
    reference: str = "QH-0832",
) -> None:
    """The till loses its network, asks again for the same purchase, and the customer pays again, twelve seconds later."""
    customer_id = residents.customers[citizen]
    with at(moment - timedelta(hours=3)):
        start_top_up(f"city-before-{reference}", customer_id, Amount(200_000, CNY))
        deliver_all()
    purchase = (Purchase(citizen, shop, minor, reference),)
    for seconds in (0, 12):
        with at(moment + timedelta(seconds=seconds)):
            buy(residents, purchase)
            deliver_all()


def complain(residents: Residents, citizen: int, kind: str, words: str) -> None:
    """A customer asks from the phone about their last payment; an agent of Payments takes every second one."""
    customer_id = residents.customers[citizen]
    concerned = [] if kind == "question" else [one.id for one in payments_of_customer(customer_id, limit=1)]
    asker = the_customer(customer_id)
    case = open_case(kind, customer_id, concerned, asker, device=device_block(PHONE))
    say(case.id, asker, words)
    if citizen % 2:
        take_case(residents.employees["1025"], case.id)
    deliver_all()
