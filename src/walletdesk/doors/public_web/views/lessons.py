"""Short lessons about scams, for anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from walletdesk.doors._shared.lessons import LESSONS


@require_safe
def all_lessons(request: HttpRequest) -> HttpResponse:
    return render(request, "public_web/lessons.html", {"lessons": LESSONS.values()})


@require_safe
def one_lesson(request: HttpRequest, lesson: str) -> HttpResponse:
    """The order of the two answers differs from lesson to lesson, and is the same for everybody."""
    found = LESSONS.get(lesson)
    if found is None:
        raise Http404
    codes = list(LESSONS)
    place = codes.index(lesson)
    answers = [(found.right, True), (found.wrong, False)]
    fields = {
        "lesson": found,
        "picture": f"public_web/lessons/{lesson}.html",
        "answers": answers if place % 2 else answers[::-1],
        "after": LESSONS[codes[place + 1]] if place + 1 < len(codes) else None,
    }
    return render(request, "public_web/lesson.html", fields)
