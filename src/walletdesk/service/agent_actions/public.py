"""The front door of agent actions. Every act needs an open case in the agent's own hands (``CaseNotInHand``).

look_up(employee, case) -> CustomerCard             ActNotAllowed, NoCase, CaseNotFound
unmask(employee, case, field, reason) -> value      …, FieldNotMasked, ReasonMissing
ask_verification(employee, case) -> Prompt          …, refusals of verification
preview(employee, case, payment, amount, reason)    …, PaymentNotOnCase
propose_refund(employee, case, payment, amount, reason) -> ProposalView
revise_refund(employee, proposal, amount, reason), withdraw_refund(employee, proposal)
    …, ReasonMissing, AmountTooSmall, PaymentNotOnCase, NotVerified, OverCap, CannotRefund, refusals of approvals
preview_proposal(employee, proposal) -> RefundSlip  ActNotAllowed, CaseNotFound
approve_refund(checker, proposal, payload_hash), reject_refund(checker, proposal, reason)
    the two-person rule, CaseNotInHand, refusals of refunds
acts_seen_by_customer(customer) -> [SeenAct]        what the customer reads of all this
"""

from walletdesk.service.agent_actions.errors import (
    CannotRefund,
    CaseNotInHand,
    FieldNotMasked,
    NoCase,
    NotVerified,
    OverCap,
    PaymentNotOnCase,
)
from walletdesk.service.agent_actions.queries import SeenAct, acts_seen_by_customer
from walletdesk.service.agent_actions.rules.masking import FIELD_WORDS
from walletdesk.service.agent_actions.services.ask_verification import ask_verification
from walletdesk.service.agent_actions.services.decide_refund import approve_refund, reject_refund
from walletdesk.service.agent_actions.services.look_up import CustomerCard, look_up
from walletdesk.service.agent_actions.services.preview_refund import RefundSheet, RefundSlip, preview, preview_proposal
from walletdesk.service.agent_actions.services.propose_refund import propose_refund, revise_refund, withdraw_refund
from walletdesk.service.agent_actions.services.unmask import unmask

__all__ = [
    "FIELD_WORDS",
    "CannotRefund",
    "CaseNotInHand",
    "CustomerCard",
    "FieldNotMasked",
    "NoCase",
    "NotVerified",
    "OverCap",
    "PaymentNotOnCase",
    "RefundSheet",
    "RefundSlip",
    "SeenAct",
    "acts_seen_by_customer",
    "approve_refund",
    "ask_verification",
    "look_up",
    "preview",
    "preview_proposal",
    "propose_refund",
    "reject_refund",
    "revise_refund",
    "unmask",
    "withdraw_refund",
]
