"""Where a case stands, as a table anybody at the desk can read."""

from __future__ import annotations

import pytest

from walletdesk.service.cases.errors import CaseEventRefused
from walletdesk.service.cases.rules.states import NEXT, STATE_WORDS, is_open, step

TABLE = """
    event               open              waiting_customer  waiting_other     resolved   closed
    taken               open              waiting_customer  waiting_other     resolved   -
    agent_answered      open              waiting_customer  waiting_other     resolved   -
    customer_wrote      open              open              waiting_other     resolved   -
    other_answered      open              waiting_customer  open              resolved   -
    customer_asked      waiting_customer  waiting_customer  waiting_customer  -          -
    other_asked         waiting_other     waiting_other     waiting_other     -          -
    confirmation_asked  resolved          resolved          resolved          resolved   -
    confirmed           closed            closed            closed            closed     -
    not_solved          -                 -                 -                 open       -
    confirm_time_over   -                 -                 -                 closed     -
    closed_by_agent     closed            closed            closed            closed     -
    restored            closed            closed            closed            closed     -
    reopened            -                 -                 -                 -          open
"""

HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(state, row[0], after) for row in ROWS for state, after in zip(HEAD[1:], row[1:], strict=True)]


@pytest.mark.parametrize(("state", "event", "after"), CELLS, ids=[f"{state}-{event}" for state, event, _ in CELLS])
def test_each_event_leads_where_the_table_says(state: str, event: str, after: str) -> None:
    if after == "-":
        with pytest.raises(CaseEventRefused) as refused:
            step(state, event)
        assert refused.value.fields["state"] == state
        assert refused.value.fields["event"] == event
    else:
        assert step(state, event) == after


def test_the_table_names_every_event_and_every_state() -> None:
    assert {row[0] for row in ROWS} == {event for events in NEXT.values() for event in events}
    assert set(HEAD[1:]) == set(NEXT) == set(STATE_WORDS)


def test_an_event_that_nobody_knows_is_refused_by_its_name() -> None:
    with pytest.raises(CaseEventRefused, match="event=eaten_by_dog"):
        step("open", "eaten_by_dog")


def test_only_a_closed_case_is_not_open() -> None:
    assert [state for state in NEXT if not is_open(state)] == ["closed"]
