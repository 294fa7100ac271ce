"""Random sequences against the two-person law, through the doors as people use them: 0 by-passes.

A sequence is what a few people at a desk try in any order: propose, approve one's own, approve with another's session,
approve what has run out, approve what was changed after it was seen, send back, withdraw, change, lose a role or a team,
let time pass; by the pages' own requests (``door``) and past the pages by the rooms' verbs (``room``). Each act is judged
by an independent model (``two_person_model.py``); what the product does must be the same, and at the end exactly the
refunds stand that the model wrote down.

150 sequences on every change, 10,000 in ``bin/soak``; the seed is printed, ``WALLETDESK_SEED`` repeats it.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from datetime import timedelta
from random import Random, SystemRandom
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from tests.factories.desk_browser import BACKEND, with_proof
from tests.factories.foundation import a_moment
from tests.factories.service import ChargedTwice, charged_twice
from tests.factories.trust import an_employee
from tests.faults.rounds import SOAK_MINUTES
from tests.faults.two_person_model import ModelPerson, ModelProposal, TwoPersonModel
from walletdesk.foundation.clock.public import at
from walletdesk.foundation.errors import Refusal
from walletdesk.money.refunds.models import Refund
from walletdesk.service.agent_actions.public import (
    approve_refund,
    ask_verification,
    propose_refund,
    reject_refund,
    revise_refund,
    withdraw_refund,
)
from walletdesk.service.cases.public import assign, reopen, take_case
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.staff.public import EmployeeView, change_post, employees
from walletdesk.trust.verification.public import answer_prompt

SEQUENCES = 10_000 if SOAK_MINUTES else 150
ACTS = 5
WAYS = ("door", "room", "room", "room")
"""A page that says no is drawn in full, so it is asked less often."""
WORLD_LASTS = 50
"""Sequences on one payment; then a fresh one, before its money is used up."""
PEOPLE = {
    "zhou": ("agent", "care"),
    "he": ("senior_agent", "care"),
    "song": ("senior_agent", "review"),
    "luo": ("finance_officer", "money"),
    "chen": ("supervisor", "review"),
    "lin": ("supervisor", "money"),
}
GAINS = "lin"
"""Lin works here too; the refunds are hers."""
ROLES = ("agent", "senior_agent", "supervisor", "finance_officer", "editor")
TEAMS = ("care", "review", "money")


class Desk:
    """A few people, one double charge, and what the model says of each act."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.clock = dice, a_moment()
        self.tried: Counter[str] = Counter()
        self.bypasses: list[str] = []
        self.sequence = 0
        self.open_shop()

    def open_shop(self) -> None:
        """New people and a new double charge, so that money and caps last."""
        with at(self.clock):
            self.story: ChargedTwice = charged_twice()
            signs_in_as = {GAINS: self.story.lin.user_id}
            self.staff: dict[str, EmployeeView] = {
                name: an_employee(role, team, refund_cap_minor=10**6, user_id=signs_in_as.get(name))
                for name, (role, team) in PEOPLE.items()
            }
            numbers = [one.employee_number for one in self.staff.values()]
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE staff_employee SET refund_day_cap_minor = 1000000000 WHERE employee_number = ANY(%s)",
                    [numbers],
                )
            self.holder = "zhou"
            take_case(self.staff["zhou"].id, self.story.case.id)
            asked = ask_verification(self.staff["zhou"].id, self.story.case.id)
            answer_prompt(self.story.lin.id, asked.id, genuine=True)
        people = {name: ModelPerson(name, team, role, gains=name == GAINS) for name, (role, team) in PEOPLE.items()}
        self.model = TwoPersonModel(people)
        self.made: dict[int, Any] = {}
        self.browsers: dict[str, Client] = {}

    # ---- the people's hands ----

    def browser(self, who: str) -> Client:
        """The session of this person; a new one when a change of their post ended it."""
        found = self.browsers.get(who)
        if found is None:
            found = Client(raise_request_exception=False)
            found.force_login(get_user_model().objects.get(pk=self.staff[who].user_id), backend=BACKEND)
            self.browsers[who] = with_proof(found)
        else:
            with_proof(found)
        return self.browsers[who]

    def somebody(self) -> str:
        return self.dice.choice(list(self.staff))

    def a_proposal(self) -> ModelProposal | None:
        return self.dice.choice(self.model.proposals[-4:]) if self.model.proposals else None

    def attempt(self, name: str, expected: bool, act: Any) -> bool:
        """Do it; a difference between what happened and what the model says is written down."""
        self.tried[name] += 1
        try:
            with transaction.atomic():
                happened = act()
        except Refusal:
            happened = False
        if bool(happened) != expected:
            self.bypasses.append(f"sequence {self.sequence}, {name}: {'done' if happened else 'refused'}")
        return bool(happened)

    # ---- what they try ----

    def propose(self) -> None:
        who, minor = self.somebody(), self.dice.randint(1, 20)
        payment = self.dice.choice((0, 1))
        expected = self.model.may_propose(who, payment, self.clock, self.holder)
        rows: list[Any] = []

        def act() -> bool:
            paid = (self.story.first, self.story.second)[payment]
            rows.append(propose_refund(self.staff[who].id, self.story.case.id, paid.id, minor, "A few fen"))
            return True

        if self.attempt("propose", expected, act):
            self.made[self.model.propose(who, payment, minor, self.clock).number] = rows[0]

    def decide(self, how: str, who: str, one: ModelProposal, seen: str, stands: bool) -> None:
        """Approve through the page or past it; ``stands``: what was seen is what stands there."""
        row = self.made[one.number]
        expected = stands and self.model.may_decide(who, one, self.clock)

        def by_page() -> bool:
            answer = self.browser(who).post(f"/desk/approvals/{row.id}/approve/", {"hash": seen})
            return answer.status_code == 302 and answer.headers["Location"].startswith("/desk/approvals/")

        def by_verb() -> bool:
            return bool(approve_refund(self.staff[who].id, row.id, seen))

        if self.attempt(f"approve by {how}", expected, by_page if how == "door" else by_verb):
            self.model.approve(one)

    def approve(self) -> None:
        one = self.a_proposal()
        if one:
            how = self.dice.choice(WAYS)
            self.decide(how, self.somebody(), one, self.made[one.number].payload_hash, True)

    def approve_ones_own(self) -> None:
        one = self.a_proposal()
        if one:
            self.decide(self.dice.choice(WAYS), one.maker, one, self.made[one.number].payload_hash, True)

    def approve_with_a_swapped_session(self) -> None:
        """The page of one who may, in the browser of the maker: what counts is whose session it is."""
        one = self.a_proposal()
        if one:
            other = self.somebody()
            self.browser(other).get(f"/desk/approvals/{self.made[one.number].id}/")
            self.decide("door", one.maker, one, self.made[one.number].payload_hash, True)

    def approve_what_was_changed(self) -> None:
        """Seen, then changed by its maker, then approved by what was seen: under the old number and under the new."""
        one = self.a_proposal()
        if one is None:
            return
        seen = self.made[one.number].payload_hash
        newer = self.change(one)
        checker, how = self.somebody(), self.dice.choice(WAYS)
        if newer is None:
            self.decide(how, checker, one, seen, True)
        else:
            self.decide(how, checker, newer, seen, False)
            self.decide(how, checker, one, seen, True)

    def change(self, one: ModelProposal) -> ModelProposal | None:
        who = self.dice.choice((one.maker, self.somebody()))
        minor = one.minor + 1
        expected = self.model.may_change(who, one, self.clock, self.holder)
        rows: list[Any] = []

        def act() -> bool:
            rows.append(revise_refund(self.staff[who].id, self.made[one.number].id, minor, "A few more"))
            return True

        if not self.attempt("change", expected, act):
            return None
        one.state = "replaced"
        newer = self.model.propose(who, one.payment, minor, self.clock)
        self.made[newer.number] = rows[0]
        return newer

    def approve_what_has_run_out(self) -> None:
        one = self.a_proposal()
        if one:
            self.clock += timedelta(minutes=61)
            with at(self.clock):
                self.decide("room", self.somebody(), one, self.made[one.number].payload_hash, True)

    def send_back(self) -> None:
        one = self.a_proposal()
        if one:
            who, reason = self.somebody(), self.dice.choice(("Not enough", " "))
            expected = bool(reason.strip()) and self.model.may_decide(who, one, self.clock)
            act = lambda: reject_refund(self.staff[who].id, self.made[one.number].id, reason)  # noqa: E731
            if self.attempt("send back", expected, act):
                one.state = "rejected"

    def take_back(self) -> None:
        one = self.a_proposal()
        if one:
            who = self.dice.choice((one.maker, self.somebody()))
            expected = self.model.may_change(who, one, self.clock, self.holder)
            act = lambda: withdraw_refund(self.staff[who].id, self.made[one.number].id)  # noqa: E731
            if self.attempt("take back", expected, act):
                one.state = "withdrawn"

    def move(self) -> None:
        """Another post: from now on another team and role; the sessions that stood are over."""
        who = self.somebody()
        role, team = self.dice.choice(ROLES), self.dice.choice(TEAMS)
        change_post(self.staff[who].id, role=role, team=team, by="system", reason="moved")
        person = self.model.people[who]
        if (person.role, person.team) != (role, team):
            self.stale_page_is_dead(who)
        person.role, person.team = role, team
        self.staff[who] = employees([self.staff[who].id])[self.staff[who].id]

    def stale_page_is_dead(self, who: str) -> None:
        """What was open in the browser of somebody who was moved approves nothing, whoever they are now."""
        browser, one = self.browsers.pop(who, None), self.a_proposal()
        if browser is None or one is None:
            return
        row = self.made[one.number]

        def act() -> bool:
            answer = browser.post(f"/desk/approvals/{row.id}/approve/", {"hash": row.payload_hash})
            return not answer.headers.get("Location", "").startswith("/sign-in/")

        self.attempt("approve by a dead session", False, act)

    def hand_on(self) -> None:
        """The case goes to somebody else, who then is the one that may propose."""
        able = [name for name, one in self.model.people.items() if one.role in ("agent", "senior_agent", "supervisor")]
        if self.model.people[self.holder].role in ("agent", "senior_agent", "supervisor") and able:
            to = self.dice.choice(able)
            with contextlib.suppress(Refusal):
                reopen(self.story.case.id, employee_id=self.staff[self.holder].id)
            with contextlib.suppress(Refusal):
                assign(self.staff[self.holder].id, self.story.case.id, self.staff[to].id)
                self.holder = to

    def let_time_pass(self) -> None:
        self.clock += timedelta(minutes=self.dice.choice((1, 10, 59, 60)))

    def live(self, sequences: int) -> None:
        acts = [
            *[self.propose] * 4,
            *[self.approve] * 4,
            self.approve_ones_own,
            self.approve_ones_own,
            self.approve_with_a_swapped_session,
            self.approve_what_was_changed,
            self.approve_what_has_run_out,
            self.send_back,
            self.take_back,
            self.move,
            self.hand_on,
            self.let_time_pass,
        ]
        for self.sequence in range(sequences):
            if self.sequence and self.sequence % WORLD_LASTS == 0:
                self.insist_on_the_end()
                self.clock += timedelta(days=1)
                self.open_shop()
            for _ in range(ACTS):
                with at(self.clock):
                    self.dice.choice(acts)()
        self.insist_on_the_end()

    def insist_on_the_end(self) -> None:
        """Exactly the refunds that the model wrote down, each with two people of the law."""
        paid = (self.story.first.id, self.story.second.id)
        rows = Refund.objects.filter(payment_id__in=paid).order_by("made_at", "id")
        seen = sorted((paid.index(row.payment_id), row.amount_minor) for row in rows)
        if seen != sorted(self.model.refunds):
            self.bypasses.append(f"refunds differ after sequence {self.sequence}: {seen} {self.model.refunds}")
        for row in rows:
            made = Proposal.objects.get(pk=row.approval_id)
            if made.checker_id in (None, made.maker_id) or made.checker_team_id == made.maker_team_id:
                self.bypasses.append(f"refund {row.number} without two people")


@pytest.mark.django_db
def test_no_sequence_gets_round_the_two_person_rule() -> None:
    seed = int(os.environ.get("WALLETDESK_SEED") or SystemRandom().randrange(1_000_000_000))
    print(f"\ntwo persons: seed {seed}, {SEQUENCES:,} sequences", flush=True)
    desk = Desk(Random(seed))
    desk.live(SEQUENCES)
    tried = ", ".join(f"{name} {count:,}" for name, count in sorted(desk.tried.items()))
    print(f"two persons: {SEQUENCES:,} sequences, {len(desk.bypasses)} by-passes ({tried})", flush=True)
    assert not desk.bypasses, f"seed {seed}\n" + "\n".join(desk.bypasses[:20])
    assert set(desk.tried) >= {"propose", "approve by door", "approve by room", "change", "send back", "take back"}
