"""Owners hear of their API keys: made, ended by somebody, ended by time; in the inbox and by mail, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail as outbox_of_django

from tests.factories.api import a_key_of, owner_of
from tests.factories.money import a_shop
from tests.factories.service import everybody_hears
from tests.factories.telling import a_reader
from tests.fakes.carriers import FakePush, FakeSms, carriers
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.identity.public import sign_up_user
from walletdesk.money.merchants.public import MerchantView, add_cashier, members_of
from walletdesk.money.merchants.public import test_twin as twin_for_tests
from walletdesk.service.notifications.public import NoticeView, notices, send_due_messages
from walletdesk.trust.api_keys.public import revoke_key
from walletdesk.trust.api_keys.services.tell_expired import tell_expired

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def carried() -> Iterator[tuple[FakeSms, FakePush]]:
    with carriers() as both:
        yield both


def shop_with_an_owner() -> tuple[MerchantView, str]:
    owner = sign_up_user("owner@qinghe.com", "four otters paint slowly", "en", "Asia/Shanghai")
    return a_shop(user_id=owner.id), "owner@qinghe.com"


def heard(audience: str, owner_id: object) -> list[NoticeView]:
    everybody_hears()
    send_due_messages()
    return [one for one in notices(audience, owner_id) if one.kind.startswith("api_key")]  # type: ignore[arg-type]


def test_a_customer_is_told_what_a_new_key_may_and_from_where(carried: tuple[FakeSms, FakePush]) -> None:
    lin = a_reader()
    a_key_of("customer", lin.id, ["wallets:read", "transfers:write"], addresses=["203.0.113.0/24"])
    (told,) = heard("customer", lin.id)
    assert told.words["en"] == "A new API key, “till software”, was made"
    assert told.more["en"].endswith(
        "It may: See wallets and balances, Make transfers, cancel those not due yet. Only from 203.0.113.0/24"
    )
    assert told.words["zh-hans"] == "新建了 API 密钥“till software”" and "只从 203.0.113.0/24" in told.more["zh-hans"]
    (mail,) = outbox_of_django.outbox
    assert "不是您建的，请马上停用" in mail.body and "If that was not you, revoke it at once" in mail.body
    assert len(carried[0].texts) == 1, "safety goes to every address on file"


def test_the_owners_of_a_shop_are_told_by_bell_and_mail_and_its_cashiers_by_bell() -> None:
    shop, address = shop_with_an_owner()
    (owner,) = members_of(shop.id)
    cashier = sign_up_user("till@qinghe.com", "four otters paint slowly", "zh-hans", "Asia/Shanghai")
    add_cashier(shop.id, owner.id, cashier.id, "Xiao")
    key, _ = a_key_of("merchant", shop.id, ["orders:write"])
    (told,) = heard("merchant", shop.id)
    assert told.kind == "api_key_made" and told.link == f"/till/keys/{key.id}/"
    (mail,) = outbox_of_django.outbox
    assert (mail.to, mail.subject) == ([address], "A new API key, “till software”, was made")
    assert "新建了 API 密钥" in mail.body


def test_a_key_of_the_test_twin_is_told_to_the_shop() -> None:
    shop, _ = shop_with_an_owner()
    a_key_of("merchant", twin_for_tests(shop.id).id, mode="test")
    assert [one.kind for one in heard("merchant", shop.id)] == ["api_key_made"]


@pytest.mark.parametrize("kind", ["customer", "merchant"])
def test_its_end_is_told_once_and_without_a_text_message(carried: tuple[FakeSms, FakePush], kind: str) -> None:
    owner_id = a_reader().id if kind == "customer" else shop_with_an_owner()[0].id
    key, _ = a_key_of(kind, owner_id)
    heard(kind, owner_id)
    texts, mails = len(carried[0].texts), len(outbox_of_django.outbox)
    revoke_key(key.id, owner_of(kind, owner_id), "somebody:1")
    told = heard(kind, owner_id)
    assert [one.kind for one in told] == ["api_key_revoked", "api_key_made"]
    assert told[0].words["zh-hans"] == "API 密钥“till software”已停用"
    heard(kind, owner_id)
    assert (len(carried[0].texts), len(outbox_of_django.outbox)) == (texts, mails + 1)


def test_a_key_whose_time_is_over_is_told_once() -> None:
    lin = a_reader()
    a_key_of("customer", lin.id, expires_at=now() + timedelta(days=1))
    revoked, _ = a_key_of("customer", lin.id, expires_at=now() + timedelta(days=1))
    revoke_key(revoked.id, owner_of("customer", lin.id), "somebody:1")
    heard("customer", lin.id)
    assert tell_expired() == 0
    with at(now() + timedelta(days=1, seconds=1)):
        assert (tell_expired(), tell_expired()) == (1, 0)
        told = heard("customer", lin.id)
    assert told[0].kind == "api_key_expired" and told[0].words["en"] == "The API key “till software” has expired"
    assert outbox_of_django.outbox[-1].subject == "API 密钥“till software”已到期"
