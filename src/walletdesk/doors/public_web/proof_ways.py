"""The ways to prove oneself, as the page shows them: always all of them, whatever an account has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from walletdesk.doors._shared.refusal_pages import Sentences
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.verification.public import RecoveryView


@dataclass(frozen=True, slots=True)
class Way:
    """One card. ``send`` is the act that sends a code, ``act`` the one that takes what is typed; ``given`` when proven."""

    kind: str
    icon: str
    title: Words
    under: Words
    act: str
    label: Words
    numeric: bool
    send: str = ""
    sent: bool = False
    given: bool = False
    refusal: Sentences | None = None


_CODE = Words("六位验证码", "Six-digit code")
_WAYS = (
    Way(
        "email_code",
        "mail",
        Words("邮箱验证码", "A code by e-mail"),
        Words("发到账户上验证过的邮箱", "To the verified e-mail address of the account"),
        "code:email",
        _CODE,
        True,
        "send:email",
    ),
    Way(
        "sms_code",
        "device",
        Words("短信验证码", "A code by text message"),
        Words("发到账户上验证过的手机", "To the verified telephone of the account"),
        "code:sms",
        _CODE,
        True,
        "send:sms",
    ),
    Way(
        "totp",
        "shield",
        Words("验证器", "Authenticator app"),
        Words("验证器现在显示的六位数字", "The six digits that it shows now"),
        "factor:totp",
        _CODE,
        True,
    ),
    Way(
        "passkey",
        "key",
        Words("通行密钥", "Passkey"),
        Words("用指纹、面容或屏幕锁打开的那一把", "The one that your finger, face or screen lock opens"),
        "passkey",
        Words("通行密钥", "Passkey"),
        False,
    ),
    Way(
        "recovery_code",
        "key",
        Words("恢复码", "Recovery code"),
        Words("您当时抄下的一串，一次有效", "One of those that you wrote down; each works once"),
        "factor:recovery_code",
        Words("恢复码", "Recovery code"),
        False,
    ),
    Way(
        "reset",
        "help",
        Words("客服给的重设代码", "A reset code from our desk"),
        Words(
            "客服为您开始重设后，代码会发到您的邮箱或手机",
            "Once an agent has started the reset, it comes to your e-mail or phone",
        ),
        "reset",
        Words("重设代码", "Reset code"),
        False,
    ),
)


def ways(way: RecoveryView, sent: Collection[str], tried: str, refusal: Sentences | None) -> list[Way]:
    """All cards in their order; what was refused is said on its own."""
    shown = []
    for one in _WAYS:
        channel = one.send.removeprefix("send:")
        tried_here = bool(tried) and tried in (one.act, one.send)
        shown.append(
            Way(
                one.kind, one.icon, one.title, one.under, one.act, one.label, one.numeric, one.send,
                sent=bool(channel) and channel in sent,
                given=one.kind in way.kinds,
                refusal=refusal if tried_here else None,
            )
        )  # fmt: skip
    return shown
