"""R08: the connection is reset after COMMIT was sent and before its answer came: the key decides, nobody guesses.

A relay stands between the books and PostgreSQL. At the chosen point of a commit it cuts the line: before the server has
heard the COMMIT, or after the server has done it and before the answer is back. The caller cannot tell the two apart.
It sends the same entry again, and the business key says which it was: a replay, or posted now; never twice.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import Random
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError, connection, connections, transaction

from tests.databases import FreshDatabase
from tests.factories.ledger import Bookkeeper
from tests.faults.rounds import rounds
from walletdesk.foundation.clock.public import uuid7
from walletdesk.money.ledger.models import JournalEntry
from walletdesk.money.ledger.public import Entry, Line, balances, check_books, post_many

pytestmark = pytest.mark.serial
CUTS = ("before the server hears it", "after the server did it")
COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


class Relay:
    """One TCP line to the database that breaks at the COMMIT once ``cut`` says where."""

    def __init__(self, address: tuple[str, int] | str) -> None:
        self._address, self.cut = address, ""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            if isinstance(self._address, str):
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._address)
            else:
                server = socket.create_connection(self._address)
            threading.Thread(target=self._carry_up, args=(caller, server), daemon=True).start()
            threading.Thread(target=self._carry_down, args=(server, caller), daemon=True).start()

    def _carry_up(self, caller: socket.socket, server: socket.socket) -> None:
        while words := self._heard(caller):
            if COMMIT in words and self.cut == CUTS[0]:
                break
            if COMMIT in words and self.cut == CUTS[1]:
                caller.shutdown(socket.SHUT_RD)
                server.sendall(words)
                return  # the way down sees the answer and keeps it
            server.sendall(words)
        self._hang_up(caller, server)

    def _carry_down(self, server: socket.socket, caller: socket.socket) -> None:
        while words := self._heard(server):
            if b"COMMIT\x00" in words and self.cut == CUTS[1]:
                break
            try:
                caller.sendall(words)
            except OSError:
                break
        self._hang_up(caller, server)

    @staticmethod
    def _heard(line: socket.socket) -> bytes:
        try:
            return line.recv(65536)
        except OSError:
            return b""

    @staticmethod
    def _hang_up(*lines: socket.socket) -> None:
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()


@contextmanager
def through(relay: Relay) -> Iterator[None]:
    """Django's connection of this thread goes through the relay."""
    settings = connection.settings_dict
    before = {name: settings[name] for name in ("HOST", "PORT", "OPTIONS")}
    connections.close_all()
    plain = {**settings["OPTIONS"], "sslmode": "disable", "gssencmode": "disable"}
    settings.update(HOST="127.0.0.1", PORT=str(relay.port), OPTIONS=plain)
    try:
        yield
    finally:
        relay.cut = ""
        connections.close_all()
        settings.update(before)


def address_of(database: FreshDatabase) -> tuple[str, int] | str:
    parts = urlsplit(database.url)
    host, port = connection.settings_dict["HOST"] or parts.hostname or "127.0.0.1", parts.port or 5432
    return f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, port)


def pay_in_a_cut(relay: Relay, cut: str, entry: Entry) -> None:
    with through(relay), pytest.raises(OperationalError), transaction.atomic():
        post_many([entry])
        relay.cut = cut


@pytest.mark.parametrize("cut", CUTS)
def test_r08_the_key_decides_what_a_lost_commit_was(fresh_database: FreshDatabase, cut: str) -> None:
    books = Bookkeeper()
    anna, shop = books.account("anna", opening="1000.00"), books.account("shop", "merchant_settlement")
    relay = Relay(address_of(fresh_database))
    paid = 0
    for dice in rounds(f"R08 lost commit, {cut}", small=3):
        paid += _one_lost_commit(relay, cut, anna, shop, dice)
        assert balances([shop])[shop].posted == paid
    relay.close()
    assert check_books().findings == ()


def _one_lost_commit(relay: Relay, cut: str, anna: int, shop: int, dice: Random) -> int:
    amount = dice.randint(1, 100)
    first = Entry(uuid7(), "payment", f"order {uuid7()}", (Line(anna, shop, amount),))
    pay_in_a_cut(relay, cut, first)

    again = Entry(uuid7(), first.kind, first.reference, first.lines)
    [answer] = post_many([again])
    if cut == CUTS[0]:
        assert (answer.replayed, answer.entry_id) == (False, again.id)  # type: ignore[union-attr]
    else:
        assert (answer.replayed, answer.entry_id) == (True, first.id)  # type: ignore[union-attr]
    assert JournalEntry.objects.filter(kind="payment", reference=first.reference).count() == 1
    return amount
