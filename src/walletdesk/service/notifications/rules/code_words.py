"""How a one-time code is told. It says what it is for, how long it holds, and that nobody of us ever asks for it; no link."""

from __future__ import annotations

import re

from walletdesk.foundation.i18n.words import Words

CODE = re.compile(r"[0-9A-Za-z]{4,24}", re.ASCII)

PURPOSES = {
    "sign_up": Words("注册", "to sign up"),
    "sign_in": Words("登录", "to sign in"),
    "address": Words("确认这个地址是您的", "to confirm that this address is yours"),
    "phone": Words("换手机号", "to change your phone number"),
    "recover": Words("找回账户", "to get back into your account"),
    "reset": Words("重设密码", "to set a new password"),
    "desk": Words("在电话里或客服台证明是您", "to prove who you are to our desk"),
    "step_up": Words("确认一项敏感操作", "to confirm a sensitive step"),
}
NEUTRAL = Words("确认是您本人", "to confirm that it is you")

SHORT = Words(
    "【Walletdesk】验证码 {code}，用于{purpose}，{minutes} 分钟内有效。不要告诉任何人；我们的人从不会问。",
    "Walletdesk: {code} {purpose}, good for {minutes} minutes. Tell nobody; none of us will ever ask for it.",
)
SUBJECT = Words("您的验证码（{purpose}）", "Your code {purpose}")
HEAD = Words("验证码，用于{purpose}：", "Your code {purpose}:")
UNDER = Words(
    "{minutes} 分钟内有效，只能用一次。请输在您自己打开的页面上；这封邮件里没有链接。",
    "Good for {minutes} minutes, once. Type it into the page that you opened yourself; this mail holds no link.",
)
NEVER = Words(
    "不要告诉任何人，我们的人也从不会问。不是您要的？有人可能知道您的地址，不用理会，您的账户没有变。",
    "Tell nobody; none of us will ever ask for it. Not you? Somebody may know your address. Nothing has changed.",
)


def purpose_words(purpose: str) -> Words:
    return PURPOSES.get(purpose, NEUTRAL)


def code_message(purpose: str, code: str, minutes: int) -> Words:
    """The text message, in both languages."""
    fields = {"code": code, "purpose": purpose_words(purpose), "minutes": minutes}
    both = SHORT.both(**fields)
    return Words(both["zh-hans"], both["en"])
