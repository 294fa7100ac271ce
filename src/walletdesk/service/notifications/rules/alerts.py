"""Who is told outside of the app, by what, and when; pure.

What is told has one of four subjects:

    safety   the account or the money may be in danger: at once, to every address on file, whatever was chosen
    debit    money goes out: by the channels chosen, from the threshold on; with nothing chosen differently, each one
    credit   money comes in
    cases    somebody of us has answered, or asks

A channel that was chosen and leads nowhere (no browser subscribed, no number on file) does not make a debit silent: it goes
by the first that leads somewhere. Only who chose no channel at all for debits is not told outside of the app, and while
somebody has just come in on a new device not even they: whoever that is may have chosen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from walletdesk.service.notifications.rules.quiet_hours import quiet_until

PUSH, SMS, EMAIL = "push", "sms", "email"
CHANNELS = (PUSH, SMS, EMAIL)
SAFETY, DEBIT, CREDIT, CASES = "safety", "debit", "credit", "cases"
CHOSEN_SUBJECTS = (DEBIT, CREDIT, CASES)


@dataclass(frozen=True, slots=True)
class Choices:
    """``channels`` by subject; ``threshold`` in minor units of ``asset``; ``quiet`` from and to, on the reader's clock."""

    channels: Mapping[str, frozenset[str]]
    threshold: int = 0
    asset: str = "CNY"
    quiet: tuple[time, time] | None = None
    debits_pass_quiet: bool = True


DEFAULT_CHOICES = Choices({subject: frozenset({PUSH}) for subject in CHOSEN_SUBJECTS})
"""A debit is told from the first cent (threshold 0), by push, else by text message, else by mail; the rest by push alone."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be told: ``minor`` and ``asset`` of the money that moved, where any did. ``watched``: a device of the account
    is in its first hours.
    """

    subject: str
    minor: int = 0
    asset: str = ""
    watched: bool = False


def channels_for(what: Happening, choices: Choices, reachable: frozenset[str]) -> tuple[str, ...]:
    """By what it is told outside of the app, in the order push, sms, email; empty: in the inbox only."""
    if what.subject == SAFETY:
        return tuple(channel for channel in CHANNELS if channel in reachable)
    chosen = choices.channels.get(what.subject, frozenset())
    if not (what.subject == DEBIT and what.watched):
        small = what.subject == DEBIT and what.asset == choices.asset and what.minor < choices.threshold
        if small or not chosen:
            return ()
    led = tuple(channel for channel in CHANNELS if channel in chosen & reachable)
    if led or what.subject != DEBIT:
        return led
    return tuple(channel for channel in CHANNELS if channel in reachable)[:1]


def told_at(what: Happening, choices: Choices, here: datetime) -> datetime:
    """Now, or when the quiet hours end. ``here`` is now on the reader's clock."""
    if what.subject == SAFETY or choices.quiet is None:
        return here
    if what.subject == DEBIT and (choices.debits_pass_quiet or what.watched):
        return here
    return quiet_until(here, *choices.quiet) or here


def quieter(before: Choices, after: Choices) -> bool:
    """Whether a debit that is told now would be told less, or later: what a thief wants before the money goes.

    A channel that goes counts also where another comes: the one that goes may be the only one that the owner still has.
    """
    hours = _held_back(after)
    return (
        not before.channels.get(DEBIT, frozenset()) <= after.channels.get(DEBIT, frozenset())
        or (after.threshold > before.threshold)
        or (hours is not None and hours != _held_back(before))
    )


def _held_back(choices: Choices) -> tuple[time, time] | None:
    """In which hours a debit waits."""
    return None if choices.debits_pass_quiet else choices.quiet
