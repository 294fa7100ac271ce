"""What never changes, and the rule set that a fresh house starts with (figures: the product's new-device profile)."""

from datetime import UTC, datetime
from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).resolve().parent.parent
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
FIRST_RULES = {
    "levels": {"challenge": 50, "deny": 105, "freeze": 115},
    "rules": {
        "new_device": {"on": True, "score": 60, "at_least": "challenge", "floor_minor": 100000},
        "drain": {"on": True, "score": 40, "at_least": "allow", "percent": 50, "floor_minor": 15000},
        "new_payee": {"on": True, "score": 15, "at_least": "allow", "floor_minor": 7500},
        "many_new_payees": {"on": True, "score": 30, "at_least": "allow", "count": 5, "floor_minor": 20000},
        "unusual_amount": {"on": True, "score": 25, "at_least": "allow", "percent": 200, "floor_minor": 100000, "after_payments": 5},
        "velocity": {"on": True, "score": 50, "at_least": "allow", "count": 12},
        "night": {"on": True, "score": 15, "at_least": "allow", "floor_minor": 30000},
        "stopped_before": {"on": True, "score": 30, "at_least": "allow", "count": 2},
        "pass_through": {"on": True, "score": 50, "at_least": "allow", "payers": 3, "percent": 70, "floor_minor": 100000},
        "paying_on_call": {"on": True, "score": 60, "at_least": "deny", "floor_minor": 50000},
        "collecting_payee": {"on": True, "score": 40, "at_least": "deny", "payers": 5, "floor_minor": 50000},
        "payee_reported": {"on": True, "score": 60, "at_least": "deny"},
        "known_fake": {"on": True, "score": 100, "at_least": "deny"},
    },
}


def lay_out(apps, schema_editor):
    apps.get_model("risk", "RuleVersion").objects.create(
        rules=FIRST_RULES,
        note="Walletdesk 0.2 defaults, 2026-11-22",
        made_by="house",
        made_at=SINCE,
        published_by="house:defaults",
        published_at=SINCE,
    )


class Migration(migrations.Migration):
    dependencies = [("risk", "0003_engine")]
    operations = [
        migrations.RunSQL((ROOM / "sql" / "engine_guards.sql").read_text(), "DROP FUNCTION risk_mark_ends, risk_rules_stay CASCADE;"),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
