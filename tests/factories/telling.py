"""Builders for telling people: customers whose addresses are verified, browsers that are pushed to."""

from __future__ import annotations

import base64
import itertools
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from walletdesk.foundation.identity.public import sign_up_user
from walletdesk.service.notifications.public import Browser, subscribe_push
from walletdesk.trust.customers.public import CustomerView, customers, register_customer

_numbers = itertools.count(1)
PASSWORD = "four otters paint slowly"


def a_reader(
    name: str = "林小雨",
    *,
    phone: bool = True,
    email: bool = True,
    language: str = "zh-hans",
    zone: str = "Asia/Shanghai",
) -> CustomerView:
    """A customer with verified addresses."""
    number = next(_numbers)
    user = sign_up_user(
        f"reader{number}@example.com" if email else None,  # type: ignore[arg-type]
        PASSWORD,
        language,
        zone,
        phone=f"+86138{number:08d}" if phone else None,
    )
    made = register_customer(user.id, name, "")
    return customers([made.id])[made.id]


def a_browser(name: str = "Chrome", device_id: UUID | None = None, service: str = "https://push.example") -> Browser:
    """What a browser gives out, with a real key."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Browser(
        endpoint=f"{service}/{next(_numbers)}",
        p256dh=base64.urlsafe_b64encode(raw).rstrip(b"=").decode(),
        auth=base64.urlsafe_b64encode(b"s" * 16).rstrip(b"=").decode(),
        name=name,
        device_id=device_id,
    )


def pushed_to(reader: CustomerView, name: str = "Chrome", device_id: UUID | None = None) -> UUID:
    return subscribe_push(reader.id, a_browser(name, device_id))
