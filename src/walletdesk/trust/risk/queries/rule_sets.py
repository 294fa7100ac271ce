"""Rule versions, and the one in force: from this process's memory for at most two seconds, else from the database."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from walletdesk.trust.risk.errors import RulesNotFound
from walletdesk.trust.risk.models import RuleVersion
from walletdesk.trust.risk.rules.rule_set import RuleSet, read_rule_set

REMEMBERED_SECONDS = 2.0
_remembered: dict[str, tuple[float, RuleSet]] = {}


@dataclass(frozen=True, slots=True)
class RuleVersionView:
    """``state`` is ``draft``, ``in_force`` or ``past``."""

    number: int
    rules: RuleSet
    note: str
    made_by: str
    made_at: datetime
    published_by: str
    published_at: datetime | None
    state: str


def rules_in_force() -> RuleSet:
    """The published rule set with the latest moment. Another process sees a new one after two seconds, this one at once."""
    name = connection.settings_dict["NAME"]
    read_at, rules = _remembered.get(name, (float("-inf"), None))
    if rules is None or time.monotonic() - read_at > REMEMBERED_SECONDS or _own_change_is_uncommitted():
        row = _published().first()
        if row is None:
            raise RulesNotFound()
        if rules is None or rules.version != row.number:
            rules = read_rule_set(row.rules, row.number)
        if not _own_change_is_uncommitted():
            _remembered[name] = (time.monotonic(), rules)
    return rules


def forget_remembered() -> None:
    _remembered.clear()


def _own_change_is_uncommitted() -> bool:
    return any(entry[1] is forget_remembered for entry in connection.run_on_commit)


def _published():  # type: ignore[no-untyped-def]
    return RuleVersion.objects.exclude(published_at=None).order_by("-published_at", "-number")


def rule_versions(limit: int = 30) -> list[RuleVersionView]:
    """Newest first."""
    return _views(RuleVersion.objects.order_by("-number")[:limit])


def rule_version(number: int) -> RuleVersionView:
    """Refuses: ``RulesNotFound``."""
    found = _views(RuleVersion.objects.filter(number=number))
    if not found:
        raise RulesNotFound(number=number)
    return found[0]


def _views(rows: Iterable[RuleVersion]) -> list[RuleVersionView]:
    current = _published().values_list("number", flat=True).first()
    return [
        RuleVersionView(
            row.number,
            read_rule_set(row.rules, row.number),
            row.note,
            row.made_by,
            row.made_at,
            row.published_by,
            row.published_at,
            "draft" if row.published_at is None else "in_force" if row.number == current else "past",
        )
        for row in rows
    ]
