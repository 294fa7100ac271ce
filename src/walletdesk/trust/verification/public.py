"""The front door of verification.

Asking the customer's device
    ask_customer(case, customer, employee, reference) -> Prompt
        CustomerNotFound, AgentMayNotAsk, PromptOpenAlready, TooManyPrompts(retry_after)
    answer_prompt(customer, prompt, genuine) -> VerificationLevel       PromptNotFound, PromptAnswered, PromptExpired
    note_signed_in(case, customer), expire_prompts(), level_of(case)    levels 0 to 3: ``rules/levels.py``
    open_prompt, prompt, open_prompt_of_case, prompts_of_case
One-time codes, bound to a purpose and a subject
    make_code(purpose, subject, channel, shape="digits") -> MadeCode    TooManyCodes(retry_after)
    prove_code(purpose, subject, typed) -> CodeProof                    CodeRunOut, CodeWrong; never in a transaction
The way back (which proofs, and what they are worth: ``rules/proofs.py``)
    begin_recovery(channel, name, language) -> RecoveryView             TooManyWaysBack; alike for names of nobody
    make_recovery_code(recovery, channel) -> CodeToSend                 RecoveryOver, TooManyCodes
    prove_by_code(recovery, channel, typed), try_code(…)                RecoveryOver, CodeRunOut, CodeWrong
    prove_by_factor(recovery, kind, typed)                              RecoveryOver, ProofWrong
    prove_by_passkey(recovery, owner)                                   RecoveryOver, ProofWrong
    attach_case(recovery, case), channels_left(recovery_view)
    reset_sheet(employee, case, customer), start_reset(employee, case, customer, channel, language, since) -> CodeToSend
        ActNotAllowed, ResetNotPossible(why), TooManyCodes
    open_reset(recovery, typed) -> RecoveryView                         RecoveryOver, CodeRunOut
    check_recovery(recovery), finish_recovery(recovery, password, lost_factors=False)
        RecoveryOver, NotEnoughProofs, LockStays, PasswordNotUsable
    recovery, recovery_of_case, resets_of_case, time_to_restore(channels)
Papers
    hand_in_to_unlock(recovery, document, photos), hand_in_to_lift(customer, case, document, photos)
    hand_in_for_tier(customer, document, photos)
        RecoveryOver, PapersWaiting, PapersMissing, refusals of files, PhotoNotUsable
    accept_papers(employee, papers, handler), reject_papers(employee, papers, reason, handler)
        ActNotAllowed, PapersNotFound, PapersDecided, NotForYou, ReasonMissing
    papers, waiting_papers, decided_papers, papers_of_customer, papers_of_case, papers_accepted_since, may_judge
Locks (why, and what opens them: ``rules/locks.py``)
    lock_account(customer, reason, by, until, note), lock_by_desk(employee, customer, case, reason, kind)
    locks_of(customer), sign_in_lock(user) -> LockView | None
Supporting questions
    ask_questions(case, customer, employee, questions), answer_questions(sheet, answers), sheet_of_case(case)
        QuestionsAsked
"""

