"""What became of a request whose answer was lost, by its idempotency key: one shape, whatever was asked under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.house import House
from walletdesk.doors.rest_api.made import as_answered, money_of
from walletdesk.doors.rest_api.refusals import ParameterUnusable
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.doors.rest_api.shapes.asks import OutcomeAsk
from walletdesk.doors.rest_api.shapes.parts import Said
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.idempotency.public import KeyMalformed, Replay, any_in_flight, key_is_usable, known_under

IN_FLIGHT = Words(
    "正在处理，最多只会生效一次，请稍后再查",
    "It is being decided right now and takes effect once at most; ask again soon",
)
NOTHING_MOVED = Words("这个键下没有动任何钱", "Nothing has moved under this key")


def _outcome(keyed: Mapping[str, str], asked: Asked, house: House) -> Callable[[], Answer]:
    """``keyed`` has the route of each operation. What this process carries is asked at once, the rest in a thread."""
    key, wish = asked.places["key"], asked.query.operation
    if not key_is_usable(key):
        raise KeyMalformed()
    if wish is not None and wish not in keyed:
        raise ParameterUnusable(errors=[{"at": "?operation", "says": "no such operation takes a key"}])
    routes = {route: name for name, route in keyed.items() if wish in (None, name)}
    carried = [name for route, name in routes.items() if house.under_way.knows(asked.owner, route, key)]
    return lambda: _in_flight(key, carried[0]) if carried else _by_the_books(asked, key, routes)


def _by_the_books(asked: Asked, key: str, routes: Mapping[str, str]) -> Answer:
    """What no transaction is holding is read afterwards: what was committed meanwhile is found."""
    held = any_in_flight(str(asked.owner), list(routes), key)
    if held is not None:
        return _in_flight(key, routes[held])
    found = [(route, first) for route, first in known_under(str(asked.owner), key) if route in routes]
    return _done(asked, key, routes, *found[0]) if found else _none(key)


def _in_flight(key: str, operation: str) -> Answer:
    answer = as_json(200, answers.Outcome("in_flight", key, operation, None, None, _said(IN_FLIGHT)))
    answer.headers.append((b"retry-after", b"1"))
    return answer


def _none(key: str) -> Answer:
    return as_json(200, answers.Outcome("none", key, None, None, None, _said(NOTHING_MOVED)))


def _done(asked: Asked, key: str, routes: Mapping[str, str], route: str, first: Replay) -> Answer:
    shown: dict[str, Any] = as_answered(first.body, asked.owner.kind)
    where = _said(money_of(first.body))
    return as_json(200, answers.Outcome("done", key, routes[route], first.status, shown, where))


def _said(words: Words) -> Said:
    return Said(words.zh, words.en)


def endpoints(others: Sequence[Endpoint]) -> list[Endpoint]:
    """The one endpoint here; it knows the operations that take a key."""
    keyed = {one.name: one.route for one in others if one.route}

    async def outcome(asked: Asked, house: House) -> Answer:
        answer: Answer = await house.pool.do(_outcome(keyed, asked, house))
        return answer

    return [
        Endpoint(
            "GET",
            "/v1/requests/{key}",
            "requests.get",
            Words("一个幂等键的结果", "What became of an idempotency key"),
            answers.Outcome,
            in_lane=outcome,
            scope="any",
            query=OutcomeAsk,
            refuses="idempotency_key_malformed",
        )
    ]
