"""The front door of agent actions. Every act needs an open case in the agent's own hands (``CaseNotInHand``).

look_up(employee, case) -> CustomerCard             ActNotAllowed, NoCase, CaseNotFound
look_without_case(employee, glass) -> CustomerCard  ActNotAllowed, GlassNotFound, GlassMended
unmask(employee, case, field, reason) -> value      …, FieldNotMasked, ReasonMissing, TooManyUnmaskings
ask_verification(employee, case) -> Prompt          …, refusals of verification
preview(employee, case, payment, amount, reason)    …, PaymentNotOnCase
propose_refund(employee, case, payment, amount, reason) -> ProposalView
revise_refund(employee, proposal, amount, reason), withdraw_refund(employee, proposal)
    …, ReasonMissing, AmountTooSmall, PaymentNotOnCase, NotVerified, OverCap, OverDayCap, CannotRefund, refusals of approvals
preview_proposal(employee, proposal) -> RefundSlip  ActNotAllowed, CaseNotFound
approve_refund(checker, proposal, payload_hash), reject_refund(checker, proposal, reason)
    the two-person rule, CaseNotInHand, refusals of refunds
way_back(employee, case) -> WayBack                  …; proofs, papers, questions, locks of somebody locked out
start_reset(employee, case, channel) -> masked address          …, ResetNotPossible, TooManyCodes
draw_up_questions(employee, case), score_questions(employee, case, answers)     …, QuestionsAsked
accept_papers(employee, papers), send_back_papers(employee, papers, reason)     refusals of verification, CaseNotInHand
lock_out(employee, case, reason, kind)              …, ReasonMissing
safety_sheet(employee, case) -> SafetySheet         …; locks, devices, payees, decisions, payments, limits, as far as verified
write_safety_check(employee, case, words) -> Found  …, CheckNotVerified; the customer reads it in the case
sign_out(employee, case, device, reason)            …, ReasonMissing, DeviceNotFound
report_for_customer(employee, case, payee, kind)    …, CheckNotVerified, ReportKindUnknown, as risk.report_payee
standing_of(customer) -> Standing                   locks, freeze, marks, devices: for who has looked the customer up
freeze_account(employee, case, mode, reason)        …, ReasonMissing, FreezeModeUnknown
ask_for_papers(employee, case)                      …, NotFrozenAtAll; the customer reads what is wanted and where it goes in
stop_delayed_transfer(employee, case, transfer, reason)   …, TransferNotFound, ReasonMissing, TransferEnded
propose_unfreeze(employee, case, reason)            …, ReasonMissing, NotFrozenAtAll, PapersWanted, refusals of approvals
approve_unfreeze, reject_unfreeze, withdraw_unfreeze
propose_rules(employee, number), approve_rules, reject_rules, withdraw_rules     refusals of approvals and risk
accept_papers of a tier only proposes it; approve_tier, reject_tier, withdraw_tier      two-person rule, ProposalNotFound
tier_proposal(papers) -> ProposalView | None
propose_figure(employee, key, text, day, source)     ActNotAllowed, FigureUnknown, SourceMissing, FigureNotUsable, approvals
approve_figure, reject_figure, withdraw_figure       ProposalNotFound, two-person rule, FigureMoved, ProfileDatedTwice
note_view(employee, verb, customer, subject, case)   a page with something of a customer was opened
propose_directory(employee, change, reason, version)  ActNotAllowed, as official_contacts.publish_change, AlreadyProposed
approve_directory, reject_directory, withdraw_directory; directory_proposed(proposal) -> (what stood, what would)
warn_of_payee(employee, payee, reason) -> until      alone, for a short time: ActNotAllowed, MarkNeedsReason, ReviewedAlready
unmark_payee(employee, payee, kind, reason) -> bool  ActNotAllowed, MarkNeedsReason
propose_payee_mark(employee, payee, mark, reason)   ActNotAllowed, MarkNeedsReason, MarkStands, refusals of approvals
approve_payee_mark, reject_payee_mark, withdraw_payee_mark
find_payee_sound(employee, payee, reason)           ActNotAllowed, MarkNeedsReason
open_payee_check(employee, customer) -> CaseView    ActNotAllowed
propose_fake(employee, text, note_zh, note_en)      ActNotAllowed, FakeNotUsable, FakeIsOurs, FakeListed, approvals
propose_fake_end(employee, fake), approve_fake, reject_fake, withdraw_fake
acts_seen_by_customer(customer) -> [SeenAct]        what the customer reads of all this (a standing report is told later);
    act_seen_by_customer: one
"""

