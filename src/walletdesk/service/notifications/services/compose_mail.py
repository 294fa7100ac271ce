"""Write a mail: plain text and HTML, the reader's language first, the other below; and the signed contact card with it.

No mail holds a link that leads to a form, and each says what we never ask for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words
from walletdesk.service.notifications.models import Mail
from walletdesk.service.notifications.rules.headers import one_line
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.official_contacts.public import contacts, key_id, signed_directory

SUBJECT = Words("{name}，您的钱包开好了；官方联系方式请收好", "{name}, your wallet is open; keep our official contacts")
GREETING = Words("{name}，您好", "Dear {name},")
OPENED = Words("您的钱包开好了，客户号 {number}。", "your wallet is open. Your customer number is {number}.")
BY_HEART = Words("要找我们，只用下面这些：", "To reach us, use these and nothing else:")
NEVER = Words(
    "我们从不问您的密码、支付密码和验证码，也不会在邮件里请您点链接登录。谁这样问，谁就不是我们。",
    "We never ask for your password, your payment PIN or a code, and no mail of ours has a link to sign in. "
    "Whoever asks is not us.",
)
SIGNED = Words(
    "附件是带签名的联系方式，钥匙 {key}。在 {place} 可以核对，也可以用那里的脚本自己验证。",
    "The attached card is signed, key {key}. Compare it at {place}, or verify it yourself with the script you find there.",
)
CARD_NAME = "walletdesk-contacts.json"


@dataclass(frozen=True, slots=True)
class MailPart:
    """The mail in one language: ``entries`` are (name, value, note)."""

    language: str
    greeting: str
    opened: str
    by_heart: str
    entries: list[tuple[str, str, str]]
    never: str
    signed: str

    @property
    def text(self) -> str:
        lines = [f"  {name}  {value}" + (f"  ({note})" if note else "") for name, value, note in self.entries]
        return "\n".join([self.greeting, "", self.opened, "", self.by_heart, *lines, "", self.never, "", self.signed])


def compose(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it goes out. A name, however it is written, stays inside its header and inside its text (X02)."""
    reader = customers([mail.customer_id])[mail.customer_id]
    other = ENGLISH if mail.language == CHINESE else CHINESE
    parts = [_part(reader, language) for language in (mail.language, other)]
    message = EmailMultiAlternatives(
        subject=one_line(SUBJECT.in_language(mail.language, name=reader.name)),
        body="\n\n---\n\n".join(part.text for part in parts) + "\n",
        to=[formataddr((one_line(reader.name, 60), mail.address))],
        headers={"Auto-Submitted": "auto-generated", "X-Walletdesk-Mail": str(mail.id)},
    )
    message.attach_alternative(render_to_string("notifications/welcome.html", {"parts": parts}), "text/html")
    message.attach(CARD_NAME, json.dumps(signed_directory(), ensure_ascii=False, indent=2), "application/json")
    return message


def _part(reader: CustomerView, language: str) -> MailPart:
    key = " ".join(key_id()[at : at + 4] for at in range(0, 16, 4))
    name = one_line(reader.name)
    return MailPart(
        language=language,
        greeting=GREETING.in_language(language, name=name),
        opened=OPENED.in_language(language, number=reader.number),
        by_heart=BY_HEART.in_language(language),
        entries=[
            (entry.name.in_language(language), entry.shown, entry.note.in_language(language))
            for entry in contacts().entries
        ],
        never=NEVER.in_language(language),
        signed=SIGNED.in_language(language, key=key, place=f"{settings.PUBLIC_URL}/contact/"),
    )
