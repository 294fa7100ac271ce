"""Proposals, which a second person decides."""

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("approvals", "0001_initial"), ("approvals", "0002_guards")]
    dependencies = [("customers", "0001_room"), ("staff", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=30)),
                ("subject", models.CharField(help_text="what it is about, such as the payment's id", max_length=100)),
                ("case_id", models.UUIDField(db_index=True, null=True)),
                ("payload", models.JSONField()),
                ("payload_hash", models.CharField(max_length=64)),
                ("beneficiary_user_id", models.UUIDField(null=True)),
                ("maker_user_id", models.UUIDField()),
                ("made_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("checker_user_id", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("beneficiary", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("checker", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("checker_team", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.team")),
                ("maker", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("maker_team", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.team")),
                (
                    "replaces",
                    models.OneToOneField(null=True, on_delete=models.PROTECT, related_name="replaced_by", to="approvals.proposal"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("state", "proposed")), fields=["expires_at"], name="open_by_due_time"),
                    models.Index(condition=Q(("decided_at__isnull", False)), fields=["-decided_at"], name="decided_latest"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("state", "proposed")), fields=("kind", "subject"), name="one_open_proposal"
                    ),
                    models.CheckConstraint(
                        condition=Q(("state__in", ("proposed", "approved", "rejected", "expired", "withdrawn", "replaced"))),
                        name="proposal_state",
                    ),
                    models.CheckConstraint(condition=Q(("payload_hash__regex", "^[0-9a-f]{64}$")), name="hash_is_sha256"),
                    models.CheckConstraint(condition=Q(("expires_at__gt", F("made_at"))), name="proposal_runs_out"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(
                                ("state__in", ["approved", "rejected"]),
                                ("checker__isnull", False),
                                ("checker_team__isnull", False),
                                ("checker_user_id__isnull", False),
                            ),
                            Q(
                                Q(("state__in", ["approved", "rejected"]), _negated=True),
                                ("checker", None),
                                ("checker_team", None),
                                ("checker_user_id", None),
                            ),
                            _connector="OR",
                        ),
                        name="checked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("decided_at", None), ("state", "proposed")),
                            Q(Q(("state", "proposed"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="open_or_decided",
                    ),
                    models.CheckConstraint(
                        condition=Q(("checker", None), Q(("checker", F("maker")), _negated=True), _connector="OR"),
                        name="checker_is_not_maker",
                    ),
                    models.CheckConstraint(
                        condition=Q(("checker", None), Q(("checker_user_id", F("maker_user_id")), _negated=True), _connector="OR"),
                        name="checker_has_another_sign_in",
                    ),
                    models.CheckConstraint(
                        condition=Q(("checker", None), Q(("checker_team", F("maker_team")), _negated=True), _connector="OR"),
                        name="checker_is_of_another_team",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("beneficiary_user_id", None),
                            Q(
                                Q(("maker_user_id", F("beneficiary_user_id")), _negated=True),
                                Q(
                                    ("checker", None),
                                    Q(("checker_user_id", F("beneficiary_user_id")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="nobody_decides_own_gain",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state__in", ["approved", "rejected"]), _negated=True),
                            Q(("decided_at__gte", F("made_at")), ("decided_at__lt", F("expires_at"))),
                            _connector="OR",
                        ),
                        name="decided_in_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("state", "rejected"), _negated=True), Q(("reason", ""), _negated=True), _connector="OR"),
                        name="sent_back_with_reason",
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards"),
    ]
