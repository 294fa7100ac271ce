"""After a sudden death of the hotline's process: what stood open is closed, and nobody who was promised is forgotten.

Each call ends as "dropped by us" through its own flow, so that places, offers, engagements and contacts end as ever. Who
was waiting with a promise keeps the place as a call back; who was with an agent, or about to be, or had answered our call,
gets one in front; a call back that was still ringing is made again and not counted as a try. Recordings are sealed as far
as they were written.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.service.hotline.models import Call, CallBack, CallBackTry, CallLeg, DeskRequest, QueuePlace, Recording
from walletdesk.service.hotline.rules.gateway_words import CallEnded
from walletdesk.service.hotline.rules.queue_order import order_at
from walletdesk.service.hotline.services.acts import ACTS
from walletdesk.service.hotline.services.arrange_call_back import make_call_back
from walletdesk.service.hotline.services.keep_place import DROPPED, refusal, stands_in_line
from walletdesk.service.hotline.services.record_call import recording_path, remove_sealed_plains, seal_row
from walletdesk.service.hotline.services.run import Run

log = logging.getLogger(__name__)
WITH_AGENT = ("connecting", "talking", "consulting", "together")
REACHED = ("consent", "waiting")
WAV_HEADER = 44
BYTES_A_MILLISECOND = 32  # 8 kHz, two channels of 16 bit


def recover_calls() -> int:
    """Close every call that is still open; how many. Only for the process that has just become the only one."""
    open_calls = list(Call.objects.filter(ended_at=None).order_by("arrived_at").values_list("id", flat=True))
    for id_ in open_calls:
        with transaction.atomic():
            _drop(Call.objects.select_for_update(no_key=True).get(pk=id_))
    DeskRequest.objects.filter(taken_at=None, call_id__in=open_calls).update(taken_at=now())
    seal_left_recordings()
    return len(open_calls)


def _drop(call: Call) -> None:
    if call.ended_at is not None:
        return
    run = Run(call, ACTS)
    place_before = run.flow.place
    number = call.heard + 1
    if place_before == "dialling":
        _dial_again(call)
    run.flow = replace(run.flow, outcome=DROPPED, may_call_back=True)  # asked again, and not as a wish of theirs
    event = CallEnded(run.flow.caller, "gateway_down")
    run.note(event, number)
    run.hear(event)
    CallLeg.objects.filter(call=call, ended_at=None).update(ended_at=run.at, reason="gateway_down")
    if _is_cut_off(call, place_before) and not stands_in_line(call.customer_id) and refusal(run) is None:
        _call_back_in_front(run)
    run.save(number)


def _is_cut_off(call: Call, place: str) -> bool:
    """In mid-sentence with an agent; or whom we had called, and reached, and who was with nobody yet."""
    return place in WITH_AGENT or (place in REACHED and call.kind == "call_back")


def _dial_again(call: Call) -> None:
    CallBackTry.objects.filter(call_back=call.call_back_id, outcome="").update(outcome=DROPPED)
    CallBack.objects.filter(calls=call, state="dialling").update(state="waiting", not_before=now())


def _call_back_in_front(run: Run) -> None:
    """Cut off in mid-sentence by us: the first whom we call, with the topic they had."""
    call = run.call
    place = QueuePlace.objects.create(
        call=call,
        customer_id=call.customer_id,
        topic=run.flow.topic,
        language=run.flow.language or "zh-hans",
        verified=bool(call.verified_at),
        joined_at=run.at,
        order_at=order_at(run.at, verified=bool(call.verified_at), urgent=0),
        front_at=run.at,
        state="call_back",
    )
    make_call_back(place, run.at)


def seal_left_recordings(over_for: timedelta = timedelta()) -> int:
    """Recordings of calls that have been over for so long, whose file was never told to be ready; how many were sealed.
    No plain file of a sealed one stays."""
    count = 0
    for row in Recording.objects.filter(state="open", call__ended_at__lte=now() - over_for):
        with transaction.atomic():
            locked = Recording.objects.select_for_update().get(pk=row.pk)
            if locked.state == "open":
                path = recording_path(locked.id)
                seal_row(locked, path, mend_header(path))
                count += 1
    remove_sealed_plains()
    return count


def mend_header(path: Path) -> int:
    """A file that was cut off gets the sizes of what is in it; how many milliseconds of sound that is."""
    if not path.exists() or path.stat().st_size < WAV_HEADER:
        return 0
    sound = path.stat().st_size - WAV_HEADER
    with path.open("r+b") as file:
        if file.read(4) == b"RIFF":
            file.seek(4)
            file.write((sound + WAV_HEADER - 8).to_bytes(4, "little"))
            file.seek(40)
            file.write(sound.to_bytes(4, "little"))
    return sound // BYTES_A_MILLISECOND
