"""Mail by SMTP: every address is taken, nothing is sent on."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP

from walletdesk_sandbox.sms.box import Box

LONGEST_MAIL = 2 * 1024 * 1024


class Mailbox:
    """A handler for aiosmtpd: what is acknowledged lies in the box."""

    def __init__(self, box: Box) -> None:
        self._box = box

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.content, policy=policy.default)
        words = words_of(mail)
        for receiver in envelope.rcpt_tos:
            self._box.put(
                "mail", receiver, words, sender=str(envelope.mail_from or ""), subject=str(mail.get("Subject", ""))
            )
        return "250 taken"


def words_of(mail: EmailMessage) -> str:
    """What a reader without pictures sees: the plain text, else a word about its absence."""
    part = mail.get_body(("plain",))
    try:
        return str(part.get_content()) if part else "(no plain text)"
    except (LookupError, UnicodeError):
        return "(not readable)"


def smtp_for(box: Box) -> SMTP:
    """One connection's server."""
    return SMTP(Mailbox(box), hostname="post.sandbox", data_size_limit=LONGEST_MAIL, enable_SMTPUTF8=True)
