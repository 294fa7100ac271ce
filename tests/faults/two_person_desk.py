"""A desk at which a few people try what they like against the two-person law; an independent model says what must happen.

A sequence is a handful of acts in any order: propose, approve, approve one's own, approve with another's session, approve
what has run out, approve what was changed after it was seen, change what was approved, send back, withdraw, lose a role or
a team, let time pass; by the pages' own requests (``door``), past the pages by the rooms' verbs (``room``), and through
``/v1`` and with JSON where no such way exists (``api``). Each act is judged by ``two_person_model.py``; what the product
does must be the same, and at the end of a world exactly the refunds stand that the model wrote down.

A world is fifty sequences on one double charge, drawn from its own seed: it goes the same way whoever else runs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tests.factories.api import Api, a_key_of
from tests.factories.desk_browser import BACKEND, with_proof
from tests.factories.foundation import a_moment
from tests.factories.service import ChargedTwice, a_shop, charged_twice
from tests.factories.trust import an_employee
from tests.faults.two_person_model import SHIFT, SHIFTS, ModelPerson, ModelProposal, Seen, TwoPersonModel
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
from walletdesk.trust.approvals.public import ProposalView
from walletdesk.trust.staff.public import EmployeeView, change_post, employees, plan_shift
from walletdesk.trust.verification.public import answer_prompt

SEQUENCES = 50
"""Of one world."""
ACTS = 5
APART = timedelta(days=15)
"""No world lives so long: nobody of one is on shift in another."""
WAYS = ("door", "room", "room", "room")
"""A page that says no is drawn in full, so it is asked less often."""
PEOPLE = {
    "zhou": ("agent", "care"),
    "he": ("senior_agent", "care"),
    "song": ("senior_agent", "review"),
    "luo": ("finance_officer", "money"),
    "chen": ("supervisor", "review"),
    "lin": ("supervisor", "money"),
}
WITH_SHIFTS = ("zhou", "song", "luo", "lin")
GAINS = "lin"
"""Lin works here too; the refunds are hers."""
ROLES = ("agent", "senior_agent", "supervisor", "finance_officer", "editor")
TEAMS = ("care", "review", "money")


def live_in_a_world(seed: int, number: int, sequences: int = SEQUENCES) -> Seen:
    """World ``number`` of the run with this seed, from its first act to the look at its books."""
    desk = Desk(Random(f"{seed}:{number}"), number)
    desk.live(sequences)
    return desk.seen


class Desk:
    """A few people, one double charge, and what the model says of each act."""

    def __init__(self, dice: Random, number: int) -> None:
        self.dice, self.number, self.clock = dice, number, a_moment() + number * APART
        self.seen = Seen()
        self.open_shop()

    def open_shop(self) -> None:
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
            strange_shop = a_shop().id
            self.keys = [a_key_of("customer", self.story.lin.id)[1], a_key_of("merchant", strange_shop)[1]]
        self.api = Api()
        people = {
            name: ModelPerson(name, team, role, gains=name == GAINS, has_shifts=name in WITH_SHIFTS)
            for name, (role, team) in PEOPLE.items()
        }
        self.model = TwoPersonModel(self.clock, people)
        self.plan_shifts()
        self.made: dict[int, Any] = {}
        self.browsers: dict[str, Client] = {}

    def plan_shifts(self) -> None:
        for turn in range(0, SHIFTS, 2):
            begins = self.clock + turn * SHIFT
            for name in WITH_SHIFTS:
                plan_shift(self.staff[name].id, begins, begins + SHIFT, by="system")

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
        self.seen.tried[name] += 1
        try:
            with transaction.atomic():
                happened = act()
        except (Refusal, DatabaseError):
            happened = False
        if bool(happened) != expected:
            self.differs(f"{name}: {'done' if happened else 'refused'}")
        return bool(happened)

    def differs(self, words: str) -> None:
        self.seen.bypasses.append(f"world {self.number}, sequence {self.seen.sequences}: {words}")

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
            self.was_made(self.model.propose(who, payment, minor, self.clock), rows[0])

    def was_made(self, one: ModelProposal, row: ProposalView) -> None:
        """The lot is the product's; whom it may fall on is the model's."""
        self.made[one.number] = row
        lots = self.model.lots(one)
        if row.drawn is not None:
            one.drawn = next(name for name, person in self.staff.items() if person.id == row.drawn.id)
        if one.drawn not in (lots or {""}):
            self.differs(f"drawn: {one.drawn or 'nobody'} of {sorted(lots)}")

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

    def change_what_was_approved(self) -> None:
        """It is done: whoever made or approved it changes nothing more, by a verb or by hand in the table."""
        done = [one for one in self.model.proposals if one.state == "approved"]
        if not done:
            return
        one = self.dice.choice(done)
        row, who = self.made[one.number], self.dice.choice((one.maker, self.somebody()))
        by_hand: Any = Proposal.objects.filter(id=row.id)
        acts: list[Callable[[], Any]] = [
            lambda: revise_refund(self.staff[who].id, row.id, one.minor + 1, "More"),
            lambda: withdraw_refund(self.staff[who].id, row.id),
            lambda: by_hand.update(payload={**row.payload, "amount_minor": one.minor + 1}),
            lambda: by_hand.update(state="open", checker_id=None, decided_at=None),
        ]
        act = self.dice.choice(acts)
        self.attempt("change what was approved", False, lambda: act() or True)

    def approve_by_api(self) -> None:
        """No way through ``/v1`` decides a proposal, whoever's key or session is shown; nor does JSON at the page's address."""
        one = self.a_proposal()
        if one is None:
            return
        row, who, key = self.made[one.number], self.somebody(), self.dice.choice(self.keys)
        paid = (self.story.first, self.story.second)[one.payment]
        says = {"hash": row.payload_hash, "approval_id": str(row.id), "authority": "approval", "reason": "A few fen"}
        money = {"amount": {"minor": one.minor, "asset": "CNY"}}

        def by_key() -> int:
            return self.api.post(f"/v1/approvals/{row.id}/approve", says, key=key, once=f"approve-{row.id}").status

        def as_refund() -> int:
            asked = {"amount": money["amount"], "reason": says["reason"]}
            asked |= says if self.dice.random() < 0.5 else {}
            return self.api.post(f"/v1/payments/{paid.id}/refunds", asked, key=key, once=f"refund-{row.id}").status

        def by_session() -> int:
            cookie = "; ".join(f"{name}={one.value}" for name, one in self.browser(who).cookies.items())
            asked = self.api.post(f"/v1/payments/{paid.id}/refunds", says | money, once="x", headers={"cookie": cookie})
            return asked.status

        def as_json() -> int:
            page = f"/desk/approvals/{row.id}/approve/"
            return self.browser(who).post(page, says, content_type="application/json").status_code

        way = self.dice.choice((by_key, by_key, as_refund, as_refund, by_session, as_json))
        self.attempt("approve by api", False, lambda: way() < 400)

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
        self.was_made(newer, rows[0])
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
            self.change_what_was_approved,
            self.approve_by_api,
            self.approve_what_has_run_out,
            self.send_back,
            self.take_back,
            self.move,
            self.hand_on,
            self.let_time_pass,
        ]
        with patch("walletdesk.trust.approvals.services.propose.randbelow", self.dice.randrange):
            for _ in range(sequences):
                self.seen.sequences += 1
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
            self.differs(f"refunds {seen} instead of {self.model.refunds}")
        for row in rows:
            made = Proposal.objects.get(pk=row.approval_id)
            if made.checker_id in (None, made.maker_id) or made.checker_team_id == made.maker_team_id:
                self.differs(f"refund {row.number} without two people")
