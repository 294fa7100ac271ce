"""The city's hotline: who takes which calls, and weeks of counted hours for the wall and the planner.

Calls need sound, so the weeks come out of the simulator and are marked as simulated wherever they are shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from walletdesk.project.city.arrivals import Residents
from walletdesk.project.city.people import clerks
from walletdesk.service.hotline.public import set_skills
from walletdesk.service.workforce.public import make_forecast, simulate_weeks
from walletdesk.trust.official_contacts.public import DAY_AND_NIGHT, PutTopic, contacts, publish_change

WEEKS = 8
TOPICS_OF_A_TEAM = {
    "payments": ("payments", "balance", "merchants", "general"),
    "security": ("security", "freeze", "number_check", "general"),
    "enquiries": ("balance", "funds", "merchants", "payments", "general"),
    "complaints": ("complaints", "general"),
}
NEVER_CLOSED = ("general", "payments")


def open_hotline(residents: Residents, present: datetime, seed: int) -> None:
    """Skills for everybody who answers, and ``WEEKS`` weeks of numbers to look at."""
    desk = clerks()
    supervisor = next(residents.employees[one.number] for one in desk if one.role == "supervisor")
    for clerk in desk:
        topics = TOPICS_OF_A_TEAM.get(clerk.team)
        if topics and clerk.role == "agent":
            set_skills(supervisor, residents.employees[clerk.number], topics, ("zh-hans", "en"))
    _stay_open(supervisor)
    simulate_weeks(present, WEEKS, seed)
    make_forecast()


def _stay_open(supervisor: UUID) -> None:
    """Whoever tries the demo does so at any hour of Linjiang's day. Complaints, funds and shops keep their hours."""
    topics = [PutTopic(replace(one, hours=DAY_AND_NIGHT)) for one in contacts().topics if one.code in NEVER_CLOSED]
    publish_change(topics, f"employee:{supervisor}", "Linjiang calls day and night")
