"""The front door of payments. What each verb refuses, in the order tried, stands in its docstring.

    orders      create_order, create_orders, cancel_order, read_code, order, orders, orders_of, suggest_order_reference
    paying      pay, pay_many                       one is a batch of one
    holding     authorise, capture, void, each also for many; hold, holds, holds_of_merchant, holds_of_customer
    transfers   transfer, transfer_many; for later: schedule, schedule_many, cancel_transfer, cancel_many;
                transfer_view, transfer_views, transfers_of, scheduled_of;
                of those that risk delayed: stop_transfer, stop_token, stoppable, stop_by_link
    testing     test_customers                      of a shop's test twin
    top-ups     start_top_up, start_top_ups, settle_top_ups, top_up, open_top_ups; the bank joins by use_bank (BankGateway)
    payments    payment, payments, payment_by_number, payments_of_customer, payments_of_merchant, duplicate_pairs,
                likely_twin
    bills       activity, activity_row, activity_totals, statement_rows, refusal_of_code
    takings     takings, takings_by_day, shop_statement
    refunds     lock_payments, note_refunded_many, in_one_go, … for the refunds room alone
    outcomes    known_outcome: a transaction around money whose lost answer is decided, not guessed

Facts: OrderCreated, OrderCancelled, PaymentAuthorised, PaymentCaptured, PaymentVoided, DuplicateSuspected, TopUpSettled,
TransferScheduled, TransferDelayed, TransferMade, TransferCancelled.
"""

from walletdesk.money.payments.errors import (
    NotEnoughMoney,
    OrderNotFound,
    OutcomeUnknown,
    PaymentNotFound,
    ReferenceUsed,
    StopLinkOver,
    TransferEnded,
    TransferNotFound,
)
from walletdesk.money.payments.events import (
    DuplicateSuspected,
    OrderCancelled,
    OrderCreated,
    PaymentAuthorised,
    PaymentCaptured,
    PaymentVoided,
    TopUpSettled,
    TransferCancelled,
    TransferDelayed,
    TransferMade,
    TransferScheduled,
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
from walletdesk.money.payments.queries.holds import HoldView, hold, holds, holds_of_customer, holds_of_merchant
from walletdesk.money.payments.queries.orders import OrderView, order, orders, orders_of, suggest_order_reference
from walletdesk.money.payments.queries.payments import (
    DuplicateView,
    PaymentView,
    RefundNote,
    duplicate_pairs,
    likely_twin,
    payment,
    payment_by_number,
    payments,
    payments_of_customer,
    payments_of_merchant,
)
from walletdesk.money.payments.queries.reasons import refusal_of_code
from walletdesk.money.payments.queries.shop_statement import ShopLine, shop_statement
from walletdesk.money.payments.queries.takings import Takings, takings, takings_by_day
from walletdesk.money.payments.queries.top_ups import TopUpView, open_top_ups, top_up
from walletdesk.money.payments.queries.transfers import (
    TransferView,
    scheduled_of,
    transfer_view,
    transfer_views,
    transfers_of,
)
from walletdesk.money.payments.services.authorise_many import AuthoriseIntent, authorise, authorise_many
from walletdesk.money.payments.services.cancel_transfers import (
    Cancelled,
    CancelTransferIntent,
    cancel_many,
    cancel_transfer,
)
from walletdesk.money.payments.services.capture_many import CaptureIntent, capture, capture_many
from walletdesk.money.payments.services.hold_results import HoldDone, HoldRefused
from walletdesk.money.payments.services.in_one_go import in_one_go
from walletdesk.money.payments.services.judge_transfers import NOBODY, TransferIntent, TransferRefused
from walletdesk.money.payments.services.key_answers import answer_of_key, refused_by_key
from walletdesk.money.payments.services.known_outcome import known_outcome
from walletdesk.money.payments.services.make_orders import OrderRequest, cancel_order, create_order, create_orders
from walletdesk.money.payments.services.make_test_customers import TestCustomer, test_customers
from walletdesk.money.payments.services.note_refunds import lock_payments, note_refunded_many
from walletdesk.money.payments.services.number_receipts import number_receipts
from walletdesk.money.payments.services.pay_many import Paid, PayIntent, PayResult, Refused, pay, pay_many
from walletdesk.money.payments.services.read_code import read_code
from walletdesk.money.payments.services.schedule_many import Scheduled, ScheduleIntent, schedule, schedule_many
from walletdesk.money.payments.services.settle_top_ups import settle_top_ups
from walletdesk.money.payments.services.start_top_ups import TopUpRequest, start_top_up, start_top_ups
from walletdesk.money.payments.services.stop_transfers import stop_by_link, stop_token, stop_transfer, stoppable
from walletdesk.money.payments.services.transfer_many import Transferred, transfer, transfer_many
from walletdesk.money.payments.services.void_many import VoidIntent, void, void_many
from walletdesk.money.payments.services.what_the_books_said import Declines, read_declines

__all__ = [
    "NOBODY",
    "ActivityRow",
    "AuthoriseIntent",
    "BankAnswer",
    "BankGateway",
    "CancelTransferIntent",
    "Cancelled",
    "CaptureIntent",
    "Declines",
    "DuplicateSuspected",
    "DuplicateView",
    "HoldDone",
    "HoldRefused",
    "HoldView",
    "NotEnoughMoney",
    "OrderCancelled",
    "OrderCreated",
    "OrderNotFound",
    "OrderRequest",
    "OrderView",
    "OutcomeUnknown",
    "Page",
    "Paid",
    "PayIntent",
    "PayResult",
    "PaymentAuthorised",
    "PaymentCaptured",
    "PaymentNotFound",
    "PaymentView",
    "PaymentVoided",
    "ReferenceUsed",
    "RefundNote",
    "Refused",
    "ScheduleIntent",
    "Scheduled",
    "ShopLine",
    "StatementRow",
    "StopLinkOver",
    "Takings",
    "TestCustomer",
    "TopUpRequest",
    "TopUpSettled",
    "TopUpView",
    "TransferCancelled",
    "TransferDelayed",
    "TransferEnded",
    "TransferIntent",
    "TransferMade",
    "TransferNotFound",
    "TransferRefused",
    "TransferScheduled",
    "TransferView",
    "Transferred",
    "VoidIntent",
    "activity",
    "activity_row",
    "activity_totals",
    "answer_of_key",
    "authorise",
    "authorise_many",
    "cancel_many",
    "cancel_order",
    "cancel_transfer",
    "capture",
    "capture_many",
    "create_order",
    "create_orders",
    "duplicate_pairs",
    "hold",
    "holds",
    "holds_of_customer",
    "holds_of_merchant",
    "in_one_go",
    "known_outcome",
    "likely_twin",
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
    "schedule",
    "schedule_many",
    "scheduled_of",
    "settle_top_ups",
    "shop_statement",
    "start_top_up",
    "start_top_ups",
    "statement_rows",
    "stop_by_link",
    "stop_token",
    "stop_transfer",
    "stoppable",
    "suggest_order_reference",
    "takings",
    "takings_by_day",
    "test_customers",
    "top_up",
    "transfer",
    "transfer_many",
    "transfer_view",
    "transfer_views",
    "transfers_of",
    "use_bank",
    "void",
    "void_many",
]
