"""When the client asks again, and when it says that it does not know: the table in ``client/retrying.py``, case by case.

A conversation is played without network and without waiting: the test says what is heard, and reads what is wished.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
import pytest

from walletdesk.client import Conflict, NoAnswer, NotNow, NotSignedIn, OutcomeUnknown, Patience, TooMany
from walletdesk.client.answers import Order
from walletdesk.client.calls import Call, describe
from walletdesk.client.retrying import Heard, Lost, Send, Wait, converse, retry_after

READ = describe("GET", "/orders/{order_id}", Order, into={"order_id": "o-1"})
PAY = describe("POST", "/payments", Order, body={"order_id": "o-1"}, key="sale-1001")
KEYLESS = describe("POST", "/webhooks/{webhook_id}/test", Order, into={"webhook_id": "w-1"})
GOOD = Heard(201, {}, b"{}")
CUT = Lost("connection reset", left=True)
NEVER_LEFT = Lost("no route", left=False)


def says(status: int, code: str = "", **headers: str) -> Heard:
    return Heard(status, {name.replace("_", "-"): value for name, value in headers.items()}, _json(code=code))


def unknown(**more: str) -> Heard:
    return Heard(202, {}, _json(state="unknown", **more))


def settled(state: str) -> Heard:
    return Heard(200, {}, _json(state=state))


def _json(**fields: str) -> bytes:
    return msgspec.json.encode(fields)


@dataclass
class Played:
    """What was sent and how long was waited until the end; ``end`` is the answer or the error."""

    sent: list[Send] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    end: Heard | Exception | None = None


def play(call: Call[Order], *heard: Heard | Lost, patience: Patience | None = None, luck: float = 0.5) -> Played:
    """``heard`` in turn for each thing sent; the last one again and again."""
    played, answers = Played(), list(heard)
    talk = converse(call, patience or Patience(), lambda: luck)
    said: Heard | Lost | None = None
    try:
        wish = next(talk)
        while True:
            if isinstance(wish, Wait):
                played.pauses.append(wish.seconds)
                said = None
            else:
                played.sent.append(wish)
                said = answers.pop(0) if len(answers) > 1 else answers[0]
            wish = talk.send(said)
    except StopIteration as end:
        played.end = end.value
    except Exception as error:
        played.end = error
    return played


def test_a_good_answer_is_the_end() -> None:
    played = play(PAY, GOOD)
    assert (played.end, len(played.sent), played.pauses) == (GOOD, 1, [])


def test_a_lost_payment_is_asked_again_with_the_same_key_and_the_same_bytes() -> None:
    played = play(PAY, CUT, CUT, GOOD)
    assert played.end == GOOD
    assert [(one.headers["idempotency-key"], one.content) for one in played.sent] == [("sale-1001", PAY.content)] * 3


@pytest.mark.parametrize(
    ("call", "heard"),
    [
        (READ, CUT),
        (READ, says(500)),
        (PAY, CUT),
        (PAY, NEVER_LEFT),
        (PAY, says(500, "our_fault")),
        (PAY, says(502)),
        (PAY, says(503)),
        (PAY, says(504)),
        (PAY, says(503, "not_now", retry_after="1")),
        (PAY, says(429, "too_often", retry_after="1")),
        (PAY, says(409, "idempotency_key_in_flight", retry_after="1")),
        (PAY, says(408)),
        (KEYLESS, NEVER_LEFT),
        (KEYLESS, says(503, "not_now", retry_after="1")),
        (KEYLESS, says(429, "too_often", retry_after="1")),
    ],
)
def test_asked_again(call: Call[Order], heard: Heard | Lost) -> None:
    assert play(call, heard, GOOD).end == GOOD


@pytest.mark.parametrize(
    ("call", "heard"),
    [
        (KEYLESS, CUT),
        (KEYLESS, says(500)),
        (KEYLESS, says(503)),
        (PAY, says(501)),
        (PAY, says(400)),
        (PAY, says(401, "api_key_revoked")),
        (PAY, says(403, "api_key_scope_missing")),
        (PAY, says(404, "order_not_found")),
        (PAY, says(409, "order_paid")),
        (PAY, says(422, "idempotency_body_differs")),
        (PAY, says(302, location="https://elsewhere.example/")),
    ],
)
def test_asked_once(call: Call[Order], heard: Heard | Lost) -> None:
    played = play(call, heard, GOOD)
    assert isinstance(played.end, Exception)
    assert len(played.sent) == 1


def test_what_may_have_been_done_ends_as_unknown_and_never_as_refused() -> None:
    for last in (CUT, says(500), says(503, "not_now", retry_after="1"), says(409, "idempotency_key_in_flight")):
        end = play(PAY, CUT, last).end
        assert isinstance(end, OutcomeUnknown), last
        assert end.key == "sale-1001"


def test_a_key_revoked_between_two_tries_does_not_settle_the_first() -> None:
    end = play(PAY, CUT, says(401, "api_key_revoked")).end
    assert isinstance(end, OutcomeUnknown)
    assert isinstance(end.__cause__, NotSignedIn)


def test_a_refusal_under_the_same_key_settles_what_was_lost() -> None:
    """Had the lost request taken effect, its answer would have come from the record."""
    end = play(PAY, CUT, says(409, "order_cancelled")).end
    assert isinstance(end, Conflict)
    assert end.code == "order_cancelled"


@pytest.mark.parametrize("status", [302, 400, 404, 413])
def test_a_page_of_a_proxy_in_between_does_not_settle_what_was_lost(status: int) -> None:
    page = Heard(status, {"content-type": "text/html"}, b"<h1>It works!</h1>")
    assert isinstance(play(PAY, CUT, page).end, OutcomeUnknown)
    assert not isinstance(play(PAY, NEVER_LEFT, page).end, OutcomeUnknown)


def test_what_never_left_or_was_turned_away_is_known_not_to_be_done() -> None:
    assert isinstance(play(PAY, NEVER_LEFT).end, NoAnswer)
    assert isinstance(play(PAY, says(503, "not_now", retry_after="1")).end, NotNow)
    assert isinstance(play(PAY, says(429, "too_often", retry_after="1")).end, TooMany)


def test_an_unknown_outcome_is_asked_for_at_its_address_and_then_with_the_same_key() -> None:
    played = play(
        PAY,
        unknown(status_url="/v1/requests/sale-1001"),
        settled("unknown"),
        settled("in_flight"),
        settled("done"),
        GOOD,
    )
    assert played.end == GOOD
    assert [(one.method, one.target) for one in played.sent] == [
        ("POST", "/v1/payments"),
        *[("GET", "/v1/requests/sale-1001")] * 3,
        ("POST", "/v1/payments"),
    ]


def test_an_unknown_outcome_that_was_never_done_is_done_now_once() -> None:
    played = play(PAY, unknown(status_url="/v1/requests/sale-1001"), settled("none"), GOOD)
    assert [one.method for one in played.sent] == ["POST", "GET", "POST"]


def test_an_outcome_that_stays_unknown_is_told_with_where_to_ask() -> None:
    end = play(PAY, unknown(status_url="/v1/requests/sale-1001"), settled("unknown")).end
    assert isinstance(end, OutcomeUnknown)
    assert (end.key, end.status_url) == ("sale-1001", "/v1/requests/sale-1001")


@pytest.mark.parametrize("address", ["https://elsewhere.example/v1/requests/1", "//elsewhere.example/", "/admin", ""])
def test_the_key_goes_to_no_status_address_outside_the_api(address: str) -> None:
    played = play(PAY, unknown(status_url=address), GOOD)
    assert [one.target for one in played.sent] == ["/v1/payments", "/v1/payments"]


def test_pauses_grow_and_stay_below_their_bound() -> None:
    patience = Patience(tries=8, seconds=1_000, first=1, longest=8)
    assert play(PAY, CUT, patience=patience, luck=1).pauses == [1, 2, 4, 8, 8, 8, 8]
    assert play(PAY, CUT, patience=patience, luck=0).pauses == [0] * 7


def test_retry_after_is_the_least_that_is_waited() -> None:
    assert play(PAY, says(503, "not_now", retry_after="3"), GOOD, luck=0).pauses == [3]
    assert play(PAY, says(503, "not_now", retry_after="3"), GOOD, luck=1).pauses == [3.25]


def test_a_pause_beyond_patience_is_the_callers_to_decide() -> None:
    played = play(PAY, says(429, "too_often", retry_after="3600"))
    assert isinstance(played.end, TooMany)
    assert (played.pauses, played.end.retry_after) == ([], 3600)


def test_tries_end() -> None:
    assert len(play(READ, CUT, patience=Patience(tries=4)).sent) == 4


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "120"}, 120.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "Wed, 21 Oct 2026 07:27:30 GMT"}, 30.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "Wed, 21 Oct 2026 07:29:00 GMT"}, 0.0),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "１２"}, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(Heard(503, headers, b"")) == seconds
