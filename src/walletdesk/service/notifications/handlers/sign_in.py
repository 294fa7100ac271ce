"""What is told about signing in: devices, passwords, second factors, addresses. To customers in their inbox; to staff and the
people of a shop in theirs (audience ``user``), and by mail: a stolen way to the desk is worth more than a wallet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.identity.public import (
    AddressChanged,
    DeviceAdded,
    DeviceEnded,
    FactorAdded,
    FactorRemoved,
    PasswordChanged,
    PasswordDue,
    SignInAsked,
    SignInDenied,
    SignInLocked,
    months_old,
    user,
)
from walletdesk.service.notifications.handlers.reader_hours import day_and_hour
from walletdesk.service.notifications.services.subscribe_push import end_push_of_devices
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many
from walletdesk.trust.customers.public import customer_of_user

SAFETY_PAGE = "/security/"
NOT_YOU = Words("不是您？请马上联系我们", "Not you? Call us now")
ADDED = Words("有一台新设备登录了您的账户：{name}", "A new device signed in to your account: {name}")
ADDED_MORE = Words(
    "{until} 前它能做的事少一些。不是您？请在“登录与设备”里让它退出，并马上联系我们",
    "Until {until} it can do less. Not you? Sign it out under Sign-in and devices, and call us now",
)
ADDED_MORE_USER = Words(
    "不是您？请在“登录与设备”里让它退出，换掉密码，并马上告诉我们",
    "Not you? Sign it out under Sign-in and devices, change your password, and tell us at once",
)
ENDED = Words("一台设备退出了：{name}", "A device was signed out: {name}")
ENDED_MORE = Words("它上面的登录已经全部失效", "Nobody is signed in on it any more")
PASSWORD = Words("您的登录密码换了新的", "Your password was changed")
PASSWORD_MORE = Words(
    "其他地方的登录都已失效。不是您？请马上联系我们", "You are signed out elsewhere. Not you? Call us now"
)
DUE = Words("您的登录密码用了 {n} 个月了", "Your password is {n} months old")
DUE_MORE = Words(
    "是您让我们提醒的。想换，就自己打开“登录与设备”；不换也没关系。我们从不问密码",
    "You asked to be reminded. If you like, change it under Sign-in and devices; nobody makes you. We never ask for a password",
)
FACTORS = {
    "passkey": Words("通行密钥", "passkey"),
    "totp": Words("验证器", "authenticator"),
    "recovery_code": Words("恢复码", "sheet of recovery codes"),
}
FACTOR_ADDED = Words("账户加了新的{kind}", "A new {kind} was added to your account")
FACTOR_REMOVED = Words("账户的{kind}被移除了", "The {kind} of your account was removed")
ADDRESSES = {"email": Words("邮箱", "e-mail address"), "sms": Words("手机号", "phone number")}
ADDRESS = Words("您账户的{kind}换了新的", "The {kind} of your account was changed")
ADDRESS_MORE = Words(
    "24 小时内不能付给新的收款人。不是您？请马上联系我们，30 天内这个旧地址也会收到提醒",
    "For 24 hours nobody new can be paid. Not you? Call us now; this old address is told for 30 days",
)
ADDRESS_MORE_USER = Words(
    "不是您？请马上告诉我们，30 天内这个旧地址也会收到提醒",
    "Not you? Tell us at once; this old address is told for 30 days",
)
LOCKED = Words("登录被锁到 {until}", "Signing in is locked until {until}")
LOCKED_MORE = {
    "wrong_password": Words("密码连续输错太多次。钱没有动", "The password was wrong too many times. No money moved"),
    "stuffing": Words(
        "很多地方在猜您的密码。钱没有动", "Your password is being guessed from many places. No money moved"
    ),
    "factor": Words("第二步验证输错太多次。钱没有动", "The second step was wrong too many times. No money moved"),
}
ASKED = Words("{device}想登录您的账户，是您吗？", "{device} wants to sign in to your account. Is it you?")
ASKED_MORE = Words(
    "打开后核对两位数字。不是您，就选“不是我”", "Open it and compare the two digits. If it is not you, say so there"
)
DENIED = Words("您挡住了一次登录：{device}", "You stopped a sign-in: {device}")
DENIED_MORE = Words("有人知道您的密码，请换一个新的", "Somebody knows your password. Please choose a new one")
DENIED_LOCKED = Words(
    "有人知道您的密码，所以先不让任何人用它登录。请在这里换一个，换好就能登录",
    "Somebody knows your password, so nobody can sign in with it for now. Choose a new one here and signing in opens again",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose inbox: a customer's, or the own one of who is none."""

    audience: str
    id: UUID
    time_zone: str

    @property
    def is_customer(self) -> bool:
        return self.audience == "customer"


Told = Callable[[Any, Reader], NoticeDraft]


def _tell(facts: Sequence[Any], told: Told) -> None:
    """One notice for each fact."""
    readers = {user_id: _reader(user_id) for user_id in {one.user_id for one in facts}}
    tell_many([told(one, reader) for one in facts if (reader := readers[one.user_id])])


