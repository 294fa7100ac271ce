"""A team comes to be."""

from __future__ import annotations

import re

from walletdesk.foundation.audit.public import record_act
from walletdesk.trust.staff.errors import TeamNotUsable
from walletdesk.trust.staff.models import Team
from walletdesk.trust.staff.queries import TeamView, team_view

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)


def open_team(code: str, name_zh: str, name_en: str, *, by: str = "system") -> TeamView:
    """The team with this code; made when there is none, its names brought up to date when there is.

    Refuses a code or a name that nobody could read (``TeamNotUsable``).
    """
    name_zh, name_en = " ".join(name_zh.split())[:60], " ".join(name_en.split())[:60]
    if _CODE.fullmatch(code) is None or not name_zh or not name_en:
        raise TeamNotUsable()
    row, made = Team.objects.update_or_create(code=code, defaults={"name_zh": name_zh, "name_en": name_en})
    if by != "system":
        record_act(by, "open_team" if made else "rename_team", f"team:{row.id}", detail={"code": code})
    return team_view(row)
