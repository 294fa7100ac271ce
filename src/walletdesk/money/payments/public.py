"""The front door of payments. What each verb refuses, in the order tried, stands in its docstring.

    orders      create_order, create_orders, cancel_order, read_code, order, orders, orders_of, suggest_order_reference
    paying      pay, pay_many                       one is a batch of one
    transfers   transfer, transfer_many
    top-ups     start_top_up, start_top_ups, settle_top_ups, top_up, open_top_ups; the bank joins by use_bank (BankGateway)
    payments    payment, payments, payment_by_number, payments_of_customer, payments_of_merchant, duplicate_pairs
    bills       activity, activity_row, activity_totals, statement_rows, refusal_of_code
    takings     takings, takings_by_day
    refunds     lock_payments, note_refunded_many, in_one_go, … for the refunds room alone

Facts: OrderCreated, OrderCancelled, PaymentCaptured, DuplicateSuspected, TopUpSettled, TransferMade.
"""

from walletdesk.money.payments.errors import NotEnoughMoney, OutcomeUnknown, PaymentNotFound
from walletdesk.money.payments.events import (
    DuplicateSuspected,
    OrderCancelled,
    OrderCreated,
    PaymentCaptured,
    TopUpSettled,
    TransferMade,
)
from walletdesk.money.payments.ports import BankAnswer, BankGateway, use_bank
from walletdesk.money.payments.queries.activity import (
    ActivityRow,
    Page,
    StatementRow,
    activity,
    activity_row,
    activity_totals,
    statement_rows,
)
from walletdesk.money.payments.queries.orders import OrderView, order, orders, orders_of, suggest_order_reference
from walletdesk.money.payments.queries.payments import (
    DuplicateView,
    PaymentView,
    RefundNote,
    duplicate_pairs,
    payment,
    payment_by_number,
    payments,
    payments_of_customer,
    payments_of_merchant,
)
from walletdesk.money.payments.queries.reasons import refusal_of_code
from walletdesk.money.payments.queries.takings import Takings, takings, takings_by_day
from walletdesk.money.payments.queries.top_ups import TopUpView, open_top_ups, top_up
from walletdesk.money.payments.services.in_one_go import in_one_go
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.make_orders import OrderRequest, cancel_order, create_order, create_orders
from walletdesk.money.payments.services.note_refunds import lock_payments, note_refunded_many
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.payments.services.pay_many import Paid, PayIntent, PayResult, Refused, pay, pay_many
from walletdesk.money.payments.services.read_code import read_code
from walletdesk.money.payments.services.settle_top_ups import settle_top_ups
from walletdesk.money.payments.services.start_top_ups import TopUpRequest, start_top_up, start_top_ups
from walletdesk.money.payments.services.transfer_many import (
    TransferIntent,
    Transferred,
    TransferRefused,
    transfer,
    transfer_many,
)
from walletdesk.money.payments.services.what_the_books_said import Declines, read_declines

__all__ = [
    "ActivityRow",
    "BankAnswer",
    "BankGateway",
    "Declines",
    "DuplicateSuspected",
    "DuplicateView",
    "NotEnoughMoney",
    "OrderCancelled",
    "OrderCreated",
    "OrderRequest",
    "OrderView",
    "OutcomeUnknown",
    "Page",
    "Paid",
    "PayIntent",
    "PayResult",
    "PaymentCaptured",
    "PaymentNotFound",
    "PaymentView",
    "RefundNote",
    "Refused",
    "StatementRow",
    "Takings",
    "TopUpRequest",
    "TopUpSettled",
    "TopUpView",
    "TransferIntent",
    "TransferMade",
    "TransferRefused",
    "Transferred",
    "activity",
    "activity_row",
    "activity_totals",
    "answer_of_key",
    "cancel_order",
    "create_order",
    "create_orders",
    "duplicate_pairs",
    "in_one_go",
    "lock_payments",
    "note_refunded_many",
    "number_receipts",
    "open_top_ups",
    "order",
    "orders",
    "orders_of",
    "pay",
    "pay_many",
    "payment",
    "payment_by_number",
    "payments",
    "payments_of_customer",
    "payments_of_merchant",
    "read_code",
    "read_declines",
    "refusal_of_code",
    "refused_by_key",
    "settle_top_ups",
    "start_top_up",
    "start_top_ups",
    "statement_rows",
    "suggest_order_reference",
    "takings",
    "takings_by_day",
    "top_up",
    "transfer",
    "transfer_many",
    "use_bank",
]
