"""Who signs in, with what, from which device; and the figures of it."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, figures, sql_files

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


class Migration(RoomMigration):
    replaces = [("identity", "0001_initial"), ("identity", "0002_devices_and_factors")]
    dependencies = [("auth", "0012_alter_user_first_name_max_length"), ("profiles", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, null=True, unique=True)),
                ("language", models.CharField(default="zh-hans", max_length=10)),
                ("time_zone", models.CharField(default="Asia/Shanghai", max_length=64)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                ("date_joined", models.DateTimeField(default=now)),
                ("phone", models.CharField(max_length=20, null=True, unique=True)),
                ("email_verified_at", models.DateTimeField(null=True)),
                ("phone_verified_at", models.DateTimeField(null=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(Lower("email"), name="one_user_per_address"),
                    models.CheckConstraint(
                        condition=Q(("email__isnull", False), ("phone__isnull", False), _connector="OR"), name="user_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=Q(("phone", None), ("phone__regex", "^\\+[1-9][0-9]{5,14}$"), _connector="OR"),
                        name="user_phone_is_e164",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("email_verified_at", None), ("email__isnull", False), _connector="OR"),
                            Q(("phone_verified_at", None), ("phone__isnull", False), _connector="OR"),
                        ),
                        name="only_an_address_is_verified",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=5)),
                ("address", models.CharField(max_length=254)),
                ("replaced_at", models.DateTimeField(default=now)),
                ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(("kind__in", ("email", "sms"))), name="former_address_kind")]
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("token_hash", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=60)),
                ("proof", models.CharField(max_length=16)),
                ("added_at", models.DateTimeField(default=now)),
                ("last_seen_at", models.DateTimeField(default=now)),
                ("limits_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="devices", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "token_hash"), name="one_device_per_user_and_cookie"),
                    models.CheckConstraint(condition=Q(("token_hash__regex", "^[0-9a-f]{64}$")), name="device_token_is_hashed"),
                    models.CheckConstraint(
                        condition=Q(
                            (
                                "proof__in",
                                ("first", "password", "passkey", "totp", "recovery_code", "push", "sms", "email", "recovery"),
                            )
                        ),
                        name="device_proof_is_known",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key")),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("device", models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to="identity.device")),
                ("user", models.ForeignKey(null=True, on_delete=models.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.CreateModel(
            name="FactorTries",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="+", serialize=False, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("asker", models.CharField(max_length=64)),
                ("purpose", models.CharField(max_length=8)),
                ("device_name", models.CharField(max_length=60)),
                ("place", models.CharField(max_length=64)),
                ("number", models.PositiveSmallIntegerField()),
                ("asked_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, default="", max_length=8)),
                ("answered_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("answered_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="identity.device")),
                ("user", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["user", "asked_at"], name="approvals_by_user")],
                "constraints": [
                    models.CheckConstraint(condition=Q(("number__gte", 10), ("number__lte", 99)), name="approval_number"),
                    models.CheckConstraint(condition=Q(("purpose__in", ("sign_in", "step_up"))), name="approval_purpose"),
                    models.CheckConstraint(condition=Q(("answer__in", ("", "approved", "denied"))), name="approval_answer"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            Q(Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="approval_answered_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(("used_at", None), ("answer", "approved"), _connector="OR"), name="only_a_yes_is_used"
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards"),
        *(figures(source, {key: value}) for key, (value, source) in FIGURES.items()),
    ]
