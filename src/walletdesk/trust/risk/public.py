"""The front door of risk.

    remember_many(asks) -> Memory                       reads under way, for ``in_one_flight``
    decide_many(asks, memory) -> [Decision]             before any lock; refuses nothing
    refusal_of(decision), is_frozen(decision)           what a decision means to a payer
    delay_of(decision), why_delayed(code)               of one that is to wait
    keep_decisions(decisions, done)                     in the payments' transaction, once it is known what moved
    restrict(customer_id, kind, until, reason, by) -> id        MarkNeedsReason
    put_under_review(payee_id, reason, by) -> until             MarkNeedsReason, ReviewedAlready
    lift_restrictions(customer_id, kinds, by) -> int
    restrictions_of(customer_id), marks_in_force(limit)
    write_rules(rules, note, by)                        RulesNeedNote, RulesNotUsable
    publish_rules(number, by)                           RulesNotFound, RulesPublished, OwnRules
    rule_versions(), rule_version(number), rules_in_force(), dry_run(rules, compared_with)
    decision(id), stopped_lately(limit, customer_id), payees_new_since(customer_id, since),
    paid_to(customer_id, payee_id, asset, since), outcomes_since(hours)
    flag_rings(legs), flags(limit), flags_of_customer(customer_id), flag(id), transfers_of(flag)
    report_payee(payer, payee, about, kind, words, reference) -> ReportView
        ReportKindUnknown, ReportOfOneself, ReportedAlready, TooManyReports
    close_reports(payee_id, outcome, by) -> int
    payee_warning(payee_id) -> "" or one of ``WARNING_MARKS``       for the page before a payment
    open_report(payer, payee), reports_on(payee_id), payees_reported(limit)

``Origin`` says from where a wish came, ``UNKNOWN_ORIGIN`` that no door brought it. Facts: ``FreezeOrdered``,
``RestrictionMade``, ``RiskRulesPublished``, ``RiskFlagged``.
"""

from walletdesk.trust.risk.errors import (
    MarkNeedsReason,
    MarkStands,
    PaymentOnHold,
    PaymentStopped,
    ReportedAlready,
    ReportKindUnknown,
    ReviewedAlready,
    RulesNotFound,
    StepUpNeeded,
)
from walletdesk.trust.risk.events import FreezeOrdered, RestrictionMade, RiskFlagged, RiskRulesPublished
from walletdesk.trust.risk.handlers import flag_loops
from walletdesk.trust.risk.queries.decisions import (
    DecisionView,
    decision,
    outcomes_since,
    paid_to,
    payees_new_since,
    stopped_lately,
)
from walletdesk.trust.risk.queries.dry_run import Changed, DryRun, dry_run
from walletdesk.trust.risk.queries.flags import FlagView, SeenLeg, flag, flags, flags_of_customer, transfers_of
from walletdesk.trust.risk.queries.marks import MarkView, marks_in_force, restrictions_of
from walletdesk.trust.risk.queries.recall import Memory
from walletdesk.trust.risk.queries.reports import (
    ReportedPayee,
    ReportView,
    open_report,
    payee_warning,
    payees_reported,
    reports_on,
)
from walletdesk.trust.risk.queries.rule_sets import RuleVersionView, rule_version, rule_versions, rules_in_force
from walletdesk.trust.risk.refusals import Delay, delay_of, is_frozen, refusal_of, why_delayed
from walletdesk.trust.risk.rules.asks import FRESH_PROOF, OUTCOMES, UNKNOWN_ORIGIN, Origin, RiskAsk
from walletdesk.trust.risk.rules.checks import CHECKS, Check
from walletdesk.trust.risk.rules.looks import Decision
from walletdesk.trust.risk.rules.marks import KINDS as MARK_KINDS
from walletdesk.trust.risk.rules.reports import KINDS as SCAM_KINDS
from walletdesk.trust.risk.rules.reports import LASTING as LASTING_MARKS
from walletdesk.trust.risk.rules.reports import WARNING as WARNING_MARKS
from walletdesk.trust.risk.rules.reports import WARNING_WORDS
from walletdesk.trust.risk.rules.rings import Leg
from walletdesk.trust.risk.rules.rule_set import LEVELS, RuleSet, written
from walletdesk.trust.risk.services.decide_many import decide_many, remember_many
from walletdesk.trust.risk.services.flag_rings import flag_rings
from walletdesk.trust.risk.services.keep_decisions import keep_decisions
from walletdesk.trust.risk.services.report_payee import close_reports, report_payee
from walletdesk.trust.risk.services.restrict import lift_restrictions, put_under_review, restrict
from walletdesk.trust.risk.services.write_rules import publish_rules, write_rules

__all__ = [
    "CHECKS",
    "FRESH_PROOF",
    "LASTING_MARKS",
    "LEVELS",
    "MARK_KINDS",
    "OUTCOMES",
    "SCAM_KINDS",
    "UNKNOWN_ORIGIN",
    "WARNING_MARKS",
    "WARNING_WORDS",
    "Changed",
    "Check",
    "Decision",
    "DecisionView",
    "Delay",
    "DryRun",
    "FlagView",
    "FreezeOrdered",
    "Leg",
    "MarkNeedsReason",
    "MarkStands",
    "MarkView",
    "Memory",
    "Origin",
    "PaymentOnHold",
    "PaymentStopped",
    "ReportKindUnknown",
    "ReportView",
    "ReportedAlready",
    "ReportedPayee",
    "RestrictionMade",
    "ReviewedAlready",
    "RiskAsk",
    "RiskFlagged",
    "RiskRulesPublished",
    "RuleSet",
    "RuleVersionView",
    "RulesNotFound",
    "SeenLeg",
    "StepUpNeeded",
    "close_reports",
    "decide_many",
    "decision",
    "delay_of",
    "dry_run",
    "flag",
    "flag_loops",
    "flag_rings",
    "flags",
    "flags_of_customer",
    "is_frozen",
    "keep_decisions",
    "lift_restrictions",
    "marks_in_force",
    "open_report",
    "outcomes_since",
    "paid_to",
    "payee_warning",
    "payees_new_since",
    "payees_reported",
    "publish_rules",
    "put_under_review",
    "refusal_of",
    "remember_many",
    "report_payee",
    "reports_on",
    "restrict",
    "restrictions_of",
    "rule_version",
    "rule_versions",
    "rules_in_force",
    "stopped_lately",
    "transfers_of",
    "why_delayed",
    "write_rules",
    "written",
]
