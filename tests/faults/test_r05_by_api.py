"""R05 through ``/v1``: people send each other money over HTTP, with their own keys; every read of all balances, at any moment,
is the total. Afterwards each request is answered as it was.

Four seconds in ``bin/test`` (WALLETDESK_R05_SECONDS changes it), thirty minutes' share in ``bin/soak``.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.databases import FreshDatabase
from tests.faults.api_house import ApiTown, Notebook, api_server
from tests.faults.rounds import rounds
from tests.faults.test_r05_bank import read
from walletdesk.client import Conflict, Money, Walletdesk
from walletdesk.money.ledger.public import check_books
from walletdesk.money.payments.models import PersonTransfer
from walletdesk.money.wallets.public import wallet_places

pytestmark = pytest.mark.serial
SECONDS = float(os.environ.get("WALLETDESK_R05_SECONDS", "4"))
PEOPLE, MONEY, SENDERS = 6, 10, 6


def send(client: Walletdesk, town: ApiTown, seed: int, ends: float) -> Counter[str]:
    """Sums that often are not there, to whoever comes; how it was answered."""
    dice, answered, number = Random(seed), Counter[str](), 0
    while time.monotonic() < ends:
        number += 1
        to = town.address(dice.randrange(PEOPLE))
        try:
            client.transfers.create(to, Money(dice.randint(1, 700), "CNY"), key=f"send-{seed}-{number}")
        except Conflict as refused:
            answered[refused.code] += 1
        except Exception as trouble:  # a transfer to oneself: the rest is named below
            answered[getattr(trouble, "code", type(trouble).__name__)] += 1
        else:
            answered["made"] += 1
    return answered


def test_r05_the_total_is_the_total_while_people_send(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    with api_server(fresh_database.environment, tmp_path) as port:
        for dice in rounds("R05 bank over HTTP", small=1):
            made_before = PersonTransfer.objects.count()
            town, notebook = ApiTown(dice, shops=0, people=PEOPLE, money=MONEY), Notebook()
            places = wallet_places([payer.view.id for payer in town.payers])
            accounts = [place.ledger_account for place in places.values()]
            clients = [notebook.client(port, town.payers[n % PEOPLE].secret) for n in range(SENDERS)]
            ends = time.monotonic() + SECONDS
            senders = [partial(send, client, town, dice.randrange(10**9), ends) for client in clients]
            results = fresh_database.at_once(*senders, partial(read, accounts, PEOPLE * MONEY * 100, ends, 0.01))
            failed = [result for result in results if isinstance(result, BaseException)]
            assert not failed, failed
            answered = sum(results[:SENDERS], Counter[str]())
            assert set(answered) <= {"made", "not_enough_money", "transfer_to_self"}, answered
            assert PersonTransfer.objects.count() - made_before == answered["made"] == len(notebook.pages)
            again = notebook.ask_all_again(port)
            assert PersonTransfer.objects.count() - made_before == again, "asked again, nothing more was sent"
            assert check_books().findings == ()
            print(f"R05 over HTTP: {dict(answered)}, all balances read {results[-1]} times, {again} answered the same")
