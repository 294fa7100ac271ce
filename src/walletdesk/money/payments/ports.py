"""What payments need of the world: a bank that hands over money when it is asked.

A request has one of five outcomes, and the difference between the last two is what keeps money safe:

    accepted       done; it will stand on the bank's statement
    declined       not done and never will be; ``code`` says why in the bank's word
    absent         (to a question only) the bank never heard of this reference
    unavailable    not done, because nothing was sent: the connection was refused, or the bank said "I took nothing"
    unknown        sent, and no answer that can be trusted: it may be done
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from walletdesk.foundation.amount.public import Amount

Outcome = Literal["accepted", "declined", "absent", "unavailable", "unknown"]


@dataclass(frozen=True, slots=True)
class BankAnswer:
    """``code`` is the reason of a refusal, ``bank_reference`` the bank's own number of what was done."""

    outcome: Outcome
    code: str = ""
    bank_reference: str = ""


class BankGateway(Protocol):
    """The bank, seen from here. ``reference`` is ours and unique for ever; the bank does one thing per reference.

    What an adapter must not do:

    - guess: an answer that is late, cut off, malformed, or a 5xx without "nothing done", is ``unknown``, never a failure;
    - retry by itself: whether to ask again is decided by the room, which has written down what it asked;
    - raise for anything that the network or the bank does: the five outcomes are all there is;
    - wait longer than its deadline, counted over the whole exchange;
    - run inside a database transaction, or open one.
    """

    def pull(self, reference: str, amount: Amount) -> BankAnswer:
        """Take ``amount`` from the person's bank account. Never ``absent``."""

    def ask(self, reference: str) -> BankAnswer:
        """What became of a reference. Changes nothing; never ``unavailable`` in the sense of "not done": see ``unknown``."""

    def void(self, reference: str) -> BankAnswer:
        """Make sure that a reference the bank has not heard of is never done (``declined``, ``voided``); else as ``ask``."""


class NoBankJoined(RuntimeError):
    """The installation names no bank: ``project/ports.py`` did not call :func:`use_bank`."""


_joined: list[BankGateway] = []


def use_bank(gateway: BankGateway) -> None:
    """From now on this process talks to ``gateway``."""
    _joined[:] = [gateway]


def the_bank() -> BankGateway:
    if not _joined:
        raise NoBankJoined
    return _joined[0]
