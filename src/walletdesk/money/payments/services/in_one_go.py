"""How every set-based money verb runs: in one transaction, one surprise alone, a lost answer decided by the key.

``once(intents)`` does the whole batch in the transaction that is open and answers each intent; a refusal is an answer,
an exception is a surprise. What can go wrong:

    a surprise          all is undone; the batch is halved until the one that surprises is alone: it is ``broken``, its
                        neighbours are done
    ``AGAIN``           refused only because of a neighbour in the batch who then was not done either: once more, with the
                        others like it, in a transaction of its own; the first of them is never ``AGAIN`` again
    connection lost     (a deadlock, a warning at commit) decided by the key, or ``OutcomeUnknown``: ``known_outcome`` says how
    any error of it     (a full disk) that stops a later transaction of the batch does not change what the earlier ones answer
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from enum import Enum
from functools import partial
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from walletdesk.foundation.errors import Refusal
from walletdesk.money.payments.errors import OutcomeUnknown
from walletdesk.money.payments.rules.batches import rounds
from walletdesk.money.payments.services.known_outcome import known_outcome

log = logging.getLogger(__name__)
Intent = TypeVar("Intent")
Result = TypeVar("Result")


class Again(Enum):
    AGAIN = "again"


AGAIN = Again.AGAIN
Once = Callable[[Sequence[Intent]], Sequence[Result | Again]]


MOST_AT_ONCE = 2_000


def in_one_go(
    intents: Sequence[Intent],
    once: Once[Intent, Result],
    *,
    wants: Callable[[Intent], Iterable[Hashable]],
    refused: Callable[[Refusal], Result],
    broken: Callable[[], Refusal],
) -> list[Result]:
    """One result per intent, in their order. ``wants`` names what two intents cannot have in one transaction (their key,
    the same order): the later one follows in a transaction of its own and sees what the earlier did. What stops a
    transaction is raised if it stops all of them, else it is the answer of those whom it stopped; who was to follow is
    ``broken``: not begun.
    """
    results: dict[int, Result] = {}
    pieces, again = _pieces(intents, range(len(intents)), wants), list[int]()
    while pieces or again:
        if not pieces:
            pieces, again = _pieces(intents, sorted(again), wants), []
        places = pieces.popleft()
        try:
            answers = known_outcome(partial(once, [intents[place] for place in places]))
        except (OperationalError, InterfaceError, OutcomeUnknown) as trouble:
            unknown = isinstance(trouble, OutcomeUnknown)
            if len(places) == len(intents) or not (unknown or results):
                raise
            log.error("%s of %s were stopped: %s", len(intents) - len(results), len(intents), trouble)
            results |= {place: refused(OutcomeUnknown() if unknown else broken()) for place in places}
            break
        except Exception:
            if len(places) == 1:
                log.exception("an intent surprised us and was undone")
                results[places[0]] = refused(broken())
            else:
                middle = len(places) // 2
                pieces.extendleft([places[middle:], places[:middle]])
            continue
        for place, answer in zip(places, answers, strict=True):
            if isinstance(answer, Again):
                again.append(place)
            else:
                results[place] = answer
    return [results[place] if place in results else refused(broken()) for place in range(len(intents))]


def _pieces(
    intents: Sequence[Intent], places: Sequence[int], wants: Callable[[Intent], Iterable[Hashable]]
) -> deque[list[int]]:
    """These places, cut into what goes into one transaction each."""
    cut = rounds([intents[place] for place in places], wants)
    return deque(
        [places[index] for index in round_[start : start + MOST_AT_ONCE]]
        for round_ in cut
        for start in range(0, len(round_), MOST_AT_ONCE)
    )
