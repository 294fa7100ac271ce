"""Three threads that never mix, and links that live for five minutes in one session."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from walletdesk.service.conversations.rules.links import claim_for, session_mark, still_holds
from walletdesk.service.conversations.rules.threads import thread_for, threads_of

NOON = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("author", "to", "staff_only", "thread"),
    [
        ("customer", "customer", False, "customer"),
        ("customer", "merchant", True, "customer"),
        ("merchant", "customer", False, "merchant"),
        ("employee", "customer", False, "customer"),
        ("employee", "merchant", False, "merchant"),
        ("employee", "merchant", True, "staff"),
        ("system", "customer", False, "customer"),
    ],
)
def test_a_message_goes_into_its_thread(author: str, to: str, staff_only: bool, thread: str) -> None:
    assert thread_for(author, to, staff_only) == thread
    assert thread in threads_of(author)


def test_nobody_reads_the_others_thread() -> None:
    assert threads_of("customer") == {"customer"}
    assert threads_of("merchant") == {"merchant"}
    assert threads_of("employee") == {"customer", "merchant", "staff"}
    assert threads_of("passer-by") == frozenset()


CLAIM = claim_for("a1", "customer:c1", "session-1", "0:open", NOON)


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        ("another file", {"attachment": "a2"}),
        ("another reader", {"reader": "customer:c2"}),
        ("another session", {"session_key": "session-2"}),
        ("no session", {"session_key": ""}),
        ("the case was closed", {"round_": "1:closed"}),
        ("five minutes and a second later", {"at": NOON + timedelta(seconds=301)}),
    ],
)
def test_a_link_does_not_open_for(what: str, asked: dict) -> None:
    right = {
        "attachment": "a1", "reader": "customer:c1", "session_key": "session-1", "round_": "0:open",
        "at": NOON + timedelta(seconds=299),
    }  # fmt: skip
    assert still_holds(CLAIM, **right)
    assert not still_holds(CLAIM, **(right | asked)), what


def test_a_link_without_a_session_never_opens() -> None:
    bare = replace(CLAIM, session=session_mark(""))
    assert not still_holds(bare, "a1", "customer:c1", "", "0:open", NOON)
