"""Verification, with real commits and real threads."""

from __future__ import annotations

from tests.databases import FreshDatabase
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.clock.public import uuid7
from walletdesk.trust.verification import errors
from walletdesk.trust.verification.models import VerificationPrompt, VerificationRecord
from walletdesk.trust.verification.public import Prompt, VerificationLevel, answer_prompt, ask_customer


def test_ten_agents_who_ask_at_once_send_one_question(fresh_database: FreshDatabase) -> None:
    lin = a_customer()
    agents = [an_employee() for _ in range(10)]
    acts = [lambda agent=agent: ask_customer(uuid7(), lin.id, agent.id, "WD-260519-0417") for agent in agents]
    results = fresh_database.at_once(*acts)
    assert sum(isinstance(one, Prompt) for one in results) == 1
    assert sum(isinstance(one, errors.PromptOpenAlready) for one in results) == 9
    assert VerificationPrompt.objects.count() == 1


def test_yes_and_no_at_once_is_one_answer(fresh_database: FreshDatabase) -> None:
    lin, case_id = a_customer(), uuid7()
    shown = ask_customer(case_id, lin.id, an_employee().id, "WD-260519-0417")
    results = fresh_database.at_once(
        lambda: answer_prompt(lin.id, shown.id, genuine=True),
        lambda: answer_prompt(lin.id, shown.id, genuine=False),
        times=3,
    )
    assert sum(isinstance(one, VerificationLevel) for one in results) == 1
    assert sum(isinstance(one, errors.PromptAnswered) for one in results) == 5
    assert VerificationRecord.objects.count() == 1
