"""Listening to a conversation: the rules stand on the page, both who talk hear that somebody came in, each act is written down."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.supervisor_wall.acting import WallRequest, frame
from walletdesk.doors.supervisor_wall.showing.listen_view import PageMissing, page, seat_of
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.service.hotline.public import ask_call, call_view

WISHES = ("listen", "whisper", "stop_listening")


@require_GET
@employee_only("listen_to_calls")
def listen(request: WallRequest, call_id: uuid.UUID) -> HttpResponse:
    """Who talks, and what listening means, before anybody listens."""
    return _page(request, call_id)


@require_POST
@employee_only("listen_to_calls")
def wish(request: WallRequest, call_id: uuid.UUID) -> HttpResponse:
    """Listen, whisper to the agent, or leave. The room asks once more who may, and writes it down."""
    wanted = request.POST.get("wish", "")
    try:
        if wanted not in WISHES:
            raise Http404
        seat = seat_of(request.employee.id)
        if wanted == "listen" and not seat:
            raise PageMissing()
        ask_call(request.employee.id, call_id, wanted, seat=seat)  # type: ignore[arg-type]
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, call_id, sentences(refused), refused.status)
    return redirect(f"{request.path.removesuffix('wish/')}?asked={wanted}")


def _page(
    request: WallRequest, call_id: uuid.UUID, refusal: Sentences | None = None, status: int = 200
) -> HttpResponse:
    talk = page(call_view(call_id))
    if talk is None:
        raise Http404
    request.page_address = f"/wall/listen/{call_id}/"
    request.live_topics.append(f"call:{call_id}")
    asked = request.GET.get("asked", "")
    context = frame(request, "wall") | {"talk": talk, "asked": asked if asked in WISHES else "", "refusal": refusal}
    return render(request, "wall/listen.html", context, status=status)
