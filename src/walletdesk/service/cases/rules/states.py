"""Where a case stands, and what can happen to it there.

Read a row as "in this state, this event leads there". What a row does not name is refused by name
(``CaseEventRefused``): nobody guesses, and a closed case only opens by being reopened.
"""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.errors import CaseEventRefused

OPEN, WAITING_CUSTOMER, WAITING_OTHER = "open", "waiting_customer", "waiting_other"
RESOLVED, CLOSED = "resolved", "closed"

STATE_WORDS = {
    OPEN: Words("处理中", "In hand"),
    WAITING_CUSTOMER: Words("等您答复", "Waiting for you"),
    WAITING_OTHER: Words("等商户或银行", "Waiting for others"),
    RESOLVED: Words("等您确认", "Waiting for your confirmation"),
    CLOSED: Words("已结案", "Closed"),
}

_IN_HAND = {
    "taken": OPEN,
    "agent_answered": OPEN,
    "customer_wrote": OPEN,
    "other_answered": OPEN,
    "customer_asked": WAITING_CUSTOMER,
    "other_asked": WAITING_OTHER,
    "confirmation_asked": RESOLVED,
    "confirmed": CLOSED,
    "closed_by_agent": CLOSED,
    "restored": CLOSED,
}

NEXT: dict[str, dict[str, str]] = {
    OPEN: _IN_HAND,
    WAITING_CUSTOMER: _IN_HAND
    | {"taken": WAITING_CUSTOMER, "agent_answered": WAITING_CUSTOMER, "other_answered": WAITING_CUSTOMER},
    WAITING_OTHER: _IN_HAND
    | {"taken": WAITING_OTHER, "agent_answered": WAITING_OTHER, "customer_wrote": WAITING_OTHER},
    RESOLVED: {
        "taken": RESOLVED,
        "agent_answered": RESOLVED,
        "customer_wrote": RESOLVED,
        "other_answered": RESOLVED,
        "confirmation_asked": RESOLVED,
        "confirmed": CLOSED,
        "confirm_time_over": CLOSED,
        "closed_by_agent": CLOSED,
        "restored": CLOSED,
        "not_solved": OPEN,
    },
    CLOSED: {"reopened": OPEN},
}


def step(state: str, event: str) -> str:
    """The state after ``event``. Refuses an event that the state does not know (``CaseEventRefused``)."""
    try:
        return NEXT[state][event]
    except KeyError:
        raise CaseEventRefused(state=state, event=event, state_words=STATE_WORDS.get(state, state)) from None


def is_open(state: str) -> bool:
    """Whether somebody still has something to do; a resolved case waits for its customer."""
    return state != CLOSED
