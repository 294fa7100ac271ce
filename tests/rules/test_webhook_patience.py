"""When a webhook is tried again: a table that a receiver can read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from walletdesk.service.webhooks.rules.event_types import EVENT_TYPES, TEST_TYPE, in_order, unknown_types, wants
from walletdesk.service.webhooks.rules.patience import (
    AGAIN,
    DAYS_TRIED,
    GONE,
    TAKEN,
    TRIES,
    meaning,
    pause_after,
    rest_after,
    wished_pause,
)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [
        (1, 5),
        (2, 300),
        (3, 1_800),
        (4, 7_200),
        (5, 18_000),
        (6, 36_000),
        (7, 50_400),
        (8, 64_800),
        (9, 79_200),
        (10, None),
        (11, None),
    ],
)
def test_the_pause_after_each_try(tries: int, seconds: int | None) -> None:
    assert pause_after(tries, 0.0) == seconds


@pytest.mark.parametrize("tries", range(1, TRIES))
def test_chance_shortens_a_pause_by_up_to_a_fifth_and_never_lengthens_it(tries: int) -> None:
    longest, shortest = pause_after(tries, 0.0), pause_after(tries, 0.999_999)
    assert longest is not None
    assert shortest is not None
    assert longest * 0.8 <= shortest <= longest


def test_all_tries_fit_into_three_days_and_the_last_is_on_the_third() -> None:
    longest = sum(pause_after(tries, 0.0) or 0 for tries in range(1, TRIES))
    shortest = sum(pause_after(tries, 0.999_999) or 0 for tries in range(1, TRIES))
    assert longest < DAYS_TRIED * 86_400
    assert shortest > 2 * 86_400


@pytest.mark.parametrize(
    ("status", "means"),
    [(200, TAKEN), (201, TAKEN), (204, TAKEN), (299, TAKEN), (410, GONE)]
    + [
        (status, AGAIN)
        for status in (None, 100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 409, 429, 500, 502, 503, 504)
    ],
)
def test_what_a_status_means(status: int | None, means: str) -> None:
    assert meaning(status) == means


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("Sun, 22 Nov 2026 12:02:00 GMT", 120),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Tue, 24 Nov 2026 12:00:00 GMT", 86_400),
        ("999999999999999999999", 86_400),
        ("-5", 0),
        ("1e9", 0),
        ("１２０", 0),
        ("soon", 0),
        ("", 0),
        ("Sun, 99 Nov 2026 12:02:00 GMT", 0),
    ],
)
def test_what_retry_after_asks_for(header: str, seconds: int) -> None:
    assert wished_pause(header, NOON) == seconds


def test_a_receiver_that_fails_in_a_row_is_left_alone_longer_and_longer() -> None:
    assert [rest_after(failures) for failures in (0, 1, 4, 5, 6, 7, 10, 11, 12, 1000)] == [
        0, 0, 0, 5, 10, 20, 160, 300, 300, 300,
    ]  # fmt: skip


def test_an_endpoint_hears_what_it_asked_for() -> None:
    assert all(wants([], one) for one in (*EVENT_TYPES, TEST_TYPE))
    assert wants(["payment.captured"], "payment.captured")
    assert not wants(["payment.captured"], "refund.posted")
    assert wants(["payment.captured"], TEST_TYPE)


def test_types_are_kept_once_and_in_the_order_of_the_list() -> None:
    assert in_order(["refund.posted", "order.created", "refund.posted"]) == ["order.created", "refund.posted"]
    assert unknown_types(["order.created", "order.*", "webhook.test"]) == ["order.*", "webhook.test"]
