"""Every refusal of the house says what happened and what to do next in its own words, in both languages."""

from __future__ import annotations

import importlib
import pkgutil

import walletdesk
from walletdesk.foundation.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, TryLater

PLAIN = {Refusal, Invalid, NotAllowed, NotFound, Conflict, TryLater}


def _all_below(kind: type[Refusal]) -> set[type[Refusal]]:
    below = set(kind.__subclasses__())
    return below.union(*(_all_below(one) for one in below)) if below else below


def _refusals() -> list[type[Refusal]]:
    for found in pkgutil.walk_packages(walletdesk.__path__, "walletdesk."):
        if found.name.endswith(".errors"):
            importlib.import_module(found.name)
    return sorted((one for one in _all_below(Refusal) - PLAIN if not one.__subclasses__()), key=lambda one: one.code)


def test_every_refusal_says_its_own_next_step() -> None:
    refusals = _refusals()
    assert len(refusals) > 200
    vague = [one.code for one in refusals if one.next is Refusal.next or one.what is Refusal.what]
    assert vague == [], "“try again, or ask us” is no step"
    assert [one.code for one in refusals if not all((one.what.zh, one.what.en, one.next.zh, one.next.en))] == []
