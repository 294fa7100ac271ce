"""Rule sets: somebody writes a version, somebody else puts it in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.risk.errors import OwnRules, RulesNeedNote, RulesNotFound, RulesNotUsable, RulesPublished
from walletdesk.trust.risk.events import RiskRulesPublished
from walletdesk.trust.risk.models import RuleVersion
from walletdesk.trust.risk.queries.rule_sets import RuleVersionView, forget_remembered, rule_version
from walletdesk.trust.risk.rules.rule_set import RuleSetBroken, read_rule_set, written


def write_rules(rules: Mapping[str, Any], note: str, by: str) -> RuleVersionView:
    """A new version, not yet in force. Refuses, in this order: ``RulesNeedNote``, ``RulesNotUsable(where)``."""
    if not note.strip():
        raise RulesNeedNote()
    try:
        sound = read_rule_set(rules)
    except RuleSetBroken as broken:
        raise RulesNotUsable(where=broken.where) from broken
    with transaction.atomic():
        row = RuleVersion.objects.create(rules=written(sound), note=note.strip()[:300], made_by=by, made_at=now())
        record_act(by, "write_risk_rules", f"risk_rules:{row.number}", reason=row.note)
    return rule_version(row.number)


def publish_rules(number: int, by: str) -> RuleVersionView:
    """Put a version in force; other processes follow within two seconds. The desk calls it behind an approval.

    Refuses, in this order: ``RulesNotFound``, ``RulesPublished``, ``OwnRules``. Publishes ``RiskRulesPublished``.
    """
    with transaction.atomic():
        row = RuleVersion.objects.select_for_update().filter(number=number).first()
        if row is None:
            raise RulesNotFound(number=number)
        if row.published_at is not None:
            raise RulesPublished(number=number)
        if row.made_by == by:
            raise OwnRules(number=number)
        row.published_at, row.published_by = now(), by
        row.save(update_fields=["published_at", "published_by"])
        transaction.on_commit(forget_remembered)
        publish(RiskRulesPublished(row.number, row.made_by, by, row.published_at))
        record_act(by, "publish_risk_rules", f"risk_rules:{row.number}", reason=row.note)
    return rule_version(number)
