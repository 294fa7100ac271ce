"""Two persons at once, with real commits and real threads: one decision."""

from __future__ import annotations

import pytest

from tests.databases import FreshDatabase
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.clock.public import uuid7
from walletdesk.foundation.outbox.public import events_after
from walletdesk.trust.approvals import errors
from walletdesk.trust.approvals.public import (
    ProposalDecided,
    ProposalView,
    approve,
    proposal,
    propose,
    reject,
    revise,
    withdraw,
)
from walletdesk.trust.staff.public import EmployeeView

PAYLOAD = {"amount_minor": 3800}


@pytest.fixture
def zhou(fresh_database: FreshDatabase) -> EmployeeView:
    return an_employee("agent", "care")


@pytest.fixture
def made(fresh_database: FreshDatabase, zhou: EmployeeView) -> ProposalView:
    return propose("refund", "P1", PAYLOAD, zhou.id, uuid7(), a_customer().id)


def decisions() -> int:
    return sum(isinstance(event.fact, ProposalDecided) for event in events_after(["approvals"], 0, 100))


def test_two_checkers_at_once_make_one_decision(fresh_database: FreshDatabase, made: ProposalView) -> None:
    one, two = an_employee("supervisor", "risk"), an_employee("finance_officer", "finance")
    results = fresh_database.at_once(
        lambda: approve(made.id, one.id, made.payload_hash), lambda: approve(made.id, two.id, made.payload_hash)
    )
    assert sorted(type(result).__name__ for result in results) == ["AlreadyDecided", "ProposalView"]
    assert decisions() == 1


def test_yes_no_withdrawal_and_revision_at_once_are_one_outcome(
    fresh_database: FreshDatabase, made: ProposalView, zhou: EmployeeView
) -> None:
    he, she = an_employee("supervisor", "risk"), an_employee("finance_officer", "finance")
    results = fresh_database.at_once(
        lambda: approve(made.id, he.id, made.payload_hash),
        lambda: reject(made.id, she.id, "not yet"),
        lambda: withdraw(made.id, zhou.id),
        lambda: revise(made.id, zhou.id, {"amount_minor": 3000}),
        times=3,
    )
    assert sum(isinstance(result, ProposalView) for result in results) == 1
    assert sum(isinstance(result, errors.AlreadyDecided) for result in results) == 11
    assert decisions() == 1
    assert proposal(made.id).state != "proposed"  # type: ignore[union-attr]


def test_ten_proposals_of_one_matter_at_once_are_one(fresh_database: FreshDatabase, zhou: EmployeeView) -> None:
    lin = a_customer()
    results = fresh_database.at_once(lambda: propose("refund", "P1", PAYLOAD, zhou.id, None, lin.id), times=10)
    assert sum(isinstance(result, ProposalView) for result in results) == 1
    assert sum(isinstance(result, errors.AlreadyProposed) for result in results) == 9
