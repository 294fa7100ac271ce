"""What follows when somebody who carries our words answered, or did not.

A message is handed over at most once. Only an answer that says clearly "I have not taken it" lets us try again; silence in
the middle means that it may have arrived, and a second copy is worse than a line in the log that says "unknown".
"""

from __future__ import annotations

WAITING, SENDING, SENT, REFUSED, UNKNOWN = "waiting", "sending", "sent", "refused", "unknown"
DELIVERED, LOST, EXPIRED = "delivered", "lost", "expired"

NOT_REACHED, REFUSED_FOR_NOW, REFUSED_FOR_GOOD, ANSWER_LOST = "not_reached", "for_now", "for_good", "answer_lost"
TAKEN = "taken"

PAUSES = (60, 300, 1_800, 7_200, 43_200)
"""Seconds before the second to the sixth try of a mail, which nobody waits for with a phone in the hand."""

SHORT_PAUSES = (3, 10, 30, 60, 120)
"""The same for a short message: a code that comes after ten minutes is of no use."""


def after(outcome: str, tries: int, pauses: tuple[int, ...] = PAUSES) -> tuple[str, int]:
    """The next state and the seconds until it is tried again (0 where it is not), after the ``tries``-th try."""
    if outcome == TAKEN:
        return SENT, 0
    if outcome == ANSWER_LOST:
        return UNKNOWN, 0
    if outcome == REFUSED_FOR_GOOD or tries > len(pauses):
        return REFUSED, 0
    return WAITING, pauses[tries - 1]


def outcome_of_reply(code: int) -> str:
    """What an SMTP reply code means: 4yz may change, 5yz will not."""
    return REFUSED_FOR_NOW if 400 <= code < 500 else REFUSED_FOR_GOOD
