"""Are the books true? The page runs the checker, names the first wrong record, and can be asked again at once."""

from __future__ import annotations

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from walletdesk.doors._shared.guards import employee_only
from walletdesk.doors.agent_console.acting import DeskRequest
from walletdesk.doors.agent_console.showing import agent
from walletdesk.doors.agent_console.showing import books as books_view
from walletdesk.foundation.jobs.public import timers
from walletdesk.money.ledger.public import BooksReport, check_books

KEY, KEPT_SECONDS = "desk.books", 30


def _last_report(again: bool) -> BooksReport:
    """The report of the last half minute in this process, so that opening a page does not read all the books twice."""
    kept = caches["process"].get(KEY)
    if kept is None or again:
        kept = check_books()
        caches["process"].set(KEY, kept, KEPT_SECONDS)
    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@employee_only("see_books")
def books(request: DeskRequest) -> HttpResponse:
    """GET: the page. POST: check again now, then the page."""
    page = books_view.page(_last_report(again=request.method == "POST"))
    daily = next((one for one in timers() if one.name == "ledger.check_books"), None)
    fields = {"area": "books", "agent": agent.line(request.employee), "books": page, "daily": daily}
    return render(request, "desk/books.html", fields)
