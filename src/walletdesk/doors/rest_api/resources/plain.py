"""What needs no key: contacts and health; and what became of an idempotency key."""

from __future__ import annotations

from django.db import Error as DatabaseError
from django.db import connection

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.made import as_answered
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.idempotency.public import KeyMalformed, key_is_usable, known_under
from walletdesk.trust.official_contacts.public import signed_directory

UNDERNEATH = {"agreements.propose"}
"""Routes of verbs whose answer is kept once more, as it went out, by the door."""


def contacts(asked: Asked) -> Answer:
    return as_json(200, signed_directory())


def health(asked: Asked) -> Answer:
    """200 when the database answers, 503 when it does not; nothing else is said to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return as_json(503, answers.Health("unwell", now()))
    return as_json(200, answers.Health("well", now()))


def outcome(asked: Asked) -> Answer:
    """For whoever lost an answer. ``none``: nothing was done under this key; sending the request again with it is safe."""
    key = asked.places["key"]
    if not key_is_usable(key):
        raise KeyMalformed()
    found = [(route, first) for route, first in known_under(str(asked.owner), key) if route not in UNDERNEATH]
    if not found:
        return as_json(200, answers.Outcome("none", key, None, None, None))
    route, first = found[0]
    return as_json(200, answers.Outcome("done", key, route, first.status, as_answered(first.body, asked.owner.kind)))


ENDPOINTS = [
    Endpoint(
        "GET",
        "/v1/contacts",
        "contacts.get",
        Words("官方联系方式，带签名", "The official contacts, signed"),
        answers.Contacts,
        contacts,
    ),
    Endpoint(
        "GET",
        "/v1/health",
        "health.get",
        Words("接口是否正常", "Whether the door is well"),
        answers.Health,
        health,
    ),
    Endpoint(
        "GET",
        "/v1/requests/{key}",
        "requests.get",
        Words("一个幂等键的结果", "What became of an idempotency key"),
        answers.Outcome,
        outcome,
        scope="any",
        refuses="idempotency_key_malformed",
    ),
]
