"""When this happened, then that hears it: the only place where it is written.

A handler takes a list of facts of one kind, takes effect in one transaction with its mark "delivered", and is safe to run
twice. Its name is kept with each stored delivery: rename one only together with what is still to be delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from walletdesk.foundation.outbox.public import Fact, register_route
from walletdesk.money.payments import handlers as payments
from walletdesk.money.payments.public import DuplicateSuspected, PaymentCaptured, TopUpSettled, TransferMade
from walletdesk.money.refunds.public import RefundPosted
from walletdesk.money.wallets import handlers as wallets
from walletdesk.money.wallets.public import WalletFrozen, WalletUnfrozen
from walletdesk.service.cases import handlers as cases
from walletdesk.service.notifications import handlers as notifications
from walletdesk.trust.approvals.public import ProposalDecided, ProposalExpired, ProposalMade
from walletdesk.trust.customers.public import CustomerRegistered, PinChanged, PinLockedOut
from walletdesk.trust.risk import handlers as risk
from walletdesk.trust.verification.public import AgentDisowned, CustomerVerified, VerificationAsked

Handler = Callable[[list[Any]], None]

ROUTES: dict[type[Fact], dict[str, Handler]] = {
    CustomerRegistered: {
        "wallets.customer_registered": wallets.on_customer_registered,
        "notifications.customer_registered": notifications.on_customer_registered,
    },
    PinChanged: {"notifications.pin_changed": notifications.on_pin_changed},
    PinLockedOut: {"notifications.pin_locked_out": notifications.on_pin_locked_out},
    PaymentCaptured: {
        "payments.payment_captured": payments.on_payment_captured,
        "notifications.payment_captured": notifications.on_payment_captured,
    },
    DuplicateSuspected: {"cases.duplicate_suspected": cases.on_duplicate_suspected},
    TopUpSettled: {"notifications.top_up_settled": notifications.on_top_up_settled},
    TransferMade: {
        "risk.transfer_made": risk.flag_loops,
        "notifications.transfer_made": notifications.on_transfer_made,
    },
    RefundPosted: {
        "cases.refund_posted": cases.on_refund_posted,
        "notifications.refund_posted": notifications.on_refund_posted,
    },
    WalletFrozen: {"notifications.wallet_frozen": notifications.on_wallet_frozen},
    WalletUnfrozen: {"notifications.wallet_unfrozen": notifications.on_wallet_unfrozen},
    VerificationAsked: {
        "cases.verification_asked": cases.on_verification_asked,
        "notifications.verification_asked": notifications.on_verification_asked,
    },
    CustomerVerified: {"cases.customer_verified": cases.on_customer_verified},
    AgentDisowned: {"cases.agent_disowned": cases.on_agent_disowned},
    ProposalMade: {"cases.proposal_made": cases.on_proposal_made},
    ProposalDecided: {"cases.proposal_decided": cases.on_proposal_decided},
    ProposalExpired: {"cases.proposal_expired": cases.on_proposal_expired},
}


def declare() -> None:
    """Tell the outbox every route."""
    for kind, hearers in ROUTES.items():
        for name, handler in hearers.items():
            register_route(kind, handler, name)
