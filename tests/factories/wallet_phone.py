"""A customer's own phone: a browser that is signed in, and what it reads."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.factories.money import a_key
from tests.factories.trust import PIN
from walletdesk.doors._shared.step_up import note_proof
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.models import User
from walletdesk.trust.customers.public import CustomerView


def phone_of(customer: CustomerView, language: str = "en") -> Client:
    """The customer's own phone, signed in."""
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile"})
    phone.force_login(User.objects.get(pk=customer.user_id))
    phone.cookies["language"] = language
    return phone


def proved_by(phone: Client, kind: str) -> None:
    """Their session has just seen this proof."""
    session = phone.session
    note_proof(session, kind, now())
    session.save()


def text_of(response: Any) -> str:
    """A page as it is read: without its tags, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def pay_by_phone(phone: Client, order_id: Any, pin: str = PIN, key: str = "") -> Any:
    return phone.post(f"/wallet/pay/{order_id}/", {"pin": pin, "key": key or a_key()})
