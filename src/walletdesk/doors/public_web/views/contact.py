"""The official contacts: a page without sign-in and without a script, the signed file, the verifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from walletdesk.doors._shared.official import in_fours
from walletdesk.doors._shared.reader_time import moment_words
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.trust.official_contacts import public as official_contacts

_ICONS = {"phone": "phone", "web": "globe", "email": "mail", "app": "device", "chat": "chat", "social": "people"}
_LINKS = {"phone": "tel:", "web": "", "email": "mailto:"}
_DAYS = (
    Words("周一", "Mon"),
    Words("周二", "Tue"),
    Words("周三", "Wed"),
    Words("周四", "Thu"),
    Words("周五", "Fri"),
    Words("周六", "Sat"),
    Words("周日", "Sun"),
    Words("法定节假日", "Public holidays"),
    Words("调休上班日", "Make-up working days"),
)
_WHOLE_DAY = ((0, 1440),)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the directory as the page shows it."""

    icon: str
    shown: str
    href: str
    name: Words
    note: Words
    state: official_contacts.OpenState
    always: bool


@dataclass(frozen=True, slots=True)
class TopicHours:
    name: Words
    state: official_contacts.OpenState
    says: str
    rows: list[tuple[str, str]]


def _face(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _stretches(day: tuple[tuple[int, int], ...]) -> str:
    if not day:
        return str(Words("休息", "Closed"))
    if day == _WHOLE_DAY:
        return str(Words("24 小时", "24 hours"))
    return str(Words("、", ", ")).join(f"{_face(opens)}–{_face(closes)}" for opens, closes in day)


def hours_in_rows(hours: Mapping[int, tuple[tuple[int, int], ...]]) -> list[tuple[str, str]]:
    """Neighbouring weekdays with the same hours stand in one row; holidays and make-up days in rows of their own."""
    rows: list[tuple[int, int, str]] = []
    for day in range(7):
        says = _stretches(hours.get(day, ()))
        if rows and rows[-1][2] == says:
            rows[-1] = (rows[-1][0], day, says)
        else:
            rows.append((day, day, says))
    named = [
        (str(_DAYS[first]) if first == last else f"{_DAYS[first]}{Words('至', ' to ')}{_DAYS[last]}", says)
        for first, last, says in rows
    ]
    return named + [(str(_DAYS[day]), _stretches(hours.get(day, ()))) for day in (7, 8)]


def _always(hours: Mapping[int, tuple[tuple[int, int], ...]]) -> bool:
    return all(day == _WHOLE_DAY for day in hours.values())


def _says(state: official_contacts.OpenState) -> str:
    """What comes next, in half a sentence."""
    if state.open:
        if state.closes_at is None:
            return str(Words("24 小时", "24 hours"))
        return Words("到 {at}", "until {at}").say(at=moment_words(state.closes_at))
    if state.opens_at is None:
        return str(Words("近期不开", "Closed for now"))
    return Words("{at} 开", "opens {at}").say(at=moment_words(state.opens_at))


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Hours per topic, open now, the seal with the fingerprint of the key, and how to verify it all."""
    standing, states = official_contacts.contacts(), official_contacts.open_states()
    always = {topic.code: _always(topic.hours) for topic in standing.topics}
    lines = [
        Line(
            _ICONS.get(entry.channel, "info"),
            entry.shown,
            f"{_LINKS[entry.channel]}{entry.value}" if entry.channel in _LINKS else "",
            entry.name,
            entry.note,
            states[entry.topic],
            always[entry.topic],
        )
        for entry in standing.entries
    ]
    topics = [
        TopicHours(topic.name, states[topic.code], _says(states[topic.code]), hours_in_rows(topic.hours))
        for topic in standing.topics
    ]
    today = now().date()
    special = [day for day in standing.days if today <= day.date <= today + timedelta(days=45)]
    document = official_contacts.directory()
    fields = {
        "lines": lines,
        "topics": topics,
        "special": special,
        "version": document["version"],
        "issued_at": datetime.fromisoformat(document["issued_at"]),
        "valid_until": datetime.fromisoformat(document["valid_until"]),
        "fingerprint": in_fours(official_contacts.key_id()),
        "public_key": official_contacts.public_key(),
        "now": now(),
    }
    return render(request, "public_web/contact.html", fields)


@require_safe
def well_known(request: HttpRequest) -> HttpResponse:
    """The signed directory, for machines: readable from anywhere, kept for at most five minutes."""
    response = JsonResponse(
        official_contacts.signed_directory(), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The stand-alone script, as a file to keep."""
    response = HttpResponse(official_contacts.verifier_script(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="verify_contacts.py"'
    return response