from walletdesk.service.agent_actions.errors import (
    CannotRefund,
    CaseNotInHand,
    CheckNotVerified,
    FieldNotMasked,
    FigureUnknown,
    NoCase,
    NotVerified,
    OverCap,
    OverDayCap,
    PapersWanted,
    PaymentNotOnCase,
)
from walletdesk.service.agent_actions.queries import SeenAct, act_seen_by_customer, acts_seen_by_customer
from walletdesk.service.agent_actions.rules.masking import FIELD_WORDS
from walletdesk.service.agent_actions.rules.safety import MEASURES
from walletdesk.service.agent_actions.services.ask_verification import ask_verification
from walletdesk.service.agent_actions.services.change_directory import (
    approve_directory,
    directory_proposed,
    propose_directory,
    reject_directory,
    withdraw_directory,
)
from walletdesk.service.agent_actions.services.check_safety import (
    SafetySheet,
    Standing,
    safety_sheet,
    standing_of,
    write_safety_check,
)
from walletdesk.service.agent_actions.services.decide_refund import approve_refund, reject_refund
from walletdesk.service.agent_actions.services.freeze_account import (
    approve_unfreeze,
    ask_for_papers,
    freeze_account,
    propose_unfreeze,
    reject_unfreeze,
    withdraw_unfreeze,
)
from walletdesk.service.agent_actions.services.judge_papers import accept_papers, send_back_papers
from walletdesk.service.agent_actions.services.list_fake import (
    approve_fake,
    propose_fake,
    propose_fake_end,
    reject_fake,
    withdraw_fake,
)
from walletdesk.service.agent_actions.services.lock_out import lock_out
from walletdesk.service.agent_actions.services.look_up import CustomerCard, look_up, look_without_case
from walletdesk.service.agent_actions.services.mark_at_once import unmark_payee, warn_of_payee
from walletdesk.service.agent_actions.services.mark_payee import (
    approve_payee_mark,
    find_payee_sound,
    open_payee_check,
    propose_payee_mark,
    reject_payee_mark,
    withdraw_payee_mark,
)
from walletdesk.service.agent_actions.services.note_view import VIEWS, note_view
from walletdesk.service.agent_actions.services.preview_refund import RefundSheet, RefundSlip, preview, preview_proposal
from walletdesk.service.agent_actions.services.propose_refund import propose_refund, revise_refund, withdraw_refund
from walletdesk.service.agent_actions.services.publish_rules import (
    approve_rules,
    propose_rules,
    reject_rules,
    withdraw_rules,
)
from walletdesk.service.agent_actions.services.raise_tier import (
    approve_tier,
    reject_tier,
    tier_proposal,
    withdraw_tier,
)
from walletdesk.service.agent_actions.services.report_for_customer import report_for_customer
from walletdesk.service.agent_actions.services.set_figure import (
    approve_figure,
    propose_figure,
    reject_figure,
    withdraw_figure,
)
from walletdesk.service.agent_actions.services.sign_out import sign_out
from walletdesk.service.agent_actions.services.start_reset import (
    WayBack,
    draw_up_questions,
    score_questions,
    start_reset,
    way_back,
)
from walletdesk.service.agent_actions.services.stop_transfer import stop_delayed_transfer
from walletdesk.service.agent_actions.services.unmask import unmask

__all__ = [
    "FIELD_WORDS",
    "MEASURES",
    "VIEWS",
    "CannotRefund",
    "CaseNotInHand",
    "CheckNotVerified",
    "CustomerCard",
    "FieldNotMasked",
    "FigureUnknown",
    "NoCase",
    "NotVerified",
    "OverCap",
    "OverDayCap",
    "PapersWanted",
    "PaymentNotOnCase",
    "RefundSheet",
    "RefundSlip",
    "SafetySheet",
    "SeenAct",
    "Standing",
    "WayBack",
    "accept_papers",
    "act_seen_by_customer",
    "acts_seen_by_customer",
    "approve_directory",
    "approve_fake",
    "approve_figure",
    "approve_payee_mark",
    "approve_refund",
    "approve_rules",
    "approve_tier",
    "approve_unfreeze",
    "ask_for_papers",
    "ask_verification",
    "directory_proposed",
    "draw_up_questions",
    "find_payee_sound",
    "freeze_account",
    "lock_out",
    "look_up",
    "look_without_case",
    "note_view",
    "open_payee_check",
    "preview",
    "preview_proposal",
    "propose_directory",
    "propose_fake",
    "propose_fake_end",
    "propose_figure",
    "propose_payee_mark",
    "propose_refund",
    "propose_rules",
    "propose_unfreeze",
    "reject_directory",
    "reject_fake",
    "reject_figure",
    "reject_payee_mark",
    "reject_refund",
    "reject_rules",
    "reject_tier",
    "reject_unfreeze",
    "report_for_customer",
    "revise_refund",
    "safety_sheet",
    "score_questions",
    "send_back_papers",
    "sign_out",
    "standing_of",
    "start_reset",
    "stop_delayed_transfer",
    "tier_proposal",
    "unmark_payee",
    "unmask",
    "warn_of_payee",
    "way_back",
    "withdraw_directory",
    "withdraw_fake",
    "withdraw_figure",
    "withdraw_payee_mark",
    "withdraw_refund",
    "withdraw_rules",
    "withdraw_tier",
    "withdraw_unfreeze",
    "write_safety_check",
]
