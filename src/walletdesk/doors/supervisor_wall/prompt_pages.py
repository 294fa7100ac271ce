"""What the hotline says: every prompt as text, to be heard, recorded in the browser or uploaded, and put into use.

``prompt_routes`` are joined by this door's ``urls``. A recording is kept first, heard by whoever decides, and only then put
into use; the product's own sound is one press away.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST, require_safe

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.refusal_pages import sentences
from walletdesk.doors.supervisor_wall import prompt_showing
from walletdesk.doors.supervisor_wall.acting import WallRequest, frame
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words, reading_chinese
from walletdesk.service.hotline.prompts.public import (
    catalogue,
    hear_take,
    own_sound,
    prompt_piece,
    prompt_sound,
    put_into_use,
    take_in_sound,
    use_own_sound,
)

ACT = "edit_prompts"
LANGUAGES = ("zh", "en")
# Only here may a page of ours ask for the microphone.
MAY_RECORD = "microphone=(self), camera=(), geolocation=()"
KEPT = Words("录好了，请先听一遍", "Recorded. Listen to it first")
IN_USE = Words("已启用，来电者现在听到的就是它", "In use: callers hear it from now on")
OWN_AGAIN = Words("已用回合成的声音", "Callers hear the synthetic sound again")


@require_safe
@employee_only(ACT)
def prompts(request: WallRequest) -> HttpResponse:
    """The list begins where a call begins."""
    language = "zh" if reading_chinese() else "en"
    return redirect("prompt-piece", language, catalogue(language)[0].pieces[0].id)


@require_safe
@employee_only(ACT)
def piece(request: WallRequest, language: str, piece_id: str) -> HttpResponse:
    return show(request, language, piece_id)


def show(request: WallRequest, language: str, piece_id: str, refusal: Refusal | None = None) -> HttpResponse:
    """One piece between its neighbours; with a refusal when something was not taken."""
    found = prompt_piece(_known(language), piece_id)
    request.page_address = prompt_showing.address(language, piece_id)
    context = _around(request, language, piece_id) | {
        "opened": prompt_showing.opened(language, found),
        "refusal": sentences(refusal) if refusal else None,
    }
    return _page(request, context, refusal.status if refusal else 200)


@require_safe
@employee_only(ACT)
def music(request: WallRequest, language: str) -> HttpResponse:
    """What a waiting caller hears between the announcements."""
    return _page(request, _around(request, _known(language), "music"))


def _around(request: WallRequest, language: str, current: str) -> dict[str, object]:
    here = {one: _twin(one, current) for one in LANGUAGES}
    return frame(request, "prompts") | {
        "language": language,
        "spoken_lang": "zh-Hans" if language == "zh" else "en",
        "tongues": [("zh", "中文", "zh-Hans", here["zh"]), ("en", "English", "en", here["en"])],
        "groups": prompt_showing.groups(language, current),
    }


def _twin(language: str, piece_id: str) -> str:
    """The same piece in the other language; where there is none, the same prompt's first."""
    if piece_id == "music":
        return prompt_showing.music_address(language)
    try:
        return prompt_showing.address(language, prompt_piece(language, piece_id).id)
    except NotFound:
        prompt_id = piece_id.rsplit(".", 1)[0]
        same = [one for one in catalogue(language) if one.id in (prompt_id, piece_id)]
        return prompt_showing.address(language, (same or catalogue(language))[0].pieces[0].id)


def _page(request: WallRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    answer = render(request, "wall/prompts.html", context, status=status)
    answer.headers["Permissions-Policy"] = MAY_RECORD
    return answer


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


@require_GET
@employee_only(ACT)
def sound(request: WallRequest, language: str, piece_id: str) -> HttpResponse:
    """What callers hear now; with ``?own=1`` the product's own sound."""
    hear = own_sound if request.GET.get("own") else prompt_sound
    return _wav(hear(_known(language), piece_id))


@require_GET
@employee_only(ACT)
def take_sound(request: WallRequest, take_id: uuid.UUID) -> HttpResponse:
    """A recording, to be heard before callers hear it; the first hearing is noted."""
    return _wav(hear_take(request.employee.id, take_id))


def _wav(content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="audio/wav", headers=headers)


@require_POST
@employee_only(ACT)
def take_in(request: WallRequest, language: str, piece_id: str) -> HttpResponse:
    upload = request.FILES.get("sound")
    origin = "recorded" if request.POST.get("origin") == "recorded" else "uploaded"
    try:
        take = take_in_sound(request.employee.id, _known(language), piece_id, upload or b"", origin)
    except NotFound:
        raise
    except Refusal as refusal:
        return show(request, language, piece_id, refusal)
    messages.info(request, KEPT.say())
    return redirect(f"{prompt_showing.address(language, piece_id)}#take-{take.id}")


@require_POST
@employee_only(ACT)
def use(request: WallRequest, language: str, piece_id: str, take_id: uuid.UUID) -> HttpResponse:
    try:
        put_into_use(request.employee.id, take_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return show(request, language, piece_id, refusal)
    messages.success(request, IN_USE.say())
    return redirect(prompt_showing.address(language, piece_id))


@require_POST
@employee_only(ACT)
def use_own(request: WallRequest, language: str, piece_id: str) -> HttpResponse:
    try:
        use_own_sound(request.employee.id, _known(language), piece_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return show(request, language, piece_id, refusal)
    messages.success(request, OWN_AGAIN.say())
    return redirect(prompt_showing.address(language, piece_id))


prompt_routes = [
    path("prompts/", prompts, name="prompts"),
    path("prompts/takes/<uuid:take_id>/sound/", take_sound, name="prompt-take-sound"),
    path("prompts/<str:language>/music/", music, name="prompt-music"),
    path("prompts/<str:language>/<str:piece_id>/", piece, name="prompt-piece"),
    path("prompts/<str:language>/<str:piece_id>/sound/", sound, name="prompt-sound"),
    path("prompts/<str:language>/<str:piece_id>/takes/", take_in, name="prompt-take-in"),
    path("prompts/<str:language>/<str:piece_id>/own/", use_own, name="prompt-use-own"),
    path("prompts/<str:language>/<str:piece_id>/takes/<uuid:take_id>/use/", use, name="prompt-use"),
]
