"""The front door of conversations.

say(case, author, text, files, staff_only=…, to=…, once=…) -> message id
    CaseNotFound, ActNotAllowed, MessageEmpty, MessageTooLong, TooManyFiles, CaseEventRefused, refusals of files
conversation(case, reader) -> [MessageView]
    CaseNotFound
attachment_link(reader, attachment, session) -> token
attachment_for(reader, attachment, token, session) -> OpenedFile (content and the headers that go with it)
    AttachmentNotFound, whatever is wrong
"""

from walletdesk.service.conversations.errors import AttachmentNotFound, MessageEmpty, MessageTooLong, TooManyFiles
from walletdesk.service.conversations.events import MessageSaid
from walletdesk.service.conversations.queries import AttachmentView, MessageView, conversation
from walletdesk.service.conversations.services.open_attachment import attachment_for, attachment_link
from walletdesk.service.conversations.services.say import say

__all__ = [
    "AttachmentNotFound",
    "AttachmentView",
    "MessageEmpty",
    "MessageSaid",
    "MessageTooLong",
    "MessageView",
    "TooManyFiles",
    "attachment_for",
    "attachment_link",
    "conversation",
    "say",
]
