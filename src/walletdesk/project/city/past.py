"""What went wrong in the ninety days and was put right: asked, answered, refunded by two people, confirmed and rated.

Planned by a seed and lived through the desk's own verbs at its own moment. Most answers come within the hour, some a day late,
and the page of the case says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from walletdesk.foundation.clock.public import at
from walletdesk.foundation.i18n.words import Words
from walletdesk.money.payments.public import payments_of_customer
from walletdesk.project.city.arrivals import Residents
from walletdesk.project.city.people import Citizen
from walletdesk.project.city.troubles import PHONE
from walletdesk.service.agent_actions.public import approve_refund, ask_verification, propose_refund
from walletdesk.service.cases.public import (
    Actor,
    ask_confirmation,
    confirm_solved,
    device_block,
    open_case,
    rate,
    take_case,
    the_agent,
    the_customer,
)
from walletdesk.service.conversations.public import say
from walletdesk.trust.staff.public import employees
from walletdesk.trust.verification.public import answer_prompt

SLOT = 2
"""The moment of the day, from 0, at which people complain: after lunch."""
EVERY = 2
"""Days from one matter to the next."""
LATE_SHARE, REFUND_SHARE = 0.12, 0.55
AGENTS = ("1024", "1025", "1031", "1052", "1053", "1060")
CHECKERS = ("0387", "0388")
COMPLAINTS = {
    "refund_request": Words("东西是坏的，店里让我找你们。", "It was broken, and the shop sent me to you."),
    "record_wrong": Words("金额和小票不一样。", "The sum is not the one on my slip."),
    "payment_problem": Words("付了款，店里说没看到。", "I paid, and the shop says it saw nothing."),
    "question": Words("这笔为什么排在昨天？", "Why does this one stand under yesterday?"),
}
ANSWERS = {
    "record_wrong": Words("核对过了：小票没有减去优惠。", "We checked: the slip leaves out your discount."),
    "payment_problem": Words("店里的网络断过，款已经收到。", "The shop’s line was down; your payment did arrive."),
    "question": Words(
        "按北京时间记日期，您付的时候已过零点。", "Days are those of Beijing time; you paid after midnight."
    ),
}
REASON = Words("店里同意退", "The shop agrees")
REMARKS = (
    (5, "很快", "Quick"),
    (5, "", ""),
    (4, "说得清楚", "Clear"),
    (3, "等得有点久", "A little slow"),
    (2, "等了一天", "A day of waiting"),
)


@dataclass(frozen=True)
class Matter:
    """One thing that went wrong. ``remark`` is an index of ``REMARKS``."""

    day: int
    citizen: int
    kind: str
    agent: str
    checker: str
    remark: int
    late: bool


def matters(seed: int, people: int, days: int) -> Iterator[Matter]:
    """Pure: the same seed, the same matters; none in the first week and the last two days."""
    dice = Random(seed + 7)  # noqa: S311 - a city, not a secret
    for day in range(7, days - 2, EVERY):
        refund, late = dice.random() < REFUND_SHARE, dice.random() < LATE_SHARE
        kind = "refund_request" if refund else dice.choice(tuple(ANSWERS))
        who = (dice.randrange(1, people), dice.choice(AGENTS), dice.choice(CHECKERS))
        remark = len(REMARKS) - 1 if late else dice.randrange(len(REMARKS) - 1)
        yield Matter(day, who[0], kind, who[1], who[2], remark, late and not refund)


@dataclass
class Past:
    """Lives the matters while the days go by."""

    residents: Residents
    people: list[Citizen]
    seed: int
    days: int
    day: int = -1
    slot: int = 0
    waiting: list[tuple[Matter, UUID, UUID, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._plan = {one.day: one for one in matters(self.seed, len(self.people), self.days)}

    def live(self, moment: datetime, *, opens_the_day: bool) -> None:
        """After each moment of the city: what is asked now, and what was promised for now."""
        self.day, self.slot = (self.day + 1, 0) if opens_the_day else (self.day, self.slot + 1)
        if self.slot != SLOT:
            return
        owed, self.waiting = self.waiting, []
        for matter, case_id, payment_id, minor in owed:
            self._answer(matter, case_id, payment_id, minor, moment + timedelta(minutes=5))
        today = self._of_somebody_who_paid(self._plan.get(self.day))
        asked = self._ask(today, moment + timedelta(minutes=10)) if today else None
        if today and asked and today.late:
            self.waiting.append((today, *asked))
        elif today and asked:
            self._answer(today, *asked, moment + timedelta(minutes=42))

    def _of_somebody_who_paid(self, matter: Matter | None) -> Matter | None:
        """The matter, or that of the next citizen who has bought anything by now: which hour a day begins at decides who has."""
        if matter is None:
            return None
        everybody = len(self.people)
        following = ((matter.citizen + step) % everybody for step in range(everybody))
        who = next((one for one in following if payments_of_customer(self.residents.customers[one], limit=1)), None)
        return replace(matter, citizen=who) if who is not None else None

    def _ask(self, matter: Matter, moment: datetime) -> tuple[UUID, UUID, int] | None:
        customer_id = self.residents.customers[matter.citizen]
        paid = next(iter(payments_of_customer(customer_id, limit=1)), None)
        if paid is None:
            return None
        asker = the_customer(customer_id)
        with at(moment):
            case = open_case(matter.kind, customer_id, [paid.id], asker, device=device_block(PHONE))
            say(case.id, asker, COMPLAINTS[matter.kind].in_language(self.people[matter.citizen].language))
        return case.id, paid.id, paid.left.minor

    def _answer(self, matter: Matter, case_id: UUID, payment_id: UUID, minor: int, moment: datetime) -> None:
        customer_id, language = self.residents.customers[matter.citizen], self.people[matter.citizen].language
        agent_id, checker_id = self.residents.employees[matter.agent], self.residents.employees[matter.checker]
        with at(moment):
            take_case(agent_id, case_id)
            if matter.kind == "refund_request":
                answer_prompt(customer_id, ask_verification(agent_id, case_id).id, genuine=True)
                made = propose_refund(agent_id, case_id, payment_id, minor, REASON.in_language(language))
            else:
                agent = _actor(agent_id)
                say(case_id, agent, ANSWERS[matter.kind].in_language(language))
                ask_confirmation(case_id, agent)
        with at(moment + timedelta(minutes=9)):
            if matter.kind == "refund_request":
                approve_refund(checker_id, made.id, made.payload_hash)
        stars, zh, en = REMARKS[matter.remark]
        with at(moment + timedelta(minutes=31)):
            confirm_solved(customer_id, case_id)
            rate(customer_id, case_id, stars, Words(zh, en).in_language(language))


def _actor(employee_id: UUID) -> Actor:
    one = employees([employee_id])[employee_id]
    return the_agent(one.id, one.employee_number, one.name_zh, one.name_en)
