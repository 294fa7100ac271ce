"""Charged twice, or two honest purchases? The law as a table, and its precision and recall on a labelled set."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from walletdesk.money.payments.rules.duplicates import NO_REFERENCE, SAME_REFERENCE, Capture, judge, suspicions

WINDOW = timedelta(minutes=10)
NOON = datetime(2026, 5, 19, 12, 41, 7, tzinfo=UTC)
SEED = 20260519


def capture(number: int, seconds: float = 0, reference: str = "", **other: object) -> Capture:
    fields: dict[str, object] = {
        "payment_id": UUID(int=number),
        "customer_id": UUID(int=1),
        "merchant_id": UUID(int=2),
        "asset": "CNY",
        "amount_minor": 3800,
        "order_reference": reference,
        "at": NOON + timedelta(seconds=seconds),
        "refunded_minor": 0,
    }
    return Capture(**{**fields, **other})  # type: ignore[arg-type]


TABLE = [
    # what happened,                                first,                            second,                         verdict
    ("the same order 12 s later", capture(1, 0, "A"), capture(2, 12, "A"), (SAME_REFERENCE, 98)),
    ("the same order 23 h later", capture(1, 0, "A"), capture(2, 82_800, "A"), (SAME_REFERENCE, 90)),
    ("the same order 25 h later", capture(1, 0, "A"), capture(2, 90_000, "A"), None),
    ("no number, 12 s later", capture(1), capture(2, 12), (NO_REFERENCE, 85)),
    ("no number, 9 min later", capture(1), capture(2, 540), (NO_REFERENCE, 60)),
    ("no number, 11 min later", capture(1), capture(2, 660), None),
    ("another order 12 s later", capture(1, 0, "A"), capture(2, 12, "B"), None),
    ("one with a number, one without", capture(1, 0, "A"), capture(2, 12), None),
    ("another sum", capture(1, 0, "A"), capture(2, 12, "A", amount_minor=3801), None),
    ("another payer (a split bill)", capture(1, 0, "A"), capture(2, 12, "A", customer_id=UUID(int=9)), None),
    ("another shop", capture(1, 0, "A"), capture(2, 12, "A", merchant_id=UUID(int=9)), None),
    ("another asset", capture(1, 0, "A"), capture(2, 12, "A", asset="USD"), None),
    ("the first was paid back", capture(1, 0, "A", refunded_minor=3800), capture(2, 12, "A"), None),
    (
        "the first was paid back in part",
        capture(1, 0, "A", refunded_minor=3799),
        capture(2, 12, "A"),
        (SAME_REFERENCE, 98),
    ),
    ("the same instant, the later id", capture(1, 0, "A"), capture(2, 0, "A"), (SAME_REFERENCE, 98)),
    ("in the wrong order", capture(2, 12, "A"), capture(1, 0, "A"), None),
    ("itself", capture(1, 0, "A"), capture(1, 0, "A"), None),
]


@pytest.mark.parametrize(("what", "first", "second", "verdict"), TABLE, ids=[row[0] for row in TABLE])
def test_the_law(what: str, first: Capture, second: Capture, verdict: tuple[str, int] | None) -> None:
    found = judge(first, second, WINDOW)
    assert (found and (found.reason, found.confidence)) == verdict, what


def test_of_three_alike_the_second_and_the_third_are_held_against_the_first() -> None:
    found = suspicions([capture(3, 40, "A"), capture(1, 0, "A"), capture(2, 20, "A")], WINDOW)
    assert [(s.first_payment_id.int, s.second_payment_id.int) for s in found] == [(1, 2), (1, 3)]


def test_when_the_first_was_paid_back_the_second_is_the_purchase() -> None:
    found = suspicions([capture(1, 0, "A", refunded_minor=3800), capture(2, 20, "A"), capture(3, 40, "A")], WINDOW)
    assert [(s.first_payment_id.int, s.second_payment_id.int) for s in found] == [(2, 3)]


class LabelledCity:
    """Believable days at 40 shops, with the truth about every payment that repeats another."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.captures: list[Capture] = []
        self.truly: set[tuple[int, int]] = set()
        self._shops = [UUID(int=10_000 + n) for n in range(40)]
        for _ in range(4_000):
            self._purchase()
        for _ in range(200):
            self._charged_twice()
        for _ in range(400):
            self._second_round()
        for _ in range(150):
            self._split_bill()
        for _ in range(60):
            self._two_tickets()
        for _ in range(40):
            self._paid_back_and_paid_again()

    def _new(self, moment: datetime, **fields: object) -> Capture:
        made = capture(len(self.captures) + 1, 0, at=moment, **fields)
        self.captures.append(made)
        return made

    def _somewhere(self) -> dict[str, object]:
        numbered = self.dice.random() < 0.7
        return {
            "customer_id": UUID(int=self.dice.randrange(300)),
            "merchant_id": self.dice.choice(self._shops),
            "amount_minor": self.dice.choice([1200, 1800, 2600, 3800, 4500, self.dice.randrange(500, 30_000)]),
            "reference": f"N{self.dice.randrange(10**9)}" if numbered else "",
        }

    def _moment(self) -> datetime:
        day = NOON.replace(hour=0, minute=0) + timedelta(days=self.dice.randrange(90))
        return day + timedelta(seconds=self.dice.triangular(25_000, 80_000, 43_000))

    def _purchase(self) -> Capture:
        return self._new(self._moment(), **self._somewhere())

    def _again(self, first: Capture, seconds: float, **changed: object) -> Capture:
        same = {
            "customer_id": first.customer_id,
            "merchant_id": first.merchant_id,
            "amount_minor": first.amount_minor,
            "reference": first.order_reference,
        }
        return self._new(first.at + timedelta(seconds=seconds), **{**same, **changed})

    def _charged_twice(self) -> None:
        """The cashier's answer was lost; a second code for the same purchase, within minutes as a rule."""
        first = self._purchase()
        slow = self.dice.random() < 0.08
        second = self._again(first, self.dice.uniform(1200, 7200) if slow else self.dice.uniform(6, 240))
        self.truly.add((first.payment_id.int, second.payment_id.int))

    def _second_round(self) -> None:
        """Another coffee: minutes to hours later; a till with numbers gives it a new one."""
        first = self._purchase()
        reference = f"N{self.dice.randrange(10**9)}" if first.order_reference else ""
        self._again(first, self.dice.uniform(1500, 14_000), reference=reference)

    def _split_bill(self) -> None:
        """One table, one number, equal parts, but two people."""
        first = self._purchase()
        self._again(first, self.dice.uniform(10, 90), customer_id=UUID(int=5_000 + self.dice.randrange(300)))

    def _two_tickets(self) -> None:
        """One person buys for two, one code each, at once. Without numbers nobody can tell it from a double charge."""
        first = self._purchase()
        reference = f"N{self.dice.randrange(10**9)}" if first.order_reference else ""
        self._again(first, self.dice.uniform(8, 60), reference=reference)

    def _paid_back_and_paid_again(self) -> None:
        """A wrong sale is paid back, then sold again under the same number."""
        first = self._new(self._moment(), refunded_minor=2600, **{**self._somewhere(), "amount_minor": 2600})
        self._again(first, self.dice.uniform(60, 500))


def test_precision_and_recall_on_a_labelled_set(capsys: pytest.CaptureFixture[str]) -> None:
    city = LabelledCity(SEED)
    found = suspicions(city.captures, WINDOW)
    said = {(s.first_payment_id.int, s.second_payment_id.int): s for s in found}
    right = said.keys() & city.truly
    precision, recall = len(right) / len(said), len(right) / len(city.truly)
    sure = [pair for pair, s in said.items() if s.confidence >= 90]
    sure_precision = len(city.truly.intersection(sure)) / len(sure)
    with capsys.disabled():
        print(
            f"\nduplicates, seed {SEED}: {len(city.captures)} payments, {len(city.truly)} charged twice; "
            f"precision {precision:.3f}, recall {recall:.3f}, precision at confidence 90 {sure_precision:.3f}"
        )
    assert precision >= 0.88
    assert recall >= 0.95
    assert sure_precision >= 0.99
