"""The house's terms: the edition in force, every edition with its dates, and what each changed. No sign-in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from walletdesk.money.agreements.public import terms_changes, terms_coming, terms_editions, terms_in_force


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return _page(request, terms_in_force().number)


@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


def _page(request: HttpRequest, number: int) -> HttpResponse:
    """An edition that is not announced yet is not there."""
    holds, next_one = terms_in_force(), terms_coming()
    newest = next_one.number if next_one else holds.number
    known = {one.number: one for one in terms_editions() if one.number <= newest}
    if number not in known:
        raise Http404
    fields = {
        "shown": known[number],
        "changes": terms_changes(number),
        "editions": list(known.values())[::-1],
        "holds": holds.number,
        "coming": next_one,
    }
    return render(request, "public_web/terms.html", fields)
