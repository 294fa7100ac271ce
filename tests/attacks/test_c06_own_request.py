"""C06: an agent gets the own request through, whatever the order of acts. Random sequences at a small desk, then the law.

Six people in three teams, one of them also a customer with a matter of their own, do anything in any order: propose,
approve, send back, withdraw, revise, change teams and roles, let time pass. At the end every approved proposal must
have two different people of different teams, neither of whom gains, and what was approved must be what was proposed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.factories.foundation import a_moment
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.clock.public import at, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.public import approve, expire_due, propose, reject, revise, withdraw
from walletdesk.trust.approvals.rules import payload_hash
from walletdesk.trust.staff.public import change_post

SEEDS, SEQUENCES, ACTS = 6, 40, 6
TEAMS, ROLES = ["care", "risk", "finance"], ["agent", "senior_agent", "supervisor", "finance_officer", "editor"]


class Desk:
    """The people, and every act that one of them could try next."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.clock = a_moment()
        self.lin = a_customer()
        self.staff = [an_employee(self.dice.choice(ROLES), team) for team in TEAMS for _ in range(2)]
        self.staff.append(an_employee("supervisor", "risk", user_id=self.lin.user_id))
        self.other = a_customer("王芳", "")
        self.made: list[Any] = []
        self.approved: dict[Any, str] = {}
        self.refusals = self.sequence = 0

    def somebody(self) -> Any:
        return self.dice.choice(self.staff)

    def some_proposal(self) -> Any:
        return self.dice.choice(self.made[-4:])

    def propose(self) -> None:
        gains = self.dice.choice([self.lin, self.other])
        payload = {"amount_minor": self.dice.randint(1, 99_999)}
        self.made.append(
            propose(
                "refund", f"P{self.sequence}-{self.dice.randint(1, 2)}", payload, self.somebody().id, uuid7(), gains.id
            )
        )

    def approve(self) -> None:
        chosen = self.some_proposal()
        seen = self.dice.choice([chosen.payload_hash, chosen.payload_hash, self.some_proposal().payload_hash])
        approve(chosen.id, self.somebody().id, seen)
        self.approved[chosen.id] = seen

    def approve_own(self) -> None:
        chosen = self.some_proposal()
        approve(chosen.id, chosen.maker.id, chosen.payload_hash)
        raise AssertionError("the maker approved")

    def reject(self) -> None:
        reject(self.some_proposal().id, self.somebody().id, "look again")

    def withdraw(self) -> None:
        withdraw(self.some_proposal().id, self.somebody().id)

    def revise(self) -> None:
        chosen = self.some_proposal()
        maker = self.dice.choice([chosen.maker, self.somebody()])
        self.made.append(revise(chosen.id, maker.id, {"amount_minor": self.dice.randint(1, 99_999)}))

    def move(self) -> None:
        change_post(
            self.somebody().id, role=self.dice.choice(ROLES), team=self.dice.choice(TEAMS), by="system", reason="moved"
        )

    def let_time_pass(self) -> None:
        self.clock += timedelta(minutes=self.dice.choice([1, 10, 61]))
        if self.dice.random() < 0.5:
            expire_due()

    def next_act(self) -> Callable[[], None]:
        if not self.made:
            return self.propose
        often = [self.propose, self.approve, self.approve, self.approve_own, self.revise]
        return self.dice.choice([*often, self.reject, self.withdraw, self.move, self.let_time_pass])

    def live(self) -> None:
        for self.sequence in range(SEQUENCES):
            self.made.clear()
            for _ in range(ACTS):
                with at(self.clock):
                    self.try_one_act()

    def try_one_act(self) -> None:
        try:
            self.next_act()()
        except Refusal:
            self.refusals += 1


def assert_two_persons(row: Proposal, seen: str) -> None:
    assert row.checker_id not in (None, row.maker_id)
    assert row.checker_user_id not in (row.maker_user_id, row.beneficiary_user_id)
    assert row.maker_user_id != row.beneficiary_user_id
    assert row.checker_team_id != row.maker_team_id
    assert row.decided_at is not None
    assert row.made_at <= row.decided_at < row.expires_at
    assert seen == row.payload_hash == payload_hash(row.kind, row.subject, row.payload)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2_600, 2_600 + SEEDS))
def test_however_it_goes_nobody_approves_their_own(seed: int) -> None:
    desk = Desk(seed)
    desk.live()
    approved = Proposal.objects.filter(state="approved")
    assert {row.id for row in approved} == set(desk.approved) != set()
    for row in approved:
        assert_two_persons(row, desk.approved[row.id])
    assert desk.refusals > SEQUENCES, "sequences without refusals try nothing"
