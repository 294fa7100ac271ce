"""The first morning: people, shops and staff sign up through the same verbs as everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.public import enrol_totp, sign_up_user
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.merchants.public import members_of, sign_up_merchant, tills_of
from walletdesk.project.city.people import (
    DEMO_PASSWORD,
    DEMO_PIN,
    Citizen,
    Clerk,
    Shop,
    clerks,
    demo_factor,
    demo_people,
    shops,
    teams,
)
from walletdesk.trust.customers.public import PinProof, register_customer, set_pin, set_tier
from walletdesk.trust.staff.public import employ, open_team

Report = Callable[[float, str], None]
HANDS = 2
"""Threads; a password and a PIN cost argon2 time, which runs outside the interpreter's lock."""


@dataclass(frozen=True)
class TillPlace:
    merchant_id: UUID
    till_id: UUID
    member_id: UUID


@dataclass(frozen=True)
class Residents:
    """Who lives here now, in the order of the plan."""

    customers: list[UUID]
    tills: list[TillPlace]
    employees: dict[str, UUID]

    def proof(self, citizen: int) -> PinProof:
        """What typing the PIN gives. The city knows its own people; typing it 27,000 times would take ten minutes."""
        return PinProof(self.customers[citizen], now())


def take_in(people: Sequence[Citizen], report: Report) -> Residents:
    streets, desk = shops(), clerks()
    for code, (name_zh, name_en) in teams().items():
        open_team(code, name_zh, name_en)
    employees = {clerk.number: employee for clerk, employee in zip(desk, _each(_hire, desk), strict=True)}
    report(0.05, "staff")
    tills = list(_each(_open_shop, streets))
    report(0.2, "shops")
    customers: list[UUID] = []
    for place, customer in enumerate(_each(_settle, people)):
        customers.append(customer)
        report(0.2 + 0.8 * place / len(people), "customers")
    deliver_all()
    return Residents(customers, tills, employees)


def _each(act: Callable[[Any], UUID | TillPlace], plans: Sequence[Any]) -> Iterator[Any]:
    """``act`` on each plan, two at a time at the present (simulated) moment; results in the order of the plans."""
    moment = now()

    def in_own_thread(plan: Any) -> Any:
        with at(moment):
            return act(plan)

    with ThreadPoolExecutor(HANDS) as hands:
        yield from hands.map(in_own_thread, plans)
        for _ in hands.map(lambda _: connections.close_all(), range(HANDS)):
            pass


@cache
def _offered() -> frozenset[str]:
    return frozenset(one.email for one in demo_people())


def _hire(clerk: Clerk) -> UUID:
    user = sign_up_user(clerk.email, DEMO_PASSWORD)
    enrol_totp(user.id, demo_factor(clerk.email))
    names = (clerk.name_zh, clerk.name_en)
    return employ(user.id, clerk.number, *names, clerk.team, clerk.role, enrolled=True, by="city").id


def _open_shop(shop: Shop) -> TillPlace:
    user = sign_up_user(shop.owner_email, DEMO_PASSWORD if shop.owner_email in _offered() else None)
    merchant = sign_up_merchant(user.id, shop.name_zh, shop.name_en, shop.category, verified=True)
    return TillPlace(merchant.id, tills_of(merchant.id)[0].id, members_of(merchant.id)[0].id)


def _settle(person: Citizen) -> UUID:
    """The wallets follow, all in one go, when the news of the customers is heard. A password costs time to hash: only who
    stands on the list of sign-ins has one, the others sign in by code."""
    password = DEMO_PASSWORD if person.email in _offered() else None
    with transaction.atomic():
        user = sign_up_user(person.email, password, person.language)
        customer = register_customer(user.id, person.name, person.phone)
        set_pin(customer.id, DEMO_PIN)
        set_tier(customer.id, person.tier, "city", "Papers shown when the account was opened")
    return customer.id
