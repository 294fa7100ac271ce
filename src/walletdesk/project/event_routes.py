"""When this happened, then that hears it: the only place where it is written.

A handler takes a list of facts of one kind, takes effect in one transaction with its mark "delivered", and is safe to run
twice. Its name is kept with each stored delivery: rename one only together with what is still to be delivered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from walletdesk.foundation.identity.public import (
    AddressChanged,
    DeviceAdded,
    DeviceEnded,
    FactorAdded,
    FactorRemoved,
    PasswordChanged,
    PasswordDue,
    SignInAsked,
    SignInDenied,
    SignInLocked,
)
from walletdesk.foundation.outbox.public import Fact, register_route
from walletdesk.money.agreements import handlers as agreements
from walletdesk.money.agreements.public import AgreementAccepted, AgreementEnded
from walletdesk.money.ledger.public import BooksFoundWrong
from walletdesk.money.payments import handlers as payments
from walletdesk.money.payments.public import (
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
)
from walletdesk.money.refunds.public import RefundPosted
from walletdesk.money.wallets import handlers as wallets
from walletdesk.money.wallets.public import OwnLimitChanged, OwnLimitRaiseCancelled, WalletFrozen, WalletUnfrozen
from walletdesk.service.cases import handlers as cases
from walletdesk.service.cases.public import CaseClosed, CaseOpened
from walletdesk.service.conversations.public import MessageSaid
from walletdesk.service.freezes import handlers as freezes
from walletdesk.service.notifications import handlers as notifications
from walletdesk.service.oversight import handlers as oversight
from walletdesk.service.webhooks import handlers as webhooks
from walletdesk.trust.api_keys.public import ApiKeyExpired, ApiKeyMade, ApiKeyRevoked
from walletdesk.trust.approvals.public import ProposalDecided, ProposalExpired, ProposalMade, TwoPersonRuleTried
from walletdesk.trust.customers import handlers as customers
from walletdesk.trust.customers.public import CustomerRegistered, PinChanged, PinLockedOut, TierChanged
from walletdesk.trust.risk import handlers as risk
from walletdesk.trust.risk.public import FreezeOrdered
from walletdesk.trust.verification import handlers as verification
from walletdesk.trust.verification.public import (
    AccountLocked,
    AccountUnlocked,
    AgentDisowned,
    CustomerVerified,
    PapersDecided,
    PapersHandedIn,
    ProofGiven,
    RecoveryFinished,
    ResetStarted,
    VerificationAsked,
)

Handler = Callable[[list[Any]], None]

ROUTES: dict[type[Fact], dict[str, Handler]] = {
    CustomerRegistered: {
        "wallets.customer_registered": wallets.on_customer_registered,
        "agreements.customer_registered": agreements.on_customer_registered,
        "notifications.customer_registered": notifications.on_customer_registered,
    },
    PinChanged: {"notifications.pin_changed": notifications.on_pin_changed},
    PinLockedOut: {"notifications.pin_locked_out": notifications.on_pin_locked_out},
    PaymentCaptured: {
        "payments.payment_captured": payments.on_payment_captured,
        "notifications.payment_captured": notifications.on_payment_captured,
    },
    PaymentAuthorised: {"notifications.payment_authorised": notifications.on_payment_authorised},
    PaymentVoided: {"notifications.payment_voided": notifications.on_payment_voided},
    TransferDelayed: {"notifications.transfer_delayed": notifications.on_transfer_delayed},
    TransferCancelled: {"notifications.transfer_cancelled": notifications.on_transfer_cancelled},
    AgreementAccepted: {"notifications.agreement_accepted": notifications.on_agreement_accepted},
    AgreementEnded: {"notifications.agreement_ended": notifications.on_agreement_ended},
    ApiKeyMade: {"notifications.api_key_made": notifications.on_api_key_made},
    ApiKeyRevoked: {"notifications.api_key_revoked": notifications.on_api_key_revoked},
    ApiKeyExpired: {"notifications.api_key_expired": notifications.on_api_key_expired},
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
    FreezeOrdered: {"freezes.freeze_ordered": freezes.on_freeze_ordered},
    WalletFrozen: {
        "payments.wallet_frozen": payments.on_wallet_frozen,
        "notifications.wallet_frozen": notifications.on_wallet_frozen,
    },
    WalletUnfrozen: {"notifications.wallet_unfrozen": notifications.on_wallet_unfrozen},
    VerificationAsked: {
        "cases.verification_asked": cases.on_verification_asked,
        "notifications.verification_asked": notifications.on_verification_asked,
    },
    CustomerVerified: {"cases.customer_verified": cases.on_customer_verified},
    AgentDisowned: {
        "cases.agent_disowned": cases.on_agent_disowned,
        "oversight.agent_disowned": oversight.on_agent_disowned,
    },
    BooksFoundWrong: {"oversight.books_found_wrong": oversight.on_books_found_wrong},
    ProofGiven: {"cases.proof_given": cases.on_proof_given},
    PapersHandedIn: {"cases.papers_handed_in": cases.on_papers_handed_in},
    PapersDecided: {
        "cases.papers_decided": cases.on_papers_decided,
        "notifications.papers_decided": notifications.on_papers_decided,
    },
    ResetStarted: {
        "cases.reset_started": cases.on_reset_started,
        "notifications.reset_started": notifications.on_reset_started,
    },
    RecoveryFinished: {
        "cases.recovery_finished": cases.on_recovery_finished,
        "notifications.recovery_finished": notifications.on_recovery_finished,
    },
    SignInLocked: {
        "verification.sign_in_locked": verification.on_sign_in_locked,
        "notifications.sign_in_locked": notifications.on_sign_in_locked,
    },
    SignInAsked: {"notifications.sign_in_asked": notifications.on_sign_in_asked},
    SignInDenied: {
        "verification.sign_in_denied": verification.on_sign_in_denied,
        "notifications.sign_in_denied": notifications.on_sign_in_denied,
    },
    DeviceAdded: {"notifications.device_added": notifications.on_device_added},
    DeviceEnded: {"notifications.device_ended": notifications.on_device_ended},
    PasswordChanged: {
        "verification.password_changed": verification.on_password_changed,
        "notifications.password_changed": notifications.on_password_changed,
    },
    PasswordDue: {"notifications.password_due": notifications.on_password_due},
    FactorAdded: {"notifications.factor_added": notifications.on_factor_added},
    FactorRemoved: {"notifications.factor_removed": notifications.on_factor_removed},
    AddressChanged: {
        "customers.address_changed": customers.on_address_changed,
        "notifications.address_changed": notifications.on_address_changed,
    },
    AccountLocked: {"notifications.account_locked": notifications.on_account_locked},
    AccountUnlocked: {"notifications.account_unlocked": notifications.on_account_unlocked},
    OwnLimitChanged: {"notifications.own_limit_changed": notifications.on_own_limit_changed},
    OwnLimitRaiseCancelled: {"notifications.own_limit_raise_cancelled": notifications.on_own_limit_raise_cancelled},
    TierChanged: {"notifications.tier_changed": notifications.on_tier_changed},
    ProposalMade: {"cases.proposal_made": cases.on_proposal_made},
    ProposalDecided: {
        "cases.proposal_decided": cases.on_proposal_decided,
        "oversight.proposal_decided": oversight.on_proposal_decided,
    },
    TwoPersonRuleTried: {"oversight.two_person_rule_tried": oversight.on_two_person_rule_tried},
    ProposalExpired: {"cases.proposal_expired": cases.on_proposal_expired},
}

TOLD_TO_OTHER_SOFTWARE: tuple[type[Fact], ...] = (
    OrderCreated,
    OrderCancelled,
    PaymentAuthorised,
    PaymentCaptured,
    PaymentVoided,
    RefundPosted,
    TransferMade,
    TransferCancelled,
    AgreementAccepted,
    AgreementEnded,
    CaseOpened,
    CaseClosed,
    MessageSaid,
)
"""One listener for all of them, so that webhooks are written down in the order in which things happened."""


def declare() -> None:
    """Tell the outbox every route."""
    for kind in TOLD_TO_OTHER_SOFTWARE:
        register_route(kind, webhooks.on_what_happened, "webhooks.what_happened")
    for kind, hearers in ROUTES.items():
        for name, handler in hearers.items():
            register_route(kind, handler, name)
