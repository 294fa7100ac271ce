"""What the world outside a call is like now: which topic is open, by the official directory's hours and holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from walletdesk.service.hotline.rules.flow_state import Opening, Surroundings
from walletdesk.trust.official_contacts.public import OpenState, open_states

ZONE = ZoneInfo("Asia/Shanghai")  # that of the directory's hours

HOURS_OF_TOPIC = {
    "general": "general",
    "security": "freeze",
    "payments": "payments",
    "complaints": "complaints",
    "funds": "funds",
    "merchants": "merchants",
}
"""Topic of the queue → topic of the directory whose hours hold for it. A topic without hours is always open."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def surroundings(at: datetime) -> Surroundings:
    states = open_states(at)
    return Surroundings(
        tuple((topic, _opening(states[hours], at)) for topic, hours in HOURS_OF_TOPIC.items() if hours in states)
    )


def opens_at(topic: str, at: datetime) -> datetime | None:
    """When this topic opens next; None while it is open, or when nobody knows."""
    state = open_states(at).get(HOURS_OF_TOPIC.get(topic, ""))
    return state.opens_at if state else None


def is_open(topic: str, at: datetime) -> bool:
    return surroundings(at).opening(topic).open


def _opening(state: OpenState, at: datetime) -> Opening:
    if state.open or state.opens_at is None:
        return Opening(state.open)
    opens = state.opens_at.astimezone(ZONE)
    return Opening(False, f"{opens:%H:%M}", day_said(opens.date(), at.astimezone(ZONE).date()))


def day_said(day: date, today: date) -> str:
    """A day as the telephone says it (``said.DAYS``)."""
    distance = (day - today).days
    if distance < -1:
        return "earlier"
    if distance > 6:
        return "later"
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(distance) or WEEKDAYS[(today + timedelta(days=distance)).weekday()]


def local_time(moment: datetime) -> str:
    """ "14:32" where the hotline stands."""
    return f"{moment.astimezone(ZONE):%H:%M}"
