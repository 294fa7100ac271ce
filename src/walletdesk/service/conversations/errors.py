"""How conversations say no.

    Refusal
    ├── MessageEmpty            neither words nor files
    ├── MessageTooLong          over 4,000 characters
    ├── TooManyFiles            over five in one message
    └── AttachmentNotFound      no such file, not yours, link too old, another session: the same answer

Who may not read a case at all is told ``CaseNotFound`` by the cases' room.
"""

from __future__ import annotations

from walletdesk.foundation.errors import Invalid, NotFound
from walletdesk.foundation.i18n.words import Words


class MessageEmpty(Invalid):
    code = "message_empty"
    what = Words("还没有写内容", "Nothing is written yet")
    next = Words("写一句话，或附上一个文件", "Write a sentence or attach a file")


class MessageTooLong(Invalid):
    """Field: ``most``."""

    code = "message_too_long"
    what = Words("一条消息最多 {most} 个字", "One message holds at most {most} characters")
    next = Words("分成两条发，或把全文作为文件附上", "Send it in two, or attach the text as a file")


class TooManyFiles(Invalid):
    """Field: ``most``."""

    code = "message_too_many_files"
    what = Words("一条消息最多附 {most} 个文件", "One message takes at most {most} files")
    next = Words("其余的放在下一条里", "Put the others into the next message")


class AttachmentNotFound(NotFound):
    code = "attachment_not_found"
    what = Words("这个文件打不开", "This file cannot be opened")
    next = Words(
        "回到案件再点一次文件；每个链接只有五分钟有效",
        "Go back to the case and tap it again; a link lives five minutes",
    )
