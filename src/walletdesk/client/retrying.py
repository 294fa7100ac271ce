"""When to ask again, and when to say that it is not known: a conversation without network, clock or luck of its own.

:func:`converse` says what to do next (``Send``, ``Wait``) and is told what came of it (``Heard``, ``Lost``); the two clients
only carry its wishes out, so both behave alike and the table of cases is tested without either.

| heard                                   | a GET, or with a key                    | without a key                |
|-----------------------------------------|-----------------------------------------|------------------------------|
| no connection was made                  | again                                   | again                        |
| connection lost, time-out               | again, same key; then *unknown*         | :class:`NoAnswer`            |
| 202 ``{"state": "unknown"}``            | ask its status address, then again      | returned                     |
| 409 ``idempotency_key_in_flight``       | again, same key; then *unknown*         | raised                       |
| 408, 425, 429, 503 with ``Retry-After`` | again: it was turned away before it began | again                      |
| 500, 502, 504, 503 without              | again, same key; then *unknown*         | raised                       |
| any other from 300 with our code        | raised; it settles what was lost before | raised                       |
| any other from 300 without              | raised; after a lost answer: *unknown*  | raised                       |

Pauses are drawn between nothing and a bound that doubles ("full jitter"), on top of ``Retry-After`` where it is given. A
pause that would exceed the patience left ends the conversation at once: the caller decides, not a sleeping thread.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from walletdesk.client.calls import Call
from walletdesk.client.errors import NoAnswer, OutcomeUnknown, WalletdeskError, problem

IN_FLIGHT = "idempotency_key_in_flight"
TURNED_AWAY = frozenset({408, 425, 429, 503})
PREFIX = "/v1"


@dataclass(frozen=True, slots=True)
class Patience:
    """``tries`` of one request at most; ``seconds`` of pauses in all; a pause is drawn below ``first * 2**n``, ``longest`` at
    most.
    """

    tries: int = 6
    seconds: float = 60.0
    first: float = 0.25
    longest: float = 8.0


@dataclass(frozen=True, slots=True)
class Send:
    """Send this now. ``target`` begins with ``/v1``."""

    method: str
    target: str
    headers: Mapping[str, str]
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    seconds: float


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer; the names of ``headers`` in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer. ``left`` says whether the request may have reached the other side."""

    reason: str
    left: bool


Conversation = Generator[Send | Wait, Heard | Lost | None, Heard]


def converse(call: Call[Any], patience: Patience, chance: Callable[[], float]) -> Conversation:
    """Returns the answer below 300. ``chance`` gives numbers from 0 to 1.

    Raises :class:`OutcomeUnknown` when a request with a key may have taken effect and nobody said so in the end; else
    what was heard last: a :class:`Problem`, or :class:`NoAnswer`.
    """
    pauses = _Pauses(patience, chance)
    doubt, status_url = False, None
    for number in range(1, patience.tries + 1):
        judged = judge(call, (yield _first(call)))
        if isinstance(judged, Heard):
            return judged
        trouble = judged
        status_url = trouble.status_url or status_url
        doubt = (doubt or trouble.doubt) and not trouble.settles
        pause = pauses.next(trouble.at_least) if trouble.again and number < patience.tries else None
        if pause is None:
            break
        yield Wait(pause)
        if trouble.status_url:
            yield from _until_known(call, trouble.status_url, pauses)
    if doubt and call.key:
        raise OutcomeUnknown(call.key, status_url) from trouble.error
    raise trouble.error


def _first(call: Call[Any]) -> Send:
    headers = {"accept": f"{call.accept}, application/problem+json"}
    if call.key:
        headers["idempotency-key"] = call.key
    if call.content is not None:
        headers["content-type"] = call.kind
    return Send(call.method, PREFIX + call.target, headers, call.content)


