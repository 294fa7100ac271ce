"""What needs no key: contacts and health."""

from __future__ import annotations

from django.db import Error as DatabaseError
from django.db import connection

from walletdesk.doors.rest_api.asked import Answer, Asked, as_json
from walletdesk.doors.rest_api.endpoint import Endpoint
from walletdesk.doors.rest_api.shapes import answers
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts.public import signed_directory


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
]
