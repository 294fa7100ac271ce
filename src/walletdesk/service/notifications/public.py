"""The front door of notifications.

    tell_many([NoticeDraft])                        into inboxes; a happening is told once. ``safety`` and ``alert`` also go
                                                    out by push, text and mail
    notices(audience, id, limit, before)            the inbox, newest first
    unread_count(audience, id)
    mark_read(audience, id, notice=None) -> int     NoticeNotFound

    post_code(channel, address, purpose, code, language, minutes) -> id
                                                    refuses nothing; in the caller's transaction, sent after its commit

    alert_choices(customer) -> Choices
    choose_alerts(customer, Choices)                ChoicesNotUsable; quieter(before, after): the door asks for a proof first
    push_key() -> str                               what a browser is given to subscribe
    subscribe_push(customer, Browser) -> id         SubscriptionNotUsable
    stop_push(customer, subscription)               SubscriptionNotFound
    browsers_of(customer) -> [BrowserView]

    mail_log(limit, customer)                       how far each long mail has come
    note_receipt(signature, body)                   ReceiptNotSigned, ReceiptTooEarly
    code_failed(channel, address, purpose)          whether the last code did not arrive
    delivery_log(customer, addresses, limit)        the same of everything that went out, for staff
    send_due_mails(), send_due_messages()           what the worker does; never inside a transaction
    reseal_words() -> Resealed                      after a change of the house's key

The refusals stand in ``errors.py``.
"""

from walletdesk.service.notifications.errors import (
    ChoicesNotUsable,
    NoticeNotFound,
    ReceiptNotSigned,
    ReceiptTooEarly,
    SubscriptionNotFound,
    SubscriptionNotUsable,
)
from walletdesk.service.notifications.events import NoticeGiven
from walletdesk.service.notifications.ports import the_push
from walletdesk.service.notifications.queries import (
    BrowserView,
    DeliveryView,
    MailView,
    NoticeView,
    alert_choices,
    browsers_of,
    code_failed,
    delivery_log,
    mail_log,
    notices,
    unread_count,
)
from walletdesk.service.notifications.rules.alerts import CHANNELS, CHOSEN_SUBJECTS, Choices, quieter
from walletdesk.service.notifications.sealing import reseal_words
from walletdesk.service.notifications.services.choose_alerts import choose_alerts
from walletdesk.service.notifications.services.choose_alerts import usable as usable_choices
from walletdesk.service.notifications.services.mark_read import mark_read
from walletdesk.service.notifications.services.note_receipt import note_receipt
from walletdesk.service.notifications.services.post_code import post_code
from walletdesk.service.notifications.services.send_mails import send_due_mails
from walletdesk.service.notifications.services.send_messages import send_due_messages
from walletdesk.service.notifications.services.subscribe_push import Browser, stop_push, subscribe_push
from walletdesk.service.notifications.services.tell_many import NoticeDraft, tell_many


def push_key() -> str:
    """The public key that browsers bind a subscription to, base64url."""
    return the_push().public_key()


__all__ = [
    "CHANNELS",
    "CHOSEN_SUBJECTS",
    "Browser",
    "BrowserView",
    "Choices",
    "ChoicesNotUsable",
    "DeliveryView",
    "MailView",
    "NoticeDraft",
    "NoticeGiven",
    "NoticeNotFound",
    "NoticeView",
    "ReceiptNotSigned",
    "ReceiptTooEarly",
    "SubscriptionNotFound",
    "SubscriptionNotUsable",
    "alert_choices",
    "browsers_of",
    "choose_alerts",
    "code_failed",
    "delivery_log",
    "mail_log",
    "mark_read",
    "note_receipt",
    "notices",
    "post_code",
    "push_key",
    "quieter",
    "reseal_words",
    "send_due_mails",
    "send_due_messages",
    "stop_push",
    "subscribe_push",
    "tell_many",
    "unread_count",
    "usable_choices",
]
