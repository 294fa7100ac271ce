"""What the hotline does on a timer, in the worker: never what a caller waits for."""

from __future__ import annotations

from datetime import timedelta

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.jobs.public import every
from walletdesk.service.hotline.models import CallApproval, CallToken, HotlineSignal
from walletdesk.service.hotline.services.break_promises import break_call_promises
from walletdesk.service.hotline.services.hear_recording import erase_due_recordings
from walletdesk.service.hotline.services.recover_calls import seal_left_recordings
from walletdesk.service.hotline.services.wrap_up import end_long_wrap_ups

SIGNALS_KEPT = timedelta(hours=1)


@every(seconds=5, name="hotline.watch_promises")
def watch_promises() -> None:
    """Break what is due, and free whoever has wrapped up for too long."""
    break_call_promises()
    end_long_wrap_ups()


@every(seconds=3600, name="hotline.erase_recordings")
def erase_recordings() -> None:
    """Keys of recordings whose time is over are thrown away; those left open by a killed process are sealed."""
    erase_due_recordings()
    seal_left_recordings(over_for=timedelta(minutes=10))


@every(seconds=600, name="hotline.sweep")
def sweep() -> None:
    """Tokens, questions and page words that have served."""
    at = now()
    CallToken.objects.filter(expires_at__lt=at - SIGNALS_KEPT).delete()
    CallApproval.objects.filter(state="open", expires_at__lte=at).update(state="expired")
    HotlineSignal.objects.filter(at__lt=at - SIGNALS_KEPT).delete()
