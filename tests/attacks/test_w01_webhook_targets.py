"""W01: a webhook to a private machine, however it is written, is refused when it is named and again when it would be called.

The forms stand in ``tests/rules/test_webhook_addresses.py``, the connection in ``tests/contracts/test_webhook_carrier.py``.
"""

from __future__ import annotations

import pytest

from tests.factories import money
from tests.factories.webhooks import carrying, log_of, owner_of
from walletdesk.adapters.webhooks.carrier import HttpCarrier
from walletdesk.service.webhooks import ports
from walletdesk.service.webhooks.errors import WebhookAddressNotUsable
from walletdesk.service.webhooks.public import add_endpoint, change_endpoint, endpoints_of, send_due_webhooks, send_test

pytestmark = pytest.mark.django_db
TARGETS = [
    "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/meta-data/", "https://10.0.0.1/",
    "https://172.16.0.1/", "https://192.168.0.1/", "https://[::ffff:127.0.0.1]/", "https://2130706433/",
    "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/", "https://0.0.0.0/", "https://[64:ff9b::7f00:1]/",
    "http://shop.example.com/", "file:///etc/passwd", "gopher://shop.example.com/", "unix:///run/postgresql/.s.PGSQL.5432",
    "https://localhost/", "https://metadata.google.internal/", "https://shop.example.com@127.0.0.1/",
    "https://127.0.0.1\\@shop.example.com/", "https://shop.example.com:22/",
]  # fmt: skip


@pytest.mark.parametrize("address", TARGETS)
def test_it_is_refused_before_anything_is_kept(address: str) -> None:
    owner = owner_of(money.a_shop())
    with carrying(loopback=False):
        with pytest.raises(WebhookAddressNotUsable):
            add_endpoint(owner, address)
        made, _ = add_endpoint(owner, "https://shop.example.com/hook")
        with pytest.raises(WebhookAddressNotUsable):
            change_endpoint(owner, made.id, address=address)
    assert [one.address for one in endpoints_of(owner)] == ["https://shop.example.com/hook"]


@pytest.mark.parametrize(
    "private", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1"]
)
def test_a_name_that_moves_to_a_private_machine_later_is_not_called(private: str) -> None:
    """DNS rebinding: public when it was named, private when it is called."""
    asked: list[str] = []

    async def moved(host: str, port: int) -> list[str]:
        asked.append(host)
        return [private]

    before = list(ports._joined)
    carrier = HttpCarrier(30.0, resolve=moved)
    ports.use_carrier(carrier)
    try:
        owner = owner_of(money.a_shop())
        made, _ = add_endpoint(owner, "https://shop.example.com/hook")
        send_test(owner, made.id)
        send_due_webhooks()
    finally:
        ports._joined[:] = before
        carrier.close()
    (tried,) = log_of(made)
    assert (tried.attempts[0].ended, tried.attempts[0].status) == ("not_allowed", None)
    assert asked == ["shop.example.com"]
    assert private not in tried.attempts[0].words, "what our network looks like is not told"