def _reader(user_id: UUID) -> Reader | None:
    if customer := customer_of_user(user_id):
        return Reader("customer", customer.id, customer.time_zone)
    found = user(user_id)
    return Reader("user", found.id, found.time_zone) if found else None


def _safety(
    one: Any,
    reader: Reader,
    kind: str,
    words: dict[str, str],
    more: Words,
    about: UUID | str = "",
    **more_fields: Any,
) -> NoticeDraft:
    return NoticeDraft(
        reader.audience, reader.id, kind, words, more.both(**more_fields), SAFETY_PAGE, str(about or one.at.isoformat()),
        safety=True, at=one.at,
    )  # fmt: skip


def on_device_added(facts: Sequence[DeviceAdded]) -> None:
    """Every other device and every address; the first device of all is no news."""

    def told(one: DeviceAdded, reader: Reader) -> NoticeDraft:
        until = day_and_hour(one.limits_until or one.at, reader)
        more = ADDED_MORE.both(until=until) if reader.is_customer else ADDED_MORE_USER.both()
        return NoticeDraft(
            reader.audience, reader.id, "device_added", ADDED.both(name=one.name), more,
            SAFETY_PAGE, str(one.device_id), safety=True, at=one.at, not_to=frozenset({one.device_id}),
        )  # fmt: skip

    _tell([one for one in facts if one.limits_until], told)


def on_device_ended(facts: Sequence[DeviceEnded]) -> None:
    """What the device was pushed ends with it; the others hear of it."""
    end_push_of_devices({one.device_id for one in facts})
    _tell(
        facts,
        lambda one, reader: _safety(one, reader, "device_ended", ENDED.both(name=one.name), ENDED_MORE, one.device_id),
    )


def on_password_changed(facts: Sequence[PasswordChanged]) -> None:
    _tell(facts, lambda one, reader: _safety(one, reader, "password_changed", PASSWORD.both(), PASSWORD_MORE))


def on_password_due(facts: Sequence[PasswordDue]) -> None:
    """In the inbox alone: no danger, and no message that teaches people to follow one to a password field."""
    _tell(
        facts,
        lambda one, reader: NoticeDraft(
            reader.audience, reader.id, "password_due", DUE.both(n=months_old(one.set_at, one.at)), DUE_MORE.both(),
            SAFETY_PAGE, one.at.isoformat(), at=one.at,
        ),
    )  # fmt: skip


def on_factor_added(facts: Sequence[FactorAdded]) -> None:
    _tell(
        facts,
        lambda one, reader: _safety(
            one,
            reader,
            "factor_added",
            FACTOR_ADDED.both(kind=FACTORS[one.kind]),
            NOT_YOU,
            f"{one.kind}:{one.at.isoformat()}",
        ),
    )


def on_factor_removed(facts: Sequence[FactorRemoved]) -> None:
    _tell(
        facts,
        lambda one, reader: _safety(
            one, reader, "factor_removed", FACTOR_REMOVED.both(kind=FACTORS[one.kind]), NOT_YOU,
            f"{one.kind}:{one.at.isoformat()}",
        ),
    )  # fmt: skip


def on_address_changed(facts: Sequence[AddressChanged]) -> None:
    """The replaced address hears of it too: a thief cannot silence the owner by taking it out."""
    _tell(
        facts,
        lambda one, reader: _safety(
            one, reader, "address_changed", ADDRESS.both(kind=ADDRESSES[one.kind]),
            ADDRESS_MORE if reader.is_customer else ADDRESS_MORE_USER,
            f"{one.kind}:{one.at.isoformat()}",
        ),
    )  # fmt: skip


def on_sign_in_locked(facts: Sequence[SignInLocked]) -> None:
    _tell(
        facts,
        lambda one, reader: _safety(
            one, reader, "sign_in_locked", LOCKED.both(until=day_and_hour(one.until, reader)), LOCKED_MORE[one.reason]
        ),
    )


def on_sign_in_asked(facts: Sequence[SignInAsked]) -> None:
    """To a customer's devices only: a text or a mail could be read by whoever is at the door. Others are asked on the pages
    that they have open.
    """
    _tell(
        facts,
        lambda one, reader: NoticeDraft(
            reader.audience, reader.id, "sign_in_asked", ASKED.both(device=one.device_name), ASKED_MORE.both(),
            f"/security/approve/{one.approval_id}/", str(one.approval_id), safety=True, at=one.at,
            only_by=frozenset({"push"}), until=one.expires_at,
        ),
    )  # fmt: skip


def on_sign_in_denied(facts: Sequence[SignInDenied]) -> None:
    _tell(
        facts,
        lambda one, reader: _safety(
            one,
            reader,
            "sign_in_denied",
            DENIED.both(device=one.device_name),
            DENIED_LOCKED if one.said and reader.is_customer else DENIED_MORE,
            one.approval_id,
        ),
    )
