"""What a carrier of webhooks promises (service/webhooks/ports.py), kept by the real one against receivers that misbehave.

W01 at the connection: the name is resolved once, every address is judged, and that very address is called.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories.certificates import certificate_for
from tests.fakes.webhook_receiver import CLOSE, DRIP, ENDLESS, GARBAGE, HANG, SLOW_BODY, Says, receiver
from walletdesk.adapters.webhooks.carrier import LONGEST_ANSWER, HttpCarrier
from walletdesk.service.webhooks.ports import Answer, Letter

PATIENCE, HASTE = 30.0, 0.5
"""Seconds. Only who waits for a receiver that hangs is hasty, so that a busy machine fails nothing."""


def a_letter(address: str, body: bytes = b'{"type":"order.created"}') -> Letter:
    return Letter(uuid.uuid4(), uuid.uuid4(), 1, address, {"content-type": "application/json", "webhook-id": "1"}, body)


def carried(carrier: HttpCarrier, *letters: Letter) -> list[Answer]:
    """Each letter's answer, in the order of the letters."""
    came: queue.SimpleQueue[tuple[uuid.UUID, Answer]] = queue.SimpleQueue()
    for letter in letters:
        carrier.carry(letter, lambda about, answer: came.put((about.delivery_id, answer)))
    answers = dict(came.get(timeout=60) for _ in letters)
    return [answers[letter.delivery_id] for letter in letters]


@pytest.fixture
def carrier() -> Iterator[HttpCarrier]:
    made = HttpCarrier(PATIENCE, loopback=True)
    yield made
    made.close()


def test_a_letter_arrives_as_it_was_written(carrier: HttpCarrier) -> None:
    with receiver() as there:
        (answer,) = carried(carrier, a_letter(there.url, "面包".encode()))
    assert (answer.ended, answer.status, answer.words) == ("answered", 200, "thank you")
    (heard,) = there.heard
    assert heard.body == "面包".encode()
    assert heard.headers["content-length"] == "6"
    assert heard.headers["host"] == f"127.0.0.1:{there.port}"
    assert not {"cookie", "authorization", "accept-encoding", "proxy-connection"} & set(heard.headers)


@pytest.mark.parametrize("status", [204, 301, 302, 307, 308, 400, 404, 410, 429, 500, 503])
def test_any_status_is_an_answer_and_no_redirect_is_followed(carrier: HttpCarrier, status: int) -> None:
    with receiver() as there:
        there.answers = [Says(status, {"Location": f"http://127.0.0.1:{there.port}/other", "Retry-After": "77"}, b"")]
        (answer,) = carried(carrier, a_letter(there.url))
    assert (answer.ended, answer.status, answer.retry_after) == ("answered", status, "77")
    assert [one.path for one in there.heard] == ["/hook"]


@pytest.mark.parametrize(
    ("how", "ended"), [(HANG, "timed_out"), (DRIP, "timed_out"), (CLOSE, "broken"), (GARBAGE, "broken")]
)
def test_a_receiver_that_misbehaves_ends_its_letter(how: str, ended: str) -> None:
    carrier = HttpCarrier(HASTE if ended == "timed_out" else PATIENCE, loopback=True)
    with receiver() as there:
        there.answers = [Says(how=how)]
        (answer,) = carried(carrier, a_letter(there.url))
    assert (answer.ended, answer.status) == (ended, None)
    carrier.close()


def test_receivers_that_hang_do_not_hold_a_hundred_letters_to_others() -> None:
    """The others' answers are all here while each of the fifty still waits."""
    carrier = HttpCarrier(300, loopback=True)
    came: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    with receiver() as slow, receiver() as quick:
        slow.answers = [Says(how=HANG)]
        for there, letters in ((slow, 50), (quick, 100)):
            for _ in range(letters):
                carrier.carry(a_letter(there.url), lambda about, answer: came.put((about.address, answer.ended)))
        assert {came.get(timeout=60) for _ in range(100)} == {(quick.url, "answered")}
        assert came.empty()
        carrier.close()


