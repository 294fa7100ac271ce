"""What this room does in the background."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every, task
from walletdesk.service.notifications.services.ask_whereabouts import ask_whereabouts
from walletdesk.service.notifications.services.post_mail import SEND_MAILS
from walletdesk.service.notifications.services.post_messages import SEND_MESSAGES
from walletdesk.service.notifications.services.send_mails import send_due_mails
from walletdesk.service.notifications.services.send_messages import send_due_messages


@task(SEND_MAILS)
def send_mails() -> None:
    """Right after the commit that posted them."""
    send_due_mails()


@task(SEND_MESSAGES)
def send_messages() -> None:
    """Right after the commit that posted them."""
    send_due_messages()


@every(seconds=30, name="notifications.send_waiting_mails")
def send_waiting_mails() -> None:
    """What was put off, or what a lost task left behind."""
    send_due_mails()


@every(seconds=5, name="notifications.send_waiting_messages")
def send_waiting_messages() -> None:
    """What was put off, what waited for the end of quiet hours, or what a lost task left behind."""
    send_due_messages()


@every(seconds=10, name="notifications.ask_whereabouts")
def ask_where_messages_are() -> None:
    """Text messages that were taken, until the provider says that they arrived."""
    ask_whereabouts()
