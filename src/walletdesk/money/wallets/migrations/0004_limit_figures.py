"""The figures of the limits: sheets by tier, each with its source, and which of them are in force.

A house that works under another rule puts other sheets in force (``docs/operating/limits.md``); these stay as they are.
"""

from datetime import UTC, datetime

from django.db import migrations

ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
OURS = "Walletdesk 0.1 defaults, 2026-11-22"
ECNY = "e-CNY wallet classes 4 to 1 as the operating institutions publish them; entered 2026-11-22"
PAYMENT_ACCOUNTS = "PBOC Announcement [2015] No. 43, art. 11: payment accounts of non-bank institutions"
PAYMENT_ACCOUNTS_FROM = datetime(2016, 7, 1, tzinfo=UTC)
BAR_CODES = "PBOC Yinfa [2017] No. 296: bar code payment, risk classes A to D"
BAR_CODES_FROM = datetime(2018, 4, 1, tzinfo=UTC)

# Minor units: 200000 is 2,000.00 CNY.
ROWS: tuple[tuple[str, object, datetime, str], ...] = (
    ("limits.sheet.ecny.4", {"CNY": {"out.single": 200_000, "out.day": 500_000, "out.year": 5_000_000, "balance": 1_000_000}}, ALWAYS, ECNY),
    ("limits.sheet.ecny.3", {"CNY": {"out.single": 500_000, "out.day": 1_000_000, "balance": 2_000_000}}, ALWAYS, ECNY),
    ("limits.sheet.ecny.2", {"CNY": {"out.single": 5_000_000, "out.day": 10_000_000, "balance": 50_000_000}}, ALWAYS, ECNY),
    ("limits.sheet.ecny.1", {"CNY": {}}, ALWAYS, ECNY),
    ("limits.sheet.payment_account.I", {"CNY": {"out.lifetime": 100_000}}, PAYMENT_ACCOUNTS_FROM, PAYMENT_ACCOUNTS),
    ("limits.sheet.payment_account.II", {"CNY": {"out.year": 10_000_000}}, PAYMENT_ACCOUNTS_FROM, PAYMENT_ACCOUNTS),
    ("limits.sheet.payment_account.III", {"CNY": {"out.year": 20_000_000}}, PAYMENT_ACCOUNTS_FROM, PAYMENT_ACCOUNTS),
    ("limits.sheet.bar_code.static", {"CNY": {"static_code.day": 50_000}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.sheet.bar_code.C", {"CNY": {"codes.day": 100_000}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.sheet.bar_code.B", {"CNY": {"codes.day": 500_000}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.sheet.bar_code.A", {"CNY": {}}, BAR_CODES_FROM, BAR_CODES),
    ("limits.in_force", {tier: [f"ecny.{tier}", "bar_code.static"] for tier in ("4", "3", "2", "1")}, ALWAYS, OURS),
    ("limits.raise_delay_seconds", 24 * 3600, ALWAYS, OURS),
)  # fmt: skip


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=valid_from, source=source, set_at=datetime.now(UTC))
        for key, value, valid_from, source in ROWS
    )


class Migration(migrations.Migration):
    dependencies = [("wallets", "0003_limits"), ("profiles", "0002_guards")]
    operations = [migrations.RunPython(lay_out, migrations.RunPython.noop)]
