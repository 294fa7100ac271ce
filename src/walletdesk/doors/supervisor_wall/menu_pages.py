"""The menu editor: the tree as a picture with its list, what is wrong with it, keys tried before anybody calls, versions,
and going live by a second person.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors._shared.refusal_pages import Sentences, sentences
from walletdesk.doors.supervisor_wall.acting import WallRequest, frame
from walletdesk.doors.supervisor_wall.menu_form import fields_of, tree_of
from walletdesk.doors.supervisor_wall.showing.menu_tree import tree
from walletdesk.doors.supervisor_wall.showing.menu_trial import trial
from walletdesk.doors.supervisor_wall.showing.menu_view import choices_of, nodes_of, versions
from walletdesk.foundation.errors import NotFound, Refusal
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.public import (
    MenuView,
    live_menu,
    menu_version,
    problems,
    publish_menu,
    save_menu_draft,
)
from walletdesk.trust.staff.public import may

KEPT = Words("草稿 {n} 已保存", "Draft {n} is kept")
LIVE = Words("版本 {n} 已上线，从下一通来电起生效", "Version {n} is live, from the next call on")


@require_GET
@employee_only("see_menu")
def menu(request: WallRequest) -> HttpResponse:
    """The version in force."""
    return _page(request, live_menu())


@require_GET
@employee_only("see_menu")
def version(request: WallRequest, number: int) -> HttpResponse:
    """One version; ``?keys=2-1`` tries keys in it."""
    return _page(request, menu_version(number))


@require_POST
@employee_only("edit_menu")
def draft(request: WallRequest, number: int) -> HttpResponse:
    """A new draft out of what was sent; ``number`` is the version it was made from."""
    try:
        made = save_menu_draft(request.employee.id, tree_of(request.POST))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, menu_version(number), sentences(refused), refused.status)
    messages.success(request, KEPT.say(n=made))
    return redirect("wall-menu-version", made)


@require_POST
@employee_only("edit_menu")
def publish(request: WallRequest, number: int) -> HttpResponse:
    """Live from the next call on. Who made the draft may not; the room says so."""
    try:
        publish_menu(request.employee.id, number, request.POST.get("reason", ""))
    except NotFound:
        raise
    except Refusal as refused:
        return _page(request, menu_version(number), sentences(refused), refused.status)
    messages.success(request, LIVE.say(n=number))
    return redirect("wall-menu-version", number)


def _page(request: WallRequest, shown: MenuView, refusal: Sentences | None = None, status: int = 200) -> HttpResponse:
    request.page_address = reverse("wall-menu-version", args=[shown.number])
    wrong = problems(shown.menu)
    edits = may(request.employee, "edit_menu")
    context: dict[str, Any] = frame(request, "menu") | {
        "shown": shown,
        "tree": tree(shown.menu, {problem.node for problem in wrong}),
        "nodes": nodes_of(shown.menu),
        "problems": wrong,
        "versions": versions(shown.number),
        "trial": trial(shown.menu, request.GET.get("keys", ""), verified=request.GET.get("as") == "verified"),
        "edits": edits,
        "fields": fields_of(shown.menu) if edits else [],
        "choices": choices_of(),
        "own": shown.made_by == f"employee:{request.employee.id}",
        "refusal": refusal,
    }
    return render(request, "wall/menu.html", context, status=status)
