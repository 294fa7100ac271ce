"""A team comes to be."""

from __future__ import annotations

from walletdesk.trust.staff.models import Team
from walletdesk.trust.staff.queries import TeamView, team_view


def open_team(code: str, name_zh: str, name_en: str) -> TeamView:
    """The team with this code; made when there is none, its names brought up to date when there is."""
    row, _ = Team.objects.update_or_create(code=code, defaults={"name_zh": name_zh, "name_en": name_en})
    return team_view(row)
