"""What is told about the account: each fact once, in both languages, without a link outside of the app."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.factories.money import a_shop
from tests.factories.telling import a_reader, pushed_to
from tests.factories.trust import an_employee
from tests.fakes.carriers import carriers
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.identity.public import (
    AddressChanged,
    FactorAdded,
    FactorRemoved,
    PasswordChanged,
    SignInAsked,
    SignInDenied,
    SignInLocked,
    sign_up_user,
)
from walletdesk.money.wallets.public import OwnLimitChanged, OwnLimitRaiseCancelled
from walletdesk.service.notifications import handlers
from walletdesk.service.notifications.models import Message
from walletdesk.service.notifications.public import notices
from walletdesk.service.notifications.sealing import unseal
from walletdesk.trust.customers.public import CustomerView, TierChanged
from walletdesk.trust.staff.public import employ
from walletdesk.trust.verification.public import (
    AccountLocked,
    AccountUnlocked,
    PapersDecided,
    RecoveryFinished,
    ResetStarted,
    VerificationAsked,
)

pytestmark = pytest.mark.django_db
SAFETY = {"push", "sms", "email"}
Made = Callable[[CustomerView], Any]


@pytest.fixture(autouse=True)
def carried() -> Iterator[None]:
    with carriers():
        yield


def recovered(one: CustomerView, weak: bool) -> RecoveryFinished:
    hold = now() + timedelta(hours=24) if weak else None
    return RecoveryFinished(uuid7(), one.id, one.user_id, None, "page", ("email",), weak, 300, 2, hold, now())


def limit(one: CustomerView, raised: bool) -> OwnLimitChanged:
    return OwnLimitChanged(one.id, uuid7(), "CNY", "out", "day", 100_000, 200_000, raised, now(), now())


def payee_limit(one: CustomerView, raised: bool) -> OwnLimitChanged:
    payee = uuid7()
    return OwnLimitChanged(one.id, uuid7(), "CNY", "payee", "day", 100_000, 200_000, raised, now(), now(), payee)


def asked(one: CustomerView) -> SignInAsked:
    return SignInAsked(one.user_id, uuid7(), "Firefox, Windows", "203.0.113.9", now() + timedelta(minutes=3), now())


def reset(one: CustomerView) -> ResetStarted:
    return ResetStarted(uuid7(), one.id, uuid7(), an_employee(number="1024").id, "email", "l***@example.com", now())


def papers(one: CustomerView) -> PapersDecided:
    return PapersDecided(uuid7(), one.id, "tier", None, False, "太暗", uuid7(), now())


def confirm(one: CustomerView) -> VerificationAsked:
    someone = an_employee(number="1025").id
    return VerificationAsked(uuid7(), uuid7(), "WD-260519-0417", one.id, someone, now() + timedelta(minutes=5), now())


TOLD: list[tuple[str, Made, set[str], str]] = [
    ("password_changed", lambda one: PasswordChanged(one.user_id, now()), SAFETY, "您的登录密码换了新的"),
    ("factor_added", lambda one: FactorAdded(one.user_id, "totp", now()), SAFETY, "账户加了新的验证器"),
    ("factor_removed", lambda one: FactorRemoved(one.user_id, "passkey", now()), SAFETY, "账户的通行密钥被移除了"),
    (
        "address_changed",
        lambda one: AddressChanged(one.user_id, "sms", "+8613800002046", "138****2047", now()),
        SAFETY,
        "您账户的手机号换了新的",
    ),
    ("sign_in_locked", lambda one: SignInLocked(one.user_id, "stuffing", now(), now()), SAFETY, "登录被锁到"),
    ("sign_in_asked", asked, {"push"}, "Firefox, Windows想登录您的账户，是您吗？"),
    (
        "sign_in_denied",
        lambda one: SignInDenied(one.user_id, uuid7(), "Firefox", "203.0.113.9", now()),
        SAFETY,
        "您挡住了一次登录：Firefox",
    ),
    (
        "account_locked",
        lambda one: AccountLocked(one.id, "reported", None, now()),
        SAFETY,
        "您的账户已锁上，钱都在里面",
    ),
    ("account_unlocked", lambda one: AccountUnlocked(one.id, ("risk",), "x", now()), SAFETY, "您的账户可以登录了"),
    ("reset_started", reset, SAFETY, "1024"),
    ("recovery_finished", lambda one: recovered(one, True), SAFETY, "账户找回来了，密码是新的"),
    ("recovery_finished", lambda one: recovered(one, False), SAFETY, "账户找回来了，密码是新的"),
    ("own_limit", lambda one: limit(one, True), SAFETY, "您要提高一项限额"),
    ("own_limit", lambda one: limit(one, False), set(), "您的限额降低了，马上生效"),
    ("own_limit", lambda one: payee_limit(one, True), SAFETY, "您要提高给一个收款方的限额"),
    ("own_limit", lambda one: payee_limit(one, False), set(), "您给一个收款方的限额改了，马上生效"),
    (
        "own_limit_kept",
        lambda one: OwnLimitRaiseCancelled(one.id, uuid7(), "CNY", "out", "day", now()),
        set(),
        "提高限额的请求取消了",
    ),
    ("tier_changed", lambda one: TierChanged(one.id, 4, 2, "x", "papers", now()), {"push"}, "您的钱包等级改了"),
    ("papers_decided", papers, {"push"}, "您的证件需要重交"),
    ("verification", confirm, {"push"}, "请您确认"),
]
HEARERS: dict[str, Callable[[list[Any]], None]] = {
    "verification": handlers.on_verification_asked,
    "own_limit": handlers.on_own_limit_changed,
    "own_limit_kept": handlers.on_own_limit_raise_cancelled,
}


@pytest.mark.parametrize(("kind", "made", "by", "words"), TOLD)
def test_told_once_by_the_right_ways(kind: str, made: Made, by: set[str], words: str) -> None:
    lin = a_reader()
    pushed_to(lin)
    fact = made(lin)
    hear = HEARERS.get(kind) or getattr(handlers, f"on_{kind}")
    hear([fact])
    hear([fact])
    (notice,) = notices("customer", lin.id)
    assert notice.kind == kind
    assert words in notice.words["zh-hans"] and notice.words["en"]
    assert notice.link.startswith("/")
    sent = Message.objects.filter(customer=lin.id)
    assert {one.channel for one in sent} == by and len(sent) == len(by)
    for one in sent:
        said = unseal(one.sealed or b"", str(one.id))
        assert not re.search(r"https?:|www\.", str(said["words"]) + str(said["more"]) + str(said["ending"]))


def test_wrong_passwords_are_told_by_the_door_that_counts_them() -> None:
    lin = a_reader()
    handlers.on_account_locked([AccountLocked(lin.id, why, now(), now()) for why in ("wrong_password", "risk")])
    assert notices("customer", lin.id) == []


OF_SIGN_IN = [one for one in TOLD if one[0] in ("password_changed", "factor_added", "factor_removed", "sign_in_locked")]


@pytest.mark.parametrize(("kind", "made", "by", "words"), OF_SIGN_IN, ids=[one[0] for one in OF_SIGN_IN])
@pytest.mark.parametrize("role", ["staff", "shop"])
def test_staff_and_the_people_of_a_shop_hear_of_their_own_sign_in(
    role: str, kind: str, made: Made, by: set[str], words: str
) -> None:
    """In an inbox of their own, and by mail; nobody else of the shop reads it."""
    user = sign_up_user(f"{kind}.{role}@example.com", "four otters paint slowly", "en", "Asia/Shanghai")
    shop = a_shop(user_id=user.id) if role == "shop" else None
    if role == "staff":
        employ(user.id, "2048", "周岚", "Zhou Lan", an_employee(number="1024").team_code, "agent", by="test")
    fact = made(SimpleNamespace(user_id=user.id))  # type: ignore[arg-type]
    for _ in range(2):
        getattr(handlers, f"on_{kind}")([fact])
    (told,) = notices("user", user.id)
    assert told.kind == kind and told.words["zh-hans"].startswith(words) and told.safety and told.link == "/security/"
    (mail,) = Message.objects.all()
    assert (mail.channel, mail.address, mail.language) == ("email", f"{kind}.{role}@example.com", "en")
    assert shop is None or notices("merchant", shop.id) == []


def test_a_sign_in_of_staff_is_asked_about_on_open_pages_and_not_by_mail() -> None:
    someone = an_employee()
    handlers.on_sign_in_asked([asked(someone)])  # type: ignore[arg-type]
    assert [one.kind for one in notices("user", someone.user_id)] == ["sign_in_asked"]
    assert not Message.objects.exists()
