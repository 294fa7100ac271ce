"""The front door of refunds.

    preview_refund(payment_id, amount) -> RefundPreview     PaymentNotFound; what else is in the way is a check not good
    refund_many([RefundIntent]) -> [Refunded | RefundRefused]
        the key refusals, RefundOfRefund, PaymentNotFound, RefundNotPositive, ApprovalUsed, ApprovalNotGiven,
        RefundExceedsPayment(left), MerchantFrozen, MerchantCannotCover, WalletIsFrozen
        a shop's key names the shop (``merchant_id``): PaymentNotFound for any other's payment, and its keys are its own
    refund_once(intent) -> Refunded                         the same for one, raising
    refunds_of(payment_ids), refund(id), refund_of_approval(approval_id)

Fact: ``RefundPosted``.
"""

from walletdesk.money.refunds.errors import ApprovalNotGiven, ApprovalUsed, MerchantCannotCover, RefundExceedsPayment
from walletdesk.money.refunds.events import RefundPosted
from walletdesk.money.refunds.queries import (
    PreviewBalance,
    PreviewCheck,
    PreviewLine,
    RefundPreview,
    RefundView,
    preview_refund,
    refund,
    refund_of_approval,
    refunds_of,
)
from walletdesk.money.refunds.services.refund_many import (
    Refunded,
    RefundIntent,
    RefundRefused,
    RefundResult,
    refund_many,
    refund_once,
)

__all__ = [
    "ApprovalNotGiven",
    "ApprovalUsed",
    "MerchantCannotCover",
    "PreviewBalance",
    "PreviewCheck",
    "PreviewLine",
    "RefundExceedsPayment",
    "RefundIntent",
    "RefundPosted",
    "RefundPreview",
    "RefundRefused",
    "RefundResult",
    "RefundView",
    "Refunded",
    "preview_refund",
    "refund",
    "refund_many",
    "refund_of_approval",
    "refund_once",
    "refunds_of",
]