def _until_known(
    call: Call[Any], status_url: str, pauses: _Pauses
) -> Generator[Send | Wait, Heard | Lost | None, None]:
    """Ask the status address until it says anything but unknown, or patience ends. The answer itself is then asked for with
    the same key: it comes from the record, with the status and body of the first time.
    """
    while True:
        heard = yield Send("GET", status_url, {"accept": "application/json, application/problem+json"})
        if isinstance(heard, Heard) and heard.status < 500 and heard.status != 429 and not says_unknown(heard):
            return
        pause = pauses.next(retry_after(heard))
        if pause is None:
            raise OutcomeUnknown(call.key or "", status_url)
        yield Wait(pause)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an answer means that is not the wished one. ``again``: worth another try. ``doubt``: it may have taken effect.
    ``settles``: whatever was in doubt before is not any more. ``at_least`` is ``Retry-After`` in seconds.
    """

    error: WalletdeskError
    again: bool = False
    doubt: bool = False
    settles: bool = False
    at_least: float | None = None
    status_url: str | None = None


def judge(call: Call[Any], heard: Heard | Lost | None) -> Heard | Trouble:
    """One line of the table above; the answer itself when it is good."""
    if heard is None or isinstance(heard, Lost):
        return _nothing_came(call, heard or Lost("nothing came back", left=True))
    pause = retry_after(heard)
    if heard.status < 300:
        if not call.key or not says_unknown(heard):
            return heard
        address = status_address(heard)
        return Trouble(OutcomeUnknown(call.key, address), True, doubt=True, at_least=pause, status_url=address)
    error = problem(heard.status, heard.body, retry_after=pause, key=call.key)
    error.request_id = heard.headers.get("request-id")
    if heard.status in TURNED_AWAY and (pause is not None or heard.status != 503):
        return Trouble(error, again=True, at_least=pause)
    if heard.status == 409 and error.code == IN_FLIGHT:
        return Trouble(error, again=call.repeatable, doubt=True, at_least=pause)
    if heard.status >= 500:
        return Trouble(error, again=call.repeatable and heard.status != 501, doubt=True, at_least=pause)
    # A page of some proxy in between (no code) says nothing about what was asked before, and a key that is refused neither.
    return Trouble(error, settles=bool(error.code) and heard.status not in (401, 403))


def _nothing_came(call: Call[Any], lost: Lost) -> Trouble:
    return Trouble(NoAnswer(lost.reason, call.key), again=call.repeatable or not lost.left, doubt=lost.left)


def says_unknown(heard: Heard | Lost | None) -> bool:
    """Whether an answer says ``{"state": "unknown"}``: a 202, or the status address while it is not settled."""
    if not isinstance(heard, Heard) or heard.status not in (200, 202):
        return False
    return _fields(heard).get("state") in ("unknown", "in_flight")


def status_address(heard: Heard) -> str | None:
    """The status address of an unknown outcome; only a path of this API, because the key goes with it."""
    address = _fields(heard).get("status_url")
    return address if isinstance(address, str) and address.startswith(f"{PREFIX}/") else None


def _fields(heard: Heard) -> dict[str, Any]:
    try:
        return msgspec.json.decode(heard.body, type=dict[str, Any])
    except msgspec.MsgspecError:
        return {}


def retry_after(heard: Heard | Lost | None) -> float | None:
    """Seconds from ``Retry-After`` (RFC 9110, 10.2.3): a number, or a date counted from the answer's own ``Date``."""
    text = heard.headers.get("retry-after") if isinstance(heard, Heard) else None
    if not text or not isinstance(heard, Heard):
        return None
    if text.isascii() and text.isdigit():
        return float(text)
    then, sent = _moment(text), _moment(heard.headers.get("date", ""))
    return max(0.0, (then - sent).total_seconds()) if then and sent else None


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


class _Pauses:
    """The pauses of one conversation, until patience ends."""

    def __init__(self, patience: Patience, chance: Callable[[], float]) -> None:
        self._patience, self._chance = patience, chance
        self._left, self._number = patience.seconds, 0

    def next(self, at_least: float | None) -> float | None:
        """The next pause, or None when there is no patience for it."""
        bound = min(self._patience.first * 2**self._number, self._patience.longest)
        pause = (at_least or 0.0) + self._chance() * bound
        if pause > self._left:
            return None
        self._number += 1
        self._left -= pause
        return pause
