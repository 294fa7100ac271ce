"""R10: the clock jumps, forwards and back, by seconds, by days, over midnights and the turn of a year; for the whole machine,
or for the application's host alone while PostgreSQL's stands.

People go on paying, holding, sending later, topping up, complaining. At every moment a verb answers or refuses with a code;
nothing raises, nothing is done twice, an idempotency key stays a key. When the clock is right again the timers come round
within their time, each promise of money ends once, and the books are true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from tests.databases import FreshDatabase
from tests.factories.holding import for_later, to_hold
from tests.factories.money import (
    a_key,
    a_payer,
    a_payment,
    a_shop,
    an_order,
    bank_is,
    books_are_true,
    purse,
    to_pay,
    yuan,
)
from tests.factories.trust import PIN
from tests.fakes.bank import FakeBank
from tests.faults.rounds import rounds
from walletdesk.foundation.clock import public as clock
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.jobs.declared import declared_timers
from walletdesk.foundation.jobs.public import declare_all, run_due_timers, timers
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.models import PersonTransfer, ScheduledTransfer, TopUp
from walletdesk.money.payments.public import (
    CaptureIntent,
    VoidIntent,
    authorise,
    capture,
    pay,
    schedule,
    start_top_up,
    void,
)
from walletdesk.money.wallets.public import limits_of
from walletdesk.service.cases.models import Promise
from walletdesk.service.cases.public import confirm_solved, open_case, reopen
from walletdesk.service.freezes.public import freeze_own, lift_own
from walletdesk.trust.customers.public import prove_pin

pytestmark = pytest.mark.serial
ACTS = 60
JUMPS = [
    timedelta(seconds=2),
    timedelta(minutes=59),
    timedelta(hours=13),
    timedelta(days=3),
    timedelta(days=40),
    timedelta(days=366),
]
KINDS = {
    # what the clock does between two acts: (forwards, backwards), and whether PostgreSQL's goes along
    "forwards and home": ((1,), True),
    "back and home": ((-1,), True),
    "to and fro": ((1, -1), True),
    "the application's host alone": ((1, -1), False),
}


@contextmanager
def application_at(moment: datetime) -> Iterator[None]:
    """The application's host is wrong, PostgreSQL's is right."""
    token = clock._simulated.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        clock._simulated.reset(token)


class Town:
    """Two people and a shop; ``step`` does one thing that a town does. Every answer under a key is kept, to be asked again."""

    def __init__(self, dice: Random, bank: FakeBank, *, may_be_at_fault: bool) -> None:
        self.dice, self.bank = dice, bank
        # A hold that ends before the books' clock says that it begins is refused by the books: our fault, nothing moved.
        self.may_be_at_fault = may_be_at_fault
        self.people = [a_payer(2_000, pin=PIN), a_payer(2_000, name="周明", pin=PIN)]
        self.shop = a_shop()
        self.paid_before = a_payment(self.people[0], self.shop)
        self.answered: list[tuple[Callable[[], object], object]] = []
        self.holds: list[tuple[object, object]] = []
        self.cases: list[object] = []
        self.done: dict[str, int] = {}

    def step(self) -> None:
        act = self.dice.choice(
            [self.pays, self.pays, self.holds_back, self.ends_a_hold, self.sends_later, self.tops_up, self.complains,
             self.thinks_again, self.tries_a_pin, self.freezes, self.asks_again, self.works]
        )  # fmt: skip
        try:
            act()
            outcome = "done"
        except Refusal as refusal:
            assert refusal.status < 500 or self.may_be_at_fault, refusal
            outcome = refusal.code
        self.done[f"{act.__name__} {outcome}"] = self.done.get(f"{act.__name__} {outcome}", 0) + 1
        for person in self.people:
            wallet = purse(person)
            assert 0 <= wallet.available.minor <= wallet.posted.minor
            limits_of(person.id)

    def _keyed(self, ask: Callable[[], object]) -> None:
        self.answered.append((ask, ask()))

    def pays(self) -> None:
        wish = to_pay(self.dice.choice(self.people), an_order(self.shop, self.dice.choice([3, 38, 120])))
        self._keyed(lambda: pay(wish).body)

    def holds_back(self) -> None:
        person = self.dice.choice(self.people)
        wish = to_hold(person, an_order(self.shop, 20))
        done = authorise(wish)
        self.answered.append((lambda: authorise(wish).body, done.body))
        self.holds.append((done.payment_id, person))

    def ends_a_hold(self) -> None:
        if not self.holds:
            return
        payment_id, _ = self.dice.choice(self.holds)
        if self.dice.random() < 0.6:
            taken = CaptureIntent(a_key(), payment_id, self.shop.id, self.dice.choice([500, 2_000]))
            self._keyed(lambda: capture(taken).body)
        else:
            freed = VoidIntent(a_key(), payment_id, self.shop.id)
            self._keyed(lambda: void(freed).body)

    def sends_later(self) -> None:
        one, two = self.dice.sample(self.people, 2)
        wish = for_later(one, two, 10, now() + timedelta(hours=self.dice.choice([1, 30, 300])))
        self._keyed(lambda: schedule(wish).body)

    def tops_up(self) -> None:
        self.bank.lose_answer, self.bank.lose_request = self.dice.choice([(False, False), (True, False), (False, True)])
        try:
            start_top_up(a_key(), self.dice.choice(self.people).id, yuan(7))
        finally:
            self.bank.lose_answer = self.bank.lose_request = False

    def complains(self) -> None:
        self.cases.append(open_case("question", self.people[0].id))

    def thinks_again(self) -> None:
        if self.cases:
            case = self.dice.choice(self.cases)
            self.dice.choice([confirm_solved, lambda owner, one: reopen(one, customer_id=owner)])(
                self.people[0].id, case.id
            )  # type: ignore[attr-defined]

    def tries_a_pin(self) -> None:
        prove_pin(self.people[1].id, self.dice.choice([PIN, PIN, "000001"]))

    def freezes(self) -> None:
        person = self.people[1]
        freeze_own(person.id, "page") if self.dice.random() < 0.4 else lift_own(person.id, now())

    def asks_again(self) -> None:
        if self.answered:
            ask, answer = self.dice.choice(self.answered)
            assert ask() == answer, "a key answers as it did, whatever the clock says"

    def works(self) -> None:
        run_due_timers()
        deliver_all()


@pytest.mark.parametrize("kind", KINDS)
def test_r10_the_clock_jumps(fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    ways, both = KINDS[kind]
    declare_all()
    # A key is forgotten a day after it was used, by the clock: here it stays, to see that it answers at any moment.
    monkeypatch.delitem(declared_timers(), "idempotency.purge_keys")
    for dice in rounds(f"R10 {kind}", small=1):
        with bank_is(FakeBank()) as bank:
            town = Town(dice, bank, may_be_at_fault=not both)
            jump = timedelta(0)
            for _ in range(ACTS):
                if dice.random() < 0.3:
                    jump = dice.choice(ways) * dice.choice(JUMPS) if dice.random() < 0.8 else timedelta(0)
                with ExitStack() as wrong:
                    if jump:
                        moment = datetime.now(UTC) + jump
                        wrong.enter_context(at(moment) if both else application_at(moment))
                    town.step()
            comes_home(town)
        print(f"R10 {kind}: {sum(town.done.values())} acts, {dict(sorted(town.done.items()))}")


def comes_home(town: Town) -> None:
    """The clock is right from now on: the timers wake, and in time all that was promised ends, once."""
    run_due_timers()
    before = {one.name: one.runs for one in timers()}
    with at(now() + timedelta(hours=25)):
        run_due_timers()
        assert [one.name for one in timers() if one.runs == before[one.name]] == [], "a timer sleeps"
    for days in (15, 400, 800):
        with at(now() + timedelta(days=days)):
            for _ in range(4):
                run_due_timers()
            deliver_all()
    assert not ScheduledTransfer.objects.filter(state="waiting").exists()
    made = ScheduledTransfer.objects.filter(state="made").values_list("id", flat=True)
    assert PersonTransfer.objects.filter(id__in=made).count() == len(made)
    ends = dict(TopUp.objects.values_list("id", "state"))
    assert set(ends.values()) <= {"done", "declined"}, ends
    accepted = {id_ for id_, (_, answer) in town.bank.done.items() if answer.outcome == "accepted"}
    assert {str(id_) for id_, state in ends.items() if state == "done"} >= accepted
    assert not Promise.objects.filter(kept_at=None, broken_at=None).exists()
    for person in town.people:
        assert purse(person).available == purse(person).posted, "nothing is held for ever"
    for ask, answer in town.answered[-10:]:
        assert ask() == answer
    assert books_are_true()
