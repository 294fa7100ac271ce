"""A browser at the desk: signed in as somebody, and what its pages say."""

from __future__ import annotations

import re

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.factories.service import ChargedTwice, in_hand
from walletdesk.doors._shared.step_up import note_proof
from walletdesk.foundation.clock.public import now
from walletdesk.trust.approvals.public import open_proposal_for
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def with_proof(client: Client, kind: str = "totp") -> Client:
    """The signed-in session has seen this proof a moment ago."""
    session = client.session
    note_proof(session, kind, now())
    session.save()
    return client


def at_desk(who: EmployeeView | CustomerView, language: str = "en") -> Client:
    """A browser in which this person is signed in, reading ``language``."""
    user = get_user_model().objects.get(pk=who.user_id)
    user.language = language
    user.save(update_fields=["language"])
    client = Client(headers={"accept-language": language})
    client.force_login(user, backend=BACKEND)
    client.cookies["language"] = language
    return with_proof(client)


def page_of(story: ChargedTwice) -> str:
    return reverse("desk-case", args=[story.case.reference])


def sheet_of(story: ChargedTwice) -> str:
    return reverse("desk-refund", args=[story.case.reference, story.second.id])


def text_of(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())  # type: ignore[attr-defined]


def hidden(response: object, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())  # type: ignore[attr-defined]
    assert found, f"no hidden field {name}"
    return found[1]


def proposed(story: ChargedTwice, agent: EmployeeView) -> str:
    """A proposal made through the sheet; the address of its page."""
    in_hand(story, agent)
    client = at_desk(agent)
    step_two = client.post(sheet_of(story), {"step": "1", "amount": "38.00", "reason": "Sent twice"})
    fields = {"step": "2", "amount": "38.00", "reason": "Sent twice", "seen": hidden(step_two, "seen")}
    client.post(sheet_of(story), fields)
    made = open_proposal_for("refund", str(story.second.id))
    assert made is not None
    return str(made.id)
