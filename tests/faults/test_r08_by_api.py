"""R08 through ``/v1``: the line between the API and PostgreSQL is cut at the commit, slow, or gone. Nobody is told a guess: an
answer, 202 ``unknown`` or a refusal to be asked again; the key decides later, has one effect, and answers the same bytes.

One round of each case in ``bin/test`` (the rooms have their own, longer ones); the long size is six hundred.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest

from tests.databases import FreshDatabase
from tests.faults.api_house import ApiPayer, ApiTown, Notebook, api_server
from tests.faults.rounds import rounds
from tests.faults.test_r08_lost_commit import CUTS, Relay, address_of
from walletdesk.client import Money, NoAnswer, NotNow, OutcomeUnknown, Patience, Walletdesk
from walletdesk.client.answers import PaymentMade
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.models import Payment

pytestmark = pytest.mark.serial
ONCE = Patience(tries=1)
CASES = (*CUTS, "slow", "gone")
SLOW_SECONDS = 0.02


class Line(Relay):
    """The relay, which may also be slow or refuse everybody for a while."""

    slow, gone = 0.0, False

    def _carry_up(self, caller, server) -> None:  # type: ignore[no-untyped-def]
        if self.gone:
            self._hang_up(caller, server)
            return
        super()._carry_up(caller, server)

    def _heard(self, line) -> bytes:  # type: ignore[no-untyped-def,override]
        words = Relay._heard(line)
        time.sleep(self.slow)
        return b"" if self.gone else words


def through(line: Line, database: FreshDatabase) -> dict[str, str]:
    """The environment of a server that reaches its database by the line."""
    parts = urlsplit(database.url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items() if name != "host"}
    query |= {"sslmode": "disable", "gssencmode": "disable"}
    who = parts.netloc.rpartition("@")[0]
    netloc = f"{who}@127.0.0.1:{line.port}" if who else f"127.0.0.1:{line.port}"
    url = urlunsplit(parts._replace(netloc=netloc, query=urlencode(query)))
    return {**database.environment, "DATABASE_URL": url}


def test_r08_the_key_decides_what_a_broken_line_was(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    line, heard = Line(address_of(fresh_database)), Counter[str]()
    town, notebook = ApiTown(Random(8)), Notebook()
    shop, number = town.shops[0], 0
    with (
        api_server(through(line, fresh_database), tmp_path) as port,
        notebook.client(port, shop.secret) as patient,
        notebook.client(port, shop.secret, ONCE) as hasty,
    ):
        for dice in rounds("R08 over HTTP", small=1):
            for case in dice.sample(CASES, len(CASES)):
                number += 1
                order = patient.orders.create(Money(dice.randint(1, 500), "CNY"), key=f"order-{number}")
                payer = dice.choice(town.payers)
                break_it(line, case)
                said = one_try(hasty, order.id, payer, shop.id, f"pay-{number}")
                mend_it(line)
                heard[f"{case}: {said}"] += 1
                paid = pay(patient, order.id, payer, shop.id, f"pay-{number}")
                outcome = patient.requests.get(f"pay-{number}", operation="payments.create")
                assert (outcome.state, outcome.answer and outcome.answer["id"]) == ("done", paid.id)
                assert Payment.objects.filter(order_id=order.id).count() == 1
        again = notebook.ask_all_again(port)
    line.close()
    assert Payment.objects.count() == number
    assert check_books().findings == ()
    print(f"R08 over HTTP: {dict(heard)}; {again} answered with the same bytes")


def break_it(line: Line, case: str) -> None:
    line.cut = case if case in CUTS else ""
    line.slow = SLOW_SECONDS if case == "slow" else 0.0
    line.gone = case == "gone"


def mend_it(line: Line) -> None:
    break_it(line, "")


def pay(till: Walletdesk, order: str, payer: ApiPayer, shop: object, key: str) -> PaymentMade:
    return till.payments.create(order, agreement_id=payer.agreements[shop], key=key)  # type: ignore[index]


def one_try(till: Walletdesk, order: str, payer: ApiPayer, shop: object, key: str) -> str:
    """What one request heard; never that it failed when it may have been done."""
    try:
        pay(till, order, payer, shop, key)
    except OutcomeUnknown:
        return "unknown"
    except (NotNow, NoAnswer) as turned_away:
        return type(turned_away).__name__
    return "paid"
