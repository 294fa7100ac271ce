"""What may stand in a mail's header, and what follows from a mail server's answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from walletdesk.service.notifications.rules.delivery import after, outcome_of_reply
from walletdesk.service.notifications.rules.headers import one_line


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("林晓雨", "林晓雨"),
        ("Li\r\nBcc: all@example.org", "Li Bcc: all@example.org"),
        ("Li\u2028Subject: x", "Li Subject: x"),
        ("evil\u202eelif", "evil elif"),
        ("  a \t b\x00 ", "a b"),
        ("x" * 500, "x" * 120),
    ],
)
def test_a_name_stays_on_one_line(written: str, kept: str) -> None:
    assert one_line(written) == kept


@given(some.text(max_size=300))
def test_nothing_that_anybody_types_begins_a_new_header(written: str) -> None:
    line = one_line(written)
    assert len(line.splitlines()) <= 1
    assert line.isprintable()


@pytest.mark.parametrize(
    ("outcome", "tries", "state", "pause"),
    [
        ("not_reached", 1, "waiting", 60),
        ("for_now", 2, "waiting", 300),
        ("for_now", 5, "waiting", 43_200),
        ("for_now", 6, "refused", 0),
        ("for_good", 1, "refused", 0),
        ("answer_lost", 1, "unknown", 0),
    ],
)
def test_what_follows_an_answer(outcome: str, tries: int, state: str, pause: int) -> None:
    assert after(outcome, tries) == (state, pause)


def test_reply_codes() -> None:
    assert [outcome_of_reply(code) for code in (421, 451, 550, 554)] == ["for_now", "for_now", "for_good", "for_good"]
