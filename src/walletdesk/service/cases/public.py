"""The front door of cases.

open_case(kind, customer_id, payment_ids, opened_by, title, device, about_employee_id) -> CaseView
    CaseKindUnknown, CaseNotFound (customer or payment not there, or not theirs)
open_about_bill(kind, customer_id, bill_id, title, device) -> CaseView       a line that is no charged payment; as above
case(id), case_by_reference(ref), case_for_employee(employee, ref), case_of_customer(customer, ref), case_of_merchant(merchant, ref)
    CaseNotFound
open_locked_out(recovery, opened_by) -> (case | None, new)     the one case of a locked-out customer
ask_for_code(recovery, channel), ask_for_help(recovery)        done in the background, alike for names of nobody
cases_of_customer, cases_of_merchant, open_cases_of_payments, open_cases_of_bill, search_cases, queue, queue_counts, timeline
take_case(employee, case), assign(by, case, to)
    ActNotAllowed (staff), CaseNotFound, CaseTaken, AboutYou, CaseEventRefused
note_events([Entry])                                   append to timelines
hear_words(case, author, to_customer), wait_for(case, whom), keep_promise(case, kind, actor)
    CaseNotFound, CaseEventRefused
ask_confirmation(case, actor)                          closes by itself after ``case.confirm_days``
confirm_solved(customer, case), not_solved(customer, case), rate(customer, case, stars, words)
    CaseNotFound, CaseEventRefused; RatingRefused, RatedAlready
close_case(employee, case, reason), reopen(case, customer_id=… | employee_id=…)
    ActNotAllowed, ReasonMissing, CaseNotFound, CaseEventRefused, OpenedElsewhere
spoken_duration(seconds)                               “7 minutes”, in both languages
device_block(user_agent)                               what the browser says about itself
"""

from walletdesk.service.cases.errors import (
    AboutYou,
    CaseEventRefused,
    CaseKindUnknown,
    CaseNotFound,
    CaseTaken,
    OpenedElsewhere,
    RatedAlready,
    RatingRefused,
    ReasonMissing,
)
from walletdesk.service.cases.events import CaseChanged, CaseClosed, CaseOpened
from walletdesk.service.cases.queries import (
    CaseView,
    PromiseView,
    TimelineView,
    case,
    case_by_reference,
    case_for_employee,
    case_of_customer,
    case_of_merchant,
    cases_by_age,
    cases_of_customer,
    cases_of_merchant,
    open_cases_of_bill,
    open_cases_of_payments,
    promises_counted,
    queue,
    queue_counts,
    search_cases,
    timeline,
)
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor, the_agent, the_customer, the_merchant
from walletdesk.service.cases.rules.device import device_block
from walletdesk.service.cases.rules.restored import spoken_duration
from walletdesk.service.cases.services.ask_confirmation import ask_confirmation, close_unconfirmed
from walletdesk.service.cases.services.break_due_promises import break_due_promises
from walletdesk.service.cases.services.close_case import close_case, confirm_solved
from walletdesk.service.cases.services.hear_words import hear_words, wait_for
from walletdesk.service.cases.services.help_back_in import ask_for_code, ask_for_help
from walletdesk.service.cases.services.keep_promise import keep_promise
from walletdesk.service.cases.services.money_entries import proposal_entry, refund_entry
from walletdesk.service.cases.services.note_events import Entry, note_events
from walletdesk.service.cases.services.open_about_bill import open_about_bill
from walletdesk.service.cases.services.open_cases import open_case
from walletdesk.service.cases.services.open_locked_out import open_locked_out
from walletdesk.service.cases.services.rate_case import rate
from walletdesk.service.cases.services.reopen_case import not_solved, reopen
from walletdesk.service.cases.services.take_case import assign, take_case

__all__ = [
    "THE_SYSTEM",
    "AboutYou",
    "Actor",
    "CaseChanged",
    "CaseClosed",
    "CaseEventRefused",
    "CaseKindUnknown",
    "CaseNotFound",
    "CaseOpened",
    "CaseTaken",
    "CaseView",
    "Entry",
    "OpenedElsewhere",
    "PromiseView",
    "RatedAlready",
    "RatingRefused",
    "ReasonMissing",
    "TimelineView",
    "ask_confirmation",
    "ask_for_code",
    "ask_for_help",
    "assign",
    "break_due_promises",
    "case",
    "case_by_reference",
    "case_for_employee",
    "case_of_customer",
    "case_of_merchant",
    "cases_by_age",
    "cases_of_customer",
    "cases_of_merchant",
    "close_case",
    "close_unconfirmed",
    "confirm_solved",
    "device_block",
    "hear_words",
    "keep_promise",
    "not_solved",
    "note_events",
    "open_about_bill",
    "open_case",
    "open_cases_of_bill",
    "open_cases_of_payments",
    "open_locked_out",
    "promises_counted",
    "proposal_entry",
    "queue",
    "queue_counts",
    "rate",
    "refund_entry",
    "reopen",
    "search_cases",
    "spoken_duration",
    "take_case",
    "the_agent",
    "the_customer",
    "the_merchant",
    "timeline",
    "wait_for",
]
