"""Say one message by its channel: what each of them is given of the sealed words.

code     purpose, code, minutes              sms, email
alert    words, more, link, ending, stop     sms, email, push; words for the outside only (``rules/outside_words.py``); ``stop``
                                             is the one address that stands in them (ADR 0027)
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from walletdesk.foundation.i18n.words import CHINESE, ENGLISH, Words
from walletdesk.foundation.sealing.public import SealBroken
from walletdesk.service.notifications import mail_server
from walletdesk.service.notifications.models import Message, PushSubscription
from walletdesk.service.notifications.ports import Answer, PushTarget, SmsText, the_push, the_sms
from walletdesk.service.notifications.rules import code_words
from walletdesk.service.notifications.rules.headers import one_line
from walletdesk.service.notifications.sealing import unseal

SHORT = Words("【Walletdesk】{words}。{ending}", "Walletdesk: {words}. {ending}")
SHORT_ALONE = Words("【Walletdesk】{words}。", "Walletdesk: {words}.")
NO_LINK = Words(
    "这封邮件里没有链接，也不会请您登录。详情在应用的“消息”里。",
    "This mail holds no link and asks for nothing. More stands under Messages in the app.",
)
STOP = Words("停止：{link} ，不用登录，什么也不会问。", "Stop it: {link} (no sign-in, nothing is asked).")
APP = "Walletdesk"


def hand_over(message: Message, words: dict[str, Any]) -> Answer:
    """One exchange with the outside world, outside of any transaction."""
    if message.channel == "sms":
        return the_sms().send(_as_text(message, words))
    if message.channel == "email":
        outcome, answer = mail_server.outcome_of(lambda: mail_server.hand_to_server(_as_mail(message, words)))
        return Answer(outcome, answer)  # type: ignore[arg-type]
    return _push(message, words)


def _as_text(message: Message, words: dict[str, Any]) -> SmsText:
    if words["form"] == "code":
        said = code_words.code_message(words["purpose"], words["code"], words["minutes"]).in_language(message.language)
        fields = {"code": words["code"], "minutes": str(words["minutes"])}
        return SmsText(str(message.id), message.address, said, "code", fields, message.language)
    shown = words["words"][message.language]
    ending = words["ending"][message.language]
    pattern = SHORT if ending else SHORT_ALONE
    said = pattern.in_language(message.language, words=shown, ending=ending)
    if words.get("stop"):
        said += STOP.in_language(message.language, link=words["stop"])
        shown = f"{shown} {words['stop']}"
    return SmsText(str(message.id), message.address, said, "alert", {"words": shown}, message.language)


def _as_mail(message: Message, words: dict[str, Any]) -> EmailMultiAlternatives:
    """The reader's language first, the other below."""
    languages = (message.language, ENGLISH if message.language == CHINESE else CHINESE)
    parts = [_mail_part(words, language) for language in languages]
    mail = EmailMultiAlternatives(
        subject=one_line(parts[0]["subject"]),
        body="\n\n---\n\n".join("\n\n".join(line for line in part["lines"] if line) for part in parts) + "\n",
        to=[message.address],
        headers={"Auto-Submitted": "auto-generated", "X-Walletdesk-Mail": str(message.id)},
    )
    mail.attach_alternative(render_to_string("notifications/message.html", {"parts": parts}), "text/html")
    return mail


def _mail_part(words: dict[str, Any], language: str) -> dict[str, Any]:
    if words["form"] == "code":
        purpose = code_words.purpose_words(words["purpose"])
        return {
            "language": language,
            "subject": code_words.SUBJECT.in_language(language, purpose=purpose),
            "big": words["code"],
            "lines": [
                code_words.HEAD.in_language(language, purpose=purpose),
                words["code"],
                code_words.UNDER.in_language(language, minutes=words["minutes"]),
                code_words.NEVER.in_language(language),
            ],
        }
    more = words["more"][language]
    said = [words["words"][language], more, words["official" if more else "ending"][language]]
    stop = words.get("stop", "")
    last = STOP.in_language(language, link=stop) if stop else NO_LINK.in_language(language)
    return {"language": language, "subject": said[0], "big": "", "lines": [*said, last], "stop": stop}


def _push(message: Message, words: dict[str, Any]) -> Answer:
    found = PushSubscription.objects.filter(id=uuid.UUID(message.address), ended_at=None).first()
    if found is None:
        return Answer("for_good", "the subscription has ended")
    try:
        keys = unseal(found.sealed_keys, str(found.id))
    except SealBroken:
        return Answer("for_good", "the keys do not open", gone=True)
    shown = {
        "title": APP,
        "body": words["words"][message.language],
        "more": words["more"][message.language],
        "link": words["link"],
        "tag": str(message.id),
        "language": message.language,
    }
    left = max(0, int((message.expires_at - message.changed_at).total_seconds()))
    target = PushTarget(found.endpoint, keys["p256dh"], keys["auth"])
    said = json.dumps(shown, ensure_ascii=False).encode()
    return the_push().send(target, said, left, message.id.hex, urgent=message.urgent)
