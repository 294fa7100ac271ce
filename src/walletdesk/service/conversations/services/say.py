"""Say something in a case."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import IO

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.files.public import FileView, take_in
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.outbox.public import publish
from walletdesk.service.cases.public import Actor, CaseNotFound, CaseView, hear_words
from walletdesk.service.conversations.errors import MessageEmpty, MessageTooLong, TooManyFiles
from walletdesk.service.conversations.events import MessageSaid
from walletdesk.service.conversations.models import Attachment, Message
from walletdesk.service.conversations.queries import case_for_reader
from walletdesk.service.conversations.rules.threads import CUSTOMER, MERCHANT, STAFF, thread_for
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.trust.staff.public import employees, insist

LONGEST = 4_000
MOST_FILES = 5
NEW_ANSWER = Words("工号 {number} {name}答复了您", "Agent {number}, {name}, answered you")
NEW_QUESTION = Words("Walletdesk 就一笔付款有话问您", "Walletdesk has a question about a payment")
ABOUT_CASE = Words("案件 {reference}：{title}", "Case {reference}: {title}")

Upload = tuple[str, bytes | IO[bytes]]
"""A file as it came: its name and its bytes or the open file."""


def say(
    case_id: uuid.UUID,
    author: Actor,
    text: str,
    files: Sequence[Upload] = (),
    *,
    staff_only: bool = False,
    to: str = CUSTOMER,
    once: str | None = None,
) -> uuid.UUID:
    """Put a message into its thread; its id. ``to`` (customer or merchant) counts for agents only. A form that sends the
    same ``once`` again gets the first message.

    Refuses, in this order: a case that is not the author's (``CaseNotFound``); an agent who does not work cases
    (``ActNotAllowed``); no words and no files (``MessageEmpty``); over 4,000 characters (``MessageTooLong``); over five
    files (``TooManyFiles``); a closed case (``CaseEventRefused``), save for notes; a file that the file room refuses.
    """
    found = case_for_reader(case_id, author)
    if author.kind == "employee":
        insist(employees([author.id]).get(author.id), "work_cases")  # type: ignore[list-item, arg-type]
    thread = thread_for(author.kind, to, staff_only)
    if thread == MERCHANT and found.merchant_id is None:
        raise CaseNotFound()
    text = _readable(text, files)
    with transaction.atomic():
        if thread != STAFF:
            hear_words(case_id, author, to_customer=thread == CUSTOMER)  # locks the case: a twin waits here
        if once and (before := _said_before(case_id, author, once)):
            return before
        message = _write(case_id, author, thread, text, once)
        _attach(message, files, author)
        _tell(found, message)
    return message.id


def _readable(text: str, files: Sequence[Upload]) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text and not files:
        raise MessageEmpty()
    if len(text) > LONGEST:
        raise MessageTooLong(most=LONGEST)
    if len(files) > MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    return text


def _said_before(case_id: uuid.UUID, author: Actor, once: str) -> uuid.UUID | None:
    rows = Message.objects.filter(case_id=case_id, author_kind=author.kind, author_id=author.id, once=once)
    return rows.values_list("id", flat=True).first()


def _write(case_id: uuid.UUID, author: Actor, thread: str, text: str, once: str | None) -> Message:
    return Message.objects.create(
        case_id=case_id,
        author_kind=author.kind,
        author_id=author.id,
        author_number=author.number,
        author_name=author.name.both(),
        audience=thread,
        text=text,
        once=once,
        sent_at=now(),
    )


def _attach(message: Message, files: Sequence[Upload], author: Actor) -> None:
    taken: list[FileView] = [take_in(content, name, author.ref) for name, content in files]
    Attachment.objects.bulk_create(
        [Attachment(message=message, file_id=file.id, place=place) for place, file in enumerate(taken)]
    )


def _tell(found: CaseView, message: Message) -> None:
    """Live pages hear of it; whom it is for finds a notice in the inbox."""
    publish(
        MessageSaid(
            message.id,
            found.id,
            found.customer_id,
            found.merchant_id,
            message.author_kind,
            message.audience,
            message.sent_at,
        )
    )
    title = Words(found.title["zh-hans"], found.title["en"])
    more = ABOUT_CASE.both(reference=found.reference, title=title)
    drafts: list[NoticeDraft] = []
    match message.author_kind, message.audience:
        case "employee", "customer":
            name = Words(message.author_name.get("zh-hans", ""), message.author_name.get("en", ""))
            words = NEW_ANSWER.both(number=message.author_number, name=name)
            drafts = [_notice("customer", found.customer_id, words, more, f"/wallet/cases/{found.reference}/", message)]
        case "employee", "merchant" if found.merchant_id:
            drafts = [
                _notice(
                    "merchant", found.merchant_id, NEW_QUESTION.both(), more, f"/till/cases/{found.reference}/", message
                )
            ]
        case (("customer" | "merchant"), _) if found.assigned_id:
            words = WROTE[message.author_kind].both()
            drafts = [_notice("employee", found.assigned_id, words, more, f"/desk/cases/{found.reference}/", message)]
    tell_many(drafts)


WROTE = {"customer": Words("客户写来消息", "The customer wrote"), "merchant": Words("商户写来消息", "The shop wrote")}


def _notice(
    audience: str, audience_id: uuid.UUID, words: dict[str, str], more: dict[str, str], link: str, message: Message
) -> NoticeDraft:
    return NoticeDraft(
        audience, audience_id, "message", words, more, link=link, about=str(message.id), at=message.sent_at
    )
