"""One request, from its first byte to its line in the log.

Asked in this order: is there anything here (404, 405); whose key is it (401), may it be used from there (403), does it come
too often (429), has it the scope (403); has the request one usable idempotency key (400); are its parameters (422) and its
body (413, 415, 408, 400, 422) as described. Only then the verb. Who comes to a full lane does not get here (``turned_away.py``).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Hashable, Mapping
from urllib.parse import quote

from django.conf import settings
from django.db import InterfaceError, OperationalError
from starlette.types import Receive, Scope, Send

from walletdesk.doors._shared.place import counted_as, plain_address, visitor
from walletdesk.doors.rest_api.asked import Answer, Asked, Header, as_json, wished_language
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.house import House
from walletdesk.doors.rest_api.problem import problem
from walletdesk.doors.rest_api.reading import read_body, read_query
from walletdesk.doors.rest_api.refusals import (
    HeaderRepeated,
    MethodUnknown,
    NotNow,
    OurFault,
    PathUnknown,
    RequestUnreadable,
    TooOften,
)
from walletdesk.doors.rest_api.request_log import Passed
from walletdesk.doors.rest_api.shares import Shares
from walletdesk.doors.rest_api.taking_in import Gone, take_in
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.errors import Refusal
from walletdesk.foundation.idempotency.public import KeyMalformed, KeyMissing, key_is_usable
from walletdesk.money.payments.public import OutcomeUnknown
from walletdesk.trust.api_keys.public import (
    LONGEST_SENT_AGAIN,
    AddressNotListed,
    ApiKeyMissing,
    ApiKeyRefused,
    ApiKeyUnknown,
    KeyFacts,
    keep_query,
    parse_secret,
    take_resend,
    why_not,
    why_not_scope,
)

log = logging.getLogger(__name__)
ALWAYS: list[Header] = [
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"vary", b"Authorization, Accept, Accept-Language"),
]
if settings.SECURE_HSTS_SECONDS:
    ALWAYS.append((b"strict-transport-security", b"max-age=%d" % settings.SECURE_HSTS_SECONDS))
NO_FRAMES: Header = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
ANY = "any"
"""The scope of what every good key opens."""
TICKET = "wdk_again_"
REPLAYED: Header = (b"idempotent-replayed", b"true")


class Place:
    """Everything at one path, by method. HEAD is GET without the body."""

    def __init__(self, house: House, endpoints: Mapping[str, Endpoint]) -> None:
        self.house, self.endpoints = house, dict(endpoints)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Passage(self.house, scope).walk(self.endpoints, receive, send)


class NotHere:
    """Every path that leads nowhere."""

    def __init__(self, house: House) -> None:
        self.house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await Passage(self.house, scope).walk(None, receive, send)


class Passage:
    """The walk of one request."""

    __slots__ = (
        "address",
        "began",
        "body",
        "caller",
        "endpoint",
        "headers",
        "house",
        "id",
        "key",
        "limits",
        "method",
        "scope",
        "taken_in",
    )

    def __init__(self, house: House, scope: Scope) -> None:
        self.began = time.perf_counter_ns()
        self.house, self.scope = house, scope
        self.id = uuid7()
        self.method: str = scope["method"]
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.address = _address(scope)
        self.caller: KeyFacts | None = None
        self.endpoint: Endpoint | None = None
        self.limits: list[Header] = []
        self.key, self.body, self.taken_in = "", b"", False

    async def walk(self, endpoints: Mapping[str, Endpoint] | None, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answer(endpoints, receive)
        except Gone:
            return
        except OutcomeUnknown:
            answer = self._unknown()
        except Refusal as refusal:
            answer = self._refused(refusal)
        except (OperationalError, InterfaceError) as trouble:
            log.warning("%s %s: the database: %s", self.id, self.scope["path"], type(trouble).__name__)
            answer = self._refused(NotNow(retry_after=2))
        except Exception:
            log.exception("shown as our_fault %s: %s %s", self.id, self.method, self.scope["path"])
            answer = self._refused(OurFault(number=str(self.id)))
        await self._send(answer, send)
        self._note(answer)

    async def _answer(self, endpoints: Mapping[str, Endpoint] | None, receive: Receive) -> Answer:
        if endpoints is None:
            self.limits = await _counted(self.house.nobody, counted_as(self.address))
            raise PathUnknown()
        endpoint = endpoints.get("GET" if self.method == "HEAD" else self.method)
        if endpoint is None:
            raise MethodUnknown(method=self.method[:20], allowed=_allowed(endpoints))
        if endpoint.scope is None:
            self.limits = await _counted(self.house.nobody, counted_as(self.address))
        else:
            await self._let_in(endpoint.scope, endpoint.most, receive)
        self._read_key(endpoint)
        query = read_query(endpoint.query, self.scope["query_string"])
        body = None
        if endpoint.body is not None:
            if not self.taken_in:
                await self._take_in(endpoint.most, receive)
            body = read_body(endpoint.body, self.body, self.headers)
        places = self.scope.get("path_params", {})
        if places and any("\x00" in part for part in places.values()):
            raise RequestUnreadable()
        asked = Asked(self.caller, places, query, body, self.key, self.headers, self.id, self.body, endpoint.route)
        if not self.key:
            return await self._do(endpoint, asked)
        self.endpoint = endpoint
        with self.house.under_way.carrying(asked.owner, endpoint.route, self.key):
            return await self._do(endpoint, asked)

    async def _do(self, endpoint: Endpoint, asked: Asked) -> Answer:
        if endpoint.in_lane is not None:
            return await endpoint.in_lane(asked, self.house)
        assert endpoint.act is not None, f"{endpoint.name} does nothing"
        act = endpoint.act
        return await self.house.pool.do(lambda: act(asked))

    async def _let_in(self, scope: str, most: int, receive: Receive) -> None:
        """Sets ``caller`` and ``limits``. A key that is no good counts against the address that brought it."""
        given = self.headers.get(b"authorization", b"").decode("latin-1")
        kind, _, secret = given.partition(" ")
        secret = secret.strip() if kind.lower() == "bearer" else ""
        try:
            self._once(b"authorization", "Authorization")
            if secret.startswith(TICKET):
                if self.house.strangers.refused(counted_as(self.address)):  # before anything of theirs is read
                    raise TooOften(retry_after=60)
                await self._take_in(min(most, LONGEST_SENT_AGAIN), receive)
                facts = await self._of_ticket(secret)
            else:
                facts = await self._of_secret(secret, given)
        except (ApiKeyRefused, AddressNotListed, HeaderRepeated):
            self.limits = await _counted(self.house.strangers, counted_as(self.address))
            raise
        self.caller = facts
        self.limits = await _counted(self.house.callers, facts.id)
        if scope != ANY and (refusal := why_not_scope(facts, scope)):
            raise refusal

    async def _of_secret(self, secret: str, given: str) -> KeyFacts:
        parsed = parse_secret(secret)
        if parsed is None:
            raise ApiKeyUnknown() if given else ApiKeyMissing()
        facts = self.house.ring.at_once(parsed.key_id)
        if facts is None:
            if self.house.strangers.refused(counted_as(self.address)):
                raise TooOften(retry_after=60)
            facts = await self.house.ring.facts(parsed.key_id)
        refusal = why_not(facts, parsed.hash, self.address, now())
        if refusal is not None or facts is None:
            raise refusal or ApiKeyUnknown()
        return facts

    async def _of_ticket(self, ticket: str) -> KeyFacts:
        """The key of a request that its owner sends again from a page: this one request, once."""
        method, path = self.method, self.scope["path"]
        query = keep_query(self.scope["query_string"].decode("latin-1"))
        facts: KeyFacts = await self.house.pool.do(lambda: take_resend(ticket, method, path, query, self.body))
        return facts

    async def _take_in(self, most: int, receive: Receive) -> None:
        self.body, self.taken_in = await take_in(self.headers, receive, most), True

    def _read_key(self, endpoint: Endpoint) -> None:
        if endpoint.idempotent == "no":
            return
        self._once(b"idempotency-key", "Idempotency-Key")
        given = self.headers.get(b"idempotency-key")
        self.key = (given or b"").decode("latin-1")
        if not self.key and endpoint.idempotent == "required":
            raise KeyMissing()
        # A header that is there and empty is a key that got lost on its way: not the same as none.
        if given is not None and not key_is_usable(self.key):
            self.key = ""
            raise KeyMalformed()

    def _once(self, name: bytes, written: str) -> None:
        if sum(one == name for one, _ in self.scope["headers"]) > 1:
            raise HeaderRepeated(header=written)

    def _unknown(self) -> Answer:
        """Nobody knows yet, and nobody guesses: ask by key."""
        where = f"/v1/requests/{quote(self.key, safe='')}"
        if self.endpoint is not None:
            where += f"?operation={self.endpoint.name}"
        answer = as_json(202, {"state": "unknown", "status_url": where})
        answer.headers.append((b"retry-after", b"1"))
        answer.code = OutcomeUnknown.code
        return answer

    def _refused(self, refusal: Refusal) -> Answer:
        if isinstance(refusal, TooOften) and not self.limits:
            if self.caller:
                self.limits = self.house.callers.headers_when_empty(self.caller.id)
            else:
                self.limits = self.house.nobody.headers_when_empty(counted_as(self.address))
        return problem(refusal, wished_language(self.headers.get(b"accept-language", b"")), self.id)

    async def _send(self, answer: Answer, send: Send) -> None:
        headers = [
            (b"content-type", answer.kind),
            (b"content-length", b"%d" % len(answer.body)),
            (b"request-id", str(self.id).encode()),
            *ALWAYS,
            *self.limits,
            *answer.headers,
        ]
        if not answer.headers or not any(name == NO_FRAMES[0] for name, _ in answer.headers):
            headers.append(NO_FRAMES)
        if answer.replayed:
            headers.append(REPLAYED)
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if self.method == "HEAD" else answer.body})

    def _note(self, answer: Answer) -> None:
        if self.caller is None:
            return
        self.house.log.note(
            Passed(
                id=self.id,
                key=self.caller,
                at=now(),
                method=self.method,
                path=self.scope["path"],
                query=self.scope["query_string"].decode("latin-1"),
                status=answer.status,
                code=answer.code,
                microseconds=(time.perf_counter_ns() - self.began) // 1000,
                address=self.address,
                idempotency_key=self.key,
                replayed=answer.replayed,
                sent=self.body,
                sent_kind=self.headers.get(b"content-type", b"").decode("latin-1"),
                answered=answer.body,
                answered_kind=answer.kind.decode(),
            )
        )


async def _counted(shares: Shares, who: Hashable) -> list[Header]:
    return shares.at_once(who) or await shares.take(who)


def _allowed(endpoints: Mapping[str, Endpoint]) -> str:
    return ", ".join(sorted({*endpoints, *({"HEAD"} if "GET" in endpoints else ())}))


def _address(scope: Scope) -> str:
    """The caller's network address in its one form. Each proxy may write a header of its own: all are one list."""
    client = scope.get("client")
    lists = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    peer = str(client[0]) if client else ""
    return plain_address(visitor(peer, ",".join(lists), settings.ALLAUTH_TRUSTED_PROXY_COUNT))