def test_names_whose_server_is_silent_hold_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty names that nobody answers for, and then a letter to a name that there is."""
    answers, found = threading.Event(), socket.getaddrinfo

    def resolver(host: str, *more: Any, **others: Any) -> Any:
        if host == "localhost":
            return found(host, *more, **others)
        answers.wait(60)
        raise socket.gaierror("nobody answers for this name")

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    carrier = HttpCarrier(300, loopback=True)
    came: queue.SimpleQueue[str] = queue.SimpleQueue()
    with receiver() as there:
        for _ in range(40):
            carrier.carry(a_letter("https://silent.example.com/hook"), lambda _, answer: came.put(answer.ended))
        carrier.carry(a_letter(f"http://localhost:{there.port}/hook"), lambda _, answer: came.put(answer.ended))
        assert came.get(timeout=60) == "answered"
        answers.set()
        assert {came.get(timeout=60) for _ in range(40)} == {"not_reached"}
        carrier.close()


@pytest.mark.parametrize("how", [ENDLESS, SLOW_BODY])
def test_the_status_decides_and_the_body_is_cut(how: str) -> None:
    carrier = HttpCarrier(PATIENCE if how == ENDLESS else 3.0, loopback=True)
    with receiver() as there:
        there.answers = [Says(how=how)]
        (answer,) = carried(carrier, a_letter(there.url))
    carrier.close()
    assert (answer.ended, answer.status) == ("answered", 200)
    assert len(answer.words) <= 500


def test_a_long_answer_is_read_to_sixty_four_kilobytes(carrier: HttpCarrier, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    from walletdesk.adapters.webhooks import carrier as module

    shown = module._shown
    monkeypatch.setattr(module, "_shown", lambda body: read.append(len(body)) or shown(body))
    with receiver() as there:
        there.answers = [Says(500, body=b"<html>" + b"x" * 1_000_000)]
        (answer,) = carried(carrier, a_letter(there.url))
    assert (answer.status, read) == (500, [LONGEST_ANSWER])


def test_what_a_receiver_says_is_plain_text_in_the_log(carrier: HttpCarrier) -> None:
    with receiver() as there:
        there.answers = [Says(500, body=b"\x1b[31mno\x00\xff\r\nline two")]
        (answer,) = carried(carrier, a_letter(there.url))
    assert answer.words == "[31mno � \nline two"


def test_nobody_there(carrier: HttpCarrier) -> None:
    with receiver() as there:
        gone = there.url
    (answer,) = carried(carrier, a_letter(gone))
    assert (answer.ended, answer.status) == ("not_reached", None)


def test_a_letter_to_an_address_that_is_never_called_stays_here() -> None:
    carrier = HttpCarrier(PATIENCE)
    with receiver() as there:
        (answer,) = carried(carrier, a_letter(there.url))
    assert (answer.ended, answer.words, there.connections) == ("not_allowed", "scheme", 0)
    carrier.close()


PRIVATE = [
    "127.0.0.1",
    "::1",
    "10.0.0.7",
    "169.254.169.254",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "fe80::1%lo",
    "0.0.0.0",
]


@pytest.mark.parametrize("private", PRIVATE)
@pytest.mark.parametrize("beside", [[], ["93.184.216.34"]])
def test_a_public_name_that_stands_for_a_private_machine_is_not_called(private: str, beside: list[str]) -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [*beside, private]

    carrier = HttpCarrier(PATIENCE, resolve=resolve)
    with receiver() as there:
        (answer,) = carried(carrier, a_letter(f"https://shop.example.com:{there.port}/hook"))
    assert (answer.ended, asked, there.connections) == ("not_allowed", ["shop.example.com"], 0)
    carrier.close()


def test_the_address_that_was_judged_is_the_one_that_is_called_and_tls_asks_for_the_name(tmp_path: Path) -> None:
    """The name is resolved once: a second resolver, which would point elsewhere, is never asked."""
    serving, trusting = certificate_for("shop.example.com", tmp_path)
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    async def resolve(host: str, port: int) -> list[str]:
        return answers.pop(0)

    carrier = HttpCarrier(PATIENCE, loopback=True, trust=trusting, resolve=resolve)
    with receiver(serving) as there:
        (answer,) = carried(carrier, a_letter(f"https://shop.example.com:{there.port}/hook"))
        assert (answer.ended, answer.status) == ("answered", 200)
        assert there.heard[0].headers["host"] == f"shop.example.com:{there.port}"
    assert answers == [["10.0.0.1"]]
    carrier.close()


def test_a_certificate_of_another_name_is_not_spoken_to(tmp_path: Path) -> None:
    serving, trusting = certificate_for("other.example.com", tmp_path)

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    for trust in (trusting, ssl.create_default_context()):
        carrier = HttpCarrier(PATIENCE, loopback=True, trust=trust, resolve=resolve)
        with receiver(serving) as there:
            (answer,) = carried(carrier, a_letter(f"https://shop.example.com:{there.port}/hook"))
        assert (answer.ended, there.heard) == ("not_reached", [])
        carrier.close()


def test_no_proxy_is_taken_from_the_environment(carrier: HttpCarrier, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as proxy, receiver() as there:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        carried(carrier, a_letter(there.url))
    assert (len(there.heard), proxy.connections) == (1, 0)
