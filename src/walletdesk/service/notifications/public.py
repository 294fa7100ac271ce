"""The front door of notifications.

tell_many([NoticeDraft])                        into inboxes; a happening is told once
notices(audience, id, limit, before)            the inbox, newest first
unread_count(audience, id)
mark_read(audience, id, notice=None) -> int     NoticeNotFound
mail_log(limit, customer)                       how far each mail has come
"""

from walletdesk.service.notifications.errors import NoticeNotFound
from walletdesk.service.notifications.events import NoticeGiven
from walletdesk.service.notifications.queries import MailView, NoticeView, mail_log, notices, unread_count
from walletdesk.service.notifications.services.mark_read import mark_read
from walletdesk.service.notifications.services.send_mails import send_due_mails
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many

__all__ = [
    "MailView",
    "NoticeDraft",
    "NoticeGiven",
    "NoticeNotFound",
    "NoticeView",
    "mail_log",
    "mark_read",
    "notices",
    "send_due_mails",
    "tell_many",
    "unread_count",
]
