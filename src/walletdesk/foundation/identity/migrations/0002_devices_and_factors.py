from datetime import UTC, datetime
from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import walletdesk.foundation.clock.public

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "guards.sql"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
FIGURES = {
    "device.cooling_seconds": (43_200, "Walletdesk product figures, 2026-11: new device 12 h"),
    "device.weak_cooling_seconds": (86_400, "Walletdesk product figures, 2026-11: 24 h where only weak proof was given"),
    "factor.tries": (5, "Walletdesk defaults, 2026-11-22; NIST SP 800-63B-4, 3.2.2 allows 100"),
    "factor.rest_seconds": (900, "Walletdesk defaults, 2026-11-22"),
    "push.most": (3, "attack case A07, 2026-11: three in ten minutes"),
    "push.window_seconds": (600, "attack case A07, 2026-11: three in ten minutes"),
    "sign_in.failures_of_all": (50, "Walletdesk defaults, 2026-11-22; NIST SP 800-63B-4, 3.2.2 allows 100"),
    "sign_in.window_seconds": (3_600, "Walletdesk defaults, 2026-11-22"),
}
KNOWN_SO_FAR = """
UPDATE identity_user SET email = lower(email) WHERE email <> lower(email);
UPDATE identity_user SET email_verified_at = date_joined;
"""


def lay_out(apps, schema_editor):
    profile = apps.get_model("profiles", "Profile")
    profile.objects.bulk_create(
        profile(key=key, value=value, valid_from=SINCE, source=source, set_at=datetime.now(UTC))
        for key, (value, source) in FIGURES.items()
    )


def uuid_key():
    return models.UUIDField(
        default=walletdesk.foundation.clock.public.uuid7, editable=False, primary_key=True, serialize=False
    )


def of_user(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, **({"related_name": "+"} | more)
    )


def moment(**more):
    return models.DateTimeField(default=walletdesk.foundation.clock.public.now, **more)


PROOFS = ("first", "password", "passkey", "totp", "recovery_code", "push", "sms", "email", "recovery")
Q = models.Q


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("profiles", "0002_guards"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        migrations.AlterField("user", "email", models.EmailField(max_length=254, null=True, unique=True)),
        migrations.AddField("user", "phone", models.CharField(max_length=20, null=True, unique=True)),
        migrations.AddField("user", "email_verified_at", models.DateTimeField(null=True)),
        migrations.AddField("user", "phone_verified_at", models.DateTimeField(null=True)),
        migrations.RunSQL(KNOWN_SO_FAR, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=Q(("email__isnull", False), ("phone__isnull", False), _connector="OR"),
                name="user_has_an_address",
            ),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=Q(("phone", None), ("phone__regex", "^\\+[1-9][0-9]{5,14}$"), _connector="OR"),
                name="user_phone_is_e164",
            ),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=Q(
                    Q(("email_verified_at", None), ("email__isnull", False), _connector="OR"),
                    Q(("phone_verified_at", None), ("phone__isnull", False), _connector="OR"),
                ),
                name="only_an_address_is_verified",
            ),
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", uuid_key()),
                ("kind", models.CharField(max_length=5)),
                ("address", models.CharField(max_length=254)),
                ("replaced_at", moment()),
                ("user", of_user()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("kind__in", ("email", "sms"))), name="former_address_kind")
                ]
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", uuid_key()),
                ("token_hash", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=60)),
                ("proof", models.CharField(max_length=16)),
                ("added_at", moment()),
                ("last_seen_at", moment()),
                ("limits_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("user", of_user(related_name="devices")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "token_hash"), name="one_device_per_user_and_cookie"),
                    models.CheckConstraint(
                        condition=Q(("token_hash__regex", "^[0-9a-f]{64}$")), name="device_token_is_hashed"
                    ),
                    models.CheckConstraint(condition=Q(("proof__in", PROOFS)), name="device_proof_is_known"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="identity.device",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.CreateModel(
            name="FactorTries",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", uuid_key()),
                ("asker", models.CharField(max_length=64)),
                ("purpose", models.CharField(max_length=8)),
                ("device_name", models.CharField(max_length=60)),
                ("place", models.CharField(max_length=64)),
                ("number", models.PositiveSmallIntegerField()),
                ("asked_at", moment()),
                ("expires_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, default="", max_length=8)),
                ("answered_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.device",
                    ),
                ),
                ("user", of_user()),
            ],
            options={
                "indexes": [models.Index(fields=["user", "asked_at"], name="approvals_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("number__gte", 10), ("number__lte", 99)), name="approval_number"
                    ),
                    models.CheckConstraint(
                        condition=Q(("purpose__in", ("sign_in", "step_up"))), name="approval_purpose"
                    ),
                    models.CheckConstraint(
                        condition=Q(("answer__in", ("", "approved", "denied"))), name="approval_answer"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            Q(Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="approval_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(("used_at", None), ("answer", "approved"), _connector="OR"),
                        name="only_a_yes_is_used",
                    ),
                ],
            },
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
        migrations.RunSQL(
            GUARDS.read_text(), "DROP FUNCTION identity_keep_devices, identity_keep_answers CASCADE;"
        ),
    ]
