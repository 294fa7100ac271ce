"""The front door of verification.

    ask_customer(case_id, customer_id, employee_id, case_reference) -> Prompt
        CustomerUnknown, AgentMayNotAsk, PromptOpenAlready, TooManyPrompts(retry_after)
    answer_prompt(customer_id, prompt_id, genuine) -> VerificationLevel
        PromptNotFound, PromptAnswered, PromptExpired
    note_signed_in(case_id, customer_id) -> VerificationLevel       level 1, when the case stands nowhere yet
    expire_prompts() -> int                                         for the timer
    open_prompt(customer_id), prompt(customer_id, prompt_id)        for the customer's phone
    open_prompt_of_case(case_id), prompts_of_case(case_id)          for the desk
    level_of(case_id) -> VerificationLevel | None                   levels 0 to 3: see ``rules.py``

Facts: ``VerificationAsked``, ``CustomerVerified``, ``AgentDisowned``.
"""

from walletdesk.trust.verification.events import AgentDisowned, CustomerVerified, VerificationAsked
from walletdesk.trust.verification.queries import (
    Prompt,
    VerificationLevel,
    level_of,
    open_prompt,
    open_prompt_of_case,
    prompt,
    prompts_of_case,
)
from walletdesk.trust.verification.rules import ENOUGH_FOR_MONEY
from walletdesk.trust.verification.services.answer_prompt import answer_prompt
from walletdesk.trust.verification.services.ask_customer import ask_customer
from walletdesk.trust.verification.services.expire_prompts import expire_prompts
from walletdesk.trust.verification.services.note_signed_in import note_signed_in

__all__ = [
    "ENOUGH_FOR_MONEY",
    "AgentDisowned",
    "CustomerVerified",
    "Prompt",
    "VerificationAsked",
    "VerificationLevel",
    "answer_prompt",
    "ask_customer",
    "expire_prompts",
    "level_of",
    "note_signed_in",
    "open_prompt",
    "open_prompt_of_case",
    "prompt",
    "prompts_of_case",
]
