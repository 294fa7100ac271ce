"""What this room does in the background."""

from __future__ import annotations

from walletdesk.foundation.jobs.public import every, task
from walletdesk.service.notifications.services.post_mail import SEND_MAILS
from walletdesk.service.notifications.services.send_mails import send_due_mails


@task(SEND_MAILS)
def send_mails() -> None:
    """Right after the commit that posted them."""
    send_due_mails()


@every(seconds=30, name="notifications.send_waiting_mails")
def send_waiting_mails() -> None:
    """What was put off, or what a lost task left behind."""
    send_due_mails()
