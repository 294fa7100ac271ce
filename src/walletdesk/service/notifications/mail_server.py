"""Handing a mail to the mail server, and what its answer means for us."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable

from django.core.mail import EmailMultiAlternatives, get_connection

from walletdesk.service.notifications.rules.delivery import ANSWER_LOST, NOT_REACHED, TAKEN, outcome_of_reply

_NEVER_REACHED = (ConnectionRefusedError, socket.gaierror, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


def hand_to_server(message: EmailMultiAlternatives) -> None:
    """Raises what ``smtplib`` raises."""
    with get_connection(timeout=20) as server:
        server.send_messages([message])


def outcome_of(hand_over: Callable[[], None]) -> tuple[str, str]:
    """Do it; the outcome (``rules/delivery.py``) and the server's answer in a few words."""
    try:
        hand_over()
    except smtplib.SMTPRecipientsRefused as refused:
        code, _ = next(iter(refused.recipients.values()), (550, b""))
        return outcome_of_reply(code), f"recipient refused: {code}"
    except smtplib.SMTPResponseException as refused:
        return outcome_of_reply(refused.smtp_code), f"refused: {refused.smtp_code}"
    except _NEVER_REACHED as error:
        return NOT_REACHED, type(error).__name__
    except (smtplib.SMTPException, OSError) as error:
        return ANSWER_LOST, type(error).__name__
    return TAKEN, ""
