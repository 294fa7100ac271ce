"""Live the demo city through the product's own verbs.

    build(seed=2026, report=lambda done, words: …)

Needs a sandbox bank at ``WALLETDESK_BANK_URL`` and simulated time allowed by the database's owner. Takes people in
first, then lives each planned moment as one batch of orders, payments and transfers, then makes the problems of today.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections

from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.outbox.public import deliver_all
from walletdesk.money.payments.public import TopUpRequest, TopUpView, TransferIntent, start_top_ups, transfer_many
from walletdesk.project.city.arrivals import Residents, take_in
from walletdesk.project.city.imitators import list_imitators
from walletdesk.project.city.life import Moment, ninety_days
from walletdesk.project.city.past import Past
from walletdesk.project.city.people import DEMO_PASSWORD, citizens, clerks, demo_factor, demo_people, shops
from walletdesk.project.city.purchases import buy
from walletdesk.project.city.rota import plan_the_weeks
from walletdesk.project.city.telephone import open_hotline
from walletdesk.project.city.troubles import make_troubles

Report = Callable[[float, str], None]
LOCAL = ZoneInfo("Asia/Shanghai")
DAYS, PEOPLE = 90, 300
DAYS_BEHIND = 2
"""How many mornings the worker may lag behind life."""
ARRIVALS_SHARE = 0.3
"""How much of the progress bar the arrivals take; the rest is the ninety days."""


class NoBank(RuntimeError):
    """Nothing of what people asked their bank for has come."""


def build(seed: int, report: Report, *, people: int = PEOPLE, days: int = DAYS) -> Residents:
    """Deterministic but for ids and the last moments of today, which end at the real present. Tests build a smaller one."""
    present = now().astimezone(LOCAL)
    first_morning = (present - timedelta(days=days)).replace(hour=6, minute=0, second=0, microsecond=0)
    planned = citizens(seed, people)
    with at(first_morning):
        residents = take_in(planned, lambda done, words: report(done * ARRIVALS_SHARE, words))
    past = Past(residents, planned, seed, days)
    with telling() as tell:
        for moment in ninety_days(seed, planned, shops(), present - timedelta(minutes=20), days):
            if moment.opens_the_day:
                tell(moment.at)
            with at(moment.at):
                live_through(residents, moment)
            past.live(moment.at, opens_the_day=moment.opens_the_day)
            gone = (moment.at - first_morning) / (present - first_morning)
            report(ARRIVALS_SHARE + gone * (0.97 - ARRIVALS_SHARE), f"{moment.at:%Y-%m-%d}")
    open_hotline(residents, present, seed)
    plan_the_weeks(residents, present)
    list_imitators(residents, present)
    make_troubles(residents, present)
    deliver_all()
    offer_sign_ins()
    report(1.0, "")
    return residents


@contextmanager
def telling() -> Iterator[Callable[[datetime], None]]:
    """The worker of the city: each morning it lets everybody hear what the days before told, while life goes on. Facts
    carry their own time, so nothing is lost by hearing them a day late. What the worker trips over is raised here.
    """

    def hear(moment: datetime) -> None:
        with at(moment):
            deliver_all()

    with ThreadPoolExecutor(1) as worker:
        mornings: deque[Future[None]] = deque()

        def tell(moment: datetime) -> None:
            if len(mornings) == DAYS_BEHIND:
                mornings.popleft().result()
            mornings.append(worker.submit(hear, moment))

        yield tell
        for morning in mornings:
            morning.result()
        worker.submit(connections.close_all).result()


def offer_sign_ins() -> None:
    """Leave the list of who can sign in, and the authenticator apps of the staff, where the pages find them."""
    offered = [asdict(person) | {"password": DEMO_PASSWORD} for person in demo_people()]
    settings.DATA_FOLDER.mkdir(parents=True, exist_ok=True)
    (settings.DATA_FOLDER / "demo_people.json").write_text(
        json.dumps(offered, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    factors = {clerk.email: demo_factor(clerk.email) for clerk in clerks()}
    (settings.DATA_FOLDER / "demo_factors.json").write_text(json.dumps(factors, indent=1), encoding="utf-8")


def live_through(residents: Residents, moment: Moment) -> None:
    """One moment: money in, then the shops' orders paid in one batch, then gifts among people. Raises ``NoBank`` where no
    money arrives: a city without any would be kept, and nobody in it could pay.
    """
    came = start_top_ups(
        [
            TopUpRequest(f"city-{moment.at:%Y%m%d}", residents.customers[citizen], Amount(minor, CNY))
            for citizen, minor in moment.top_ups
        ]
    )
    if came and not any(isinstance(one, TopUpView) and one.state == "done" for one in came):
        raise NoBank(f"none of {len(came)} top-ups arrived: does the sandbox bank answer at {settings.BANK_URL}?")
    buy(residents, moment.purchases)
    if moment.gifts:
        transfer_many(
            [
                TransferIntent(
                    key=f"city-gift-{moment.at:%Y%m%d}-{place}",
                    from_customer=residents.customers[gift.giver],
                    to_customer=residents.customers[gift.taker],
                    amount=Amount(gift.minor, CNY),
                    note=gift.note,
                    consent=residents.proof(gift.giver),
                )
                for place, gift in enumerate(moment.gifts)
            ]
        )
