"""The life of a top-up: what may follow what.

    state      heard from the bank            next        money
    pending    accepted                       done        credited now
    pending    declined                       declined    never left the bank
    pending    unavailable (nothing was sent) declined    never left the bank
    pending    unknown (sent, no answer)      unknown     somewhere; the bank is asked again
    unknown    accepted                       done        credited now
    unknown    declined                       declined    never left the bank
    unknown    unknown, unavailable           unknown     still somewhere; asked again later
    done       anything                       done        never twice
    declined   anything but accepted          declined    nothing
    declined   accepted                       contradiction: the bank took back its word; people must look

``absent`` (the bank never heard of the reference) is no end by itself: the order may still be on its way. The bank is
told to void the reference, and what it answers to that is an end.
"""

from __future__ import annotations

PENDING, DONE, DECLINED, UNKNOWN = "pending", "done", "declined", "unknown"
ACCEPTED, REFUSED, NO_ANSWER, NOT_SENT, ABSENT = "accepted", "declined", "unknown", "unavailable", "absent"

_NEXT = {
    (PENDING, ACCEPTED): DONE,
    (PENDING, REFUSED): DECLINED,
    (PENDING, NOT_SENT): DECLINED,
    (PENDING, NO_ANSWER): UNKNOWN,
    (PENDING, ABSENT): UNKNOWN,
    (UNKNOWN, ACCEPTED): DONE,
    (UNKNOWN, REFUSED): DECLINED,
    (UNKNOWN, NOT_SENT): UNKNOWN,
    (UNKNOWN, NO_ANSWER): UNKNOWN,
    (UNKNOWN, ABSENT): UNKNOWN,
}


class BankContradicts(ValueError):
    """The bank accepted what it had declined before."""


def after(state: str, answer: str) -> str:
    """The state that follows; ``BankContradicts`` if the bank went back on a refusal."""
    if state == DONE:
        return DONE
    if state == DECLINED:
        if answer == ACCEPTED:
            raise BankContradicts
        return DECLINED
    return _NEXT[state, answer]


def credits(before: str, following: str) -> bool:
    """Whether this step is the one that puts the money into the wallet."""
    return before != DONE and following == DONE
