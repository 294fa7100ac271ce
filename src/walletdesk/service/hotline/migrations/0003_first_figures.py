"""The figures that a fresh hotline starts with, and its first menu."""

from datetime import UTC, datetime

from django.db import migrations

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
SOURCE = "Walletdesk 0.1 defaults, 2026-11-22"
FIGURES = {
    "hotline.most_live": 400,
    "hotline.most_live_of_number": 2,
    "hotline.most_an_hour_of_number": 10,
    "hotline.most_waiting": 200,
    "hotline.offer_seconds": 15,
    "hotline.wrap_up_seconds": 120,
    "hotline.handling_seconds": 240,
    "hotline.token_seconds": 60,
    "hotline.approval_seconds": 120,
    "hotline.recording_days": 180,
    "hotline.call_backs_a_day": 500,
    "hotline.dial_prefixes": ["+861", "+8610", "+862", "+863", "+864", "+865", "+866", "+867", "+868", "+869"],
    "hotline.transfer_lines": {},
    "hotline.permit_seconds": 86400,
}
FIRST_TREE = {
    "start": "main",
    "nodes": {
        "main": {
            "choices": [
                {"key": "1", "act": "balance", "topic": "balance"},
                {"key": "2", "act": "go", "topic": "payments", "to": "payments"},
                {"key": "3", "act": "unlock", "topic": "security"},
                {"key": "4", "act": "go", "topic": "general", "to": "more"},
                {"key": "9", "act": "freeze", "topic": "freeze"},
                {"key": "0", "act": "person", "topic": "general"},
            ]
        },
        "payments": {
            "choices": [
                {"key": "1", "act": "person", "topic": "payments"},
                {"key": "2", "act": "person", "topic": "complaints"},
                {"key": "*", "act": "back", "topic": "general"},
                {"key": "0", "act": "person", "topic": "payments"},
            ]
        },
        "more": {
            "choices": [
                {"key": "1", "act": "person", "topic": "funds"},
                {"key": "2", "act": "person", "topic": "merchants"},
                {"key": "3", "act": "call_back", "topic": "call_back"},
                {"key": "4", "act": "say", "topic": "number_check", "to": "number_hint"},
                {"key": "*", "act": "back", "topic": "general"},
                {"key": "0", "act": "person", "topic": "general"},
            ]
        },
    },
}


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=SINCE, source=SOURCE, set_at=datetime.now(UTC))
        for key, value in FIGURES.items()
    )
    apps.get_model("hotline", "MenuVersion").objects.create(
        number=1, tree=FIRST_TREE, state="live", made_by="system", made_at=SINCE, published_by="system",
        published_at=SINCE, reason="第 1 版 / first version",
    )


class Migration(migrations.Migration):
    dependencies = [("hotline", "0002_guards"), ("profiles", "0002_guards")]
    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