from walletdesk.trust.verification.errors import (
    CodeRunOut,
    CodeWrong,
    LockStays,
    NotEnoughProofs,
    PapersNotFound,
    ProofWrong,
    RecoveryOver,
    TooManyCodes,
    TooManyWaysBack,
)
from walletdesk.trust.verification.events import (
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
from walletdesk.trust.verification.queries.levels import (
    Prompt,
    VerificationLevel,
    level_of,
    open_prompt,
    open_prompt_of_case,
    prompt,
    prompts_of_case,
)
from walletdesk.trust.verification.queries.papers import (
    PapersView,
    decided_papers,
    papers,
    papers_accepted_since,
    papers_of_case,
    papers_of_customer,
    waiting_papers,
)
from walletdesk.trust.verification.queries.recoveries import (
    LockView,
    RecoveryView,
    ResetView,
    SheetView,
    locks_of,
    recovery,
    recovery_of_case,
    resets_of_case,
    sheet_of_case,
    sign_in_lock,
    time_to_restore,
)
from walletdesk.trust.verification.rules.codes import in_groups, wait_before_code
from walletdesk.trust.verification.rules.levels import ENOUGH_FOR_MONEY
from walletdesk.trust.verification.rules.locks import REASONS as LOCK_REASONS
from walletdesk.trust.verification.rules.papers import DOCUMENTS, NEEDED, PURPOSES, SIDES
from walletdesk.trust.verification.rules.proofs import KINDS as PROOF_KINDS
from walletdesk.trust.verification.rules.restoring import Restoring
from walletdesk.trust.verification.services.answer_prompt import answer_prompt
from walletdesk.trust.verification.services.ask_customer import ask_customer
from walletdesk.trust.verification.services.begin_recovery import begin_recovery
from walletdesk.trust.verification.services.expire_prompts import expire_prompts
from walletdesk.trust.verification.services.finish_recovery import check_recovery, finish_recovery
from walletdesk.trust.verification.services.hand_in_papers import hand_in_for_tier, hand_in_to_lift, hand_in_to_unlock
from walletdesk.trust.verification.services.judge_papers import (
    TIER_BY_PAPERS,
    accept_papers,
    could_accept,
    may_judge,
    reject_papers,
)
from walletdesk.trust.verification.services.keep_questions import answer_questions, ask_questions
from walletdesk.trust.verification.services.lock_account import lock_account, lock_by_desk
from walletdesk.trust.verification.services.make_code import MadeCode, make_code
from walletdesk.trust.verification.services.note_signed_in import note_signed_in
from walletdesk.trust.verification.services.open_reset import open_reset
from walletdesk.trust.verification.services.prove_code import CodeProof, prove_code
from walletdesk.trust.verification.services.prove_recovery import (
    CodeToSend,
    attach_case,
    channels_left,
    make_recovery_code,
    prove_by_code,
    prove_by_factor,
    prove_by_passkey,
    try_code,
)
from walletdesk.trust.verification.services.start_reset import ResetSheet, reset_sheet, start_reset

__all__ = [
    "DOCUMENTS",
    "ENOUGH_FOR_MONEY",
    "LOCK_REASONS",
    "NEEDED",
    "PROOF_KINDS",
    "PURPOSES",
    "SIDES",
    "TIER_BY_PAPERS",
    "AccountLocked",
    "AccountUnlocked",
    "AgentDisowned",
    "CodeProof",
    "CodeRunOut",
    "CodeToSend",
    "CodeWrong",
    "CustomerVerified",
    "LockStays",
    "LockView",
    "MadeCode",
    "NotEnoughProofs",
    "PapersDecided",
    "PapersHandedIn",
    "PapersNotFound",
    "PapersView",
    "Prompt",
    "ProofGiven",
    "ProofWrong",
    "RecoveryFinished",
    "RecoveryOver",
    "RecoveryView",
    "ResetSheet",
    "ResetStarted",
    "ResetView",
    "Restoring",
    "SheetView",
    "TooManyCodes",
    "TooManyWaysBack",
    "VerificationAsked",
    "VerificationLevel",
    "accept_papers",
    "answer_prompt",
    "answer_questions",
    "ask_customer",
    "ask_questions",
    "attach_case",
    "begin_recovery",
    "channels_left",
    "check_recovery",
    "could_accept",
    "decided_papers",
    "expire_prompts",
    "finish_recovery",
    "hand_in_for_tier",
    "hand_in_to_lift",
    "hand_in_to_unlock",
    "in_groups",
    "level_of",
    "lock_account",
    "lock_by_desk",
    "locks_of",
    "make_code",
    "make_recovery_code",
    "may_judge",
    "note_signed_in",
    "open_prompt",
    "open_prompt_of_case",
    "open_reset",
    "papers",
    "papers_accepted_since",
    "papers_of_case",
    "papers_of_customer",
    "prompt",
    "prompts_of_case",
    "prove_by_code",
    "prove_by_factor",
    "prove_by_passkey",
    "prove_code",
    "recovery",
    "recovery_of_case",
    "reject_papers",
    "reset_sheet",
    "resets_of_case",
    "sheet_of_case",
    "sign_in_lock",
    "start_reset",
    "time_to_restore",
    "try_code",
    "wait_before_code",
    "waiting_papers",
]
