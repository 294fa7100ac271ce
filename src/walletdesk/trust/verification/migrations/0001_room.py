"""Ways to prove oneself: prompts, codes, papers, recoveries, locks."""

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [
        ("verification", "0001_initial"),
        ("verification", "0002_guards"),
        ("verification", "0003_way_back"),
        ("verification", "0004_way_back_guards"),
    ]
    dependencies = [("customers", "0001_room"), ("staff", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="VerificationPrompt",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.UUIDField(db_index=True)),
                ("case_reference", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=6)),
                ("state", models.CharField(default="open", max_length=10)),
                ("asked_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "-asked_at"], name="prompts_of_customer")],
                "constraints": [
                    models.UniqueConstraint(condition=Q(("state", "open")), fields=("customer",), name="one_open_prompt"),
                    models.CheckConstraint(
                        condition=Q(("state__in", ["open", "genuine", "disowned", "expired"])), name="prompt_state"
                    ),
                    models.CheckConstraint(condition=Q(("code__regex", "^[0-9]{6}$")), name="prompt_code"),
                    models.CheckConstraint(condition=Q(("expires_at__gt", F("asked_at"))), name="prompt_runs_out"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("answered_at", None), ("state__in", ["open", "expired"])),
                            Q(
                                ("answered_at__gte", F("asked_at")),
                                ("answered_at__lt", F("expires_at")),
                                ("state__in", ["genuine", "disowned"]),
                            ),
                            _connector="OR",
                        ),
                        name="answer_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountLock",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=14)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("locked_by", models.CharField(max_length=60)),
                ("since", models.DateTimeField(default=now)),
                ("until", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.CharField(blank=True, default="", max_length=60)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "-since"], name="locks_of_customer")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("lifted_at", None)), fields=("customer", "reason"), name="one_lock_per_reason"
                    ),
                    models.CheckConstraint(
                        condition=Q(("reason__in", ["wrong_password", "dormant", "risk", "reported", "staff"])), name="lock_reason"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("lifted_at", None), ("lifted_by", "")),
                            Q(("lifted_at__isnull", False), Q(("lifted_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=100)),
                ("channel", models.CharField(max_length=5)),
                ("shape", models.CharField(max_length=6)),
                ("hash", models.CharField(max_length=64)),
                ("state", models.CharField(default="open", max_length=8)),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["purpose", "subject", "-made_at"], name="codes_of_subject")],
                "constraints": [
                    models.UniqueConstraint(condition=Q(("state", "open")), fields=("purpose", "subject"), name="one_open_code"),
                    models.CheckConstraint(condition=Q(("state__in", ["open", "used", "spent", "replaced"])), name="code_state"),
                    models.CheckConstraint(condition=Q(("channel__in", ["email", "sms"])), name="code_channel"),
                    models.CheckConstraint(condition=Q(("wrong_tries__lte", 5)), name="code_five_tries"),
                    models.CheckConstraint(condition=Q(("hash__regex", "^[0-9a-f]{64}$")), name="code_is_hashed"),
                    models.CheckConstraint(condition=Q(("expires_at__gt", F("made_at"))), name="code_runs_out"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("closed_at", None), ("state", "open")),
                            Q(Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="code_closed_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("state", "used"), _negated=True), ("closed_at__lt", F("expires_at")), _connector="OR"),
                        name="code_used_in_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.UUIDField(null=True)),
                ("channel", models.CharField(max_length=9)),
                ("claim", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=10)),
                ("state", models.CharField(default="open", max_length=8)),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_since", models.DateTimeField()),
                ("started_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("weak", models.BooleanField(null=True)),
                ("seconds", models.PositiveIntegerField(null=True)),
                ("sessions_ended", models.PositiveIntegerField(null=True)),
                ("hold_until", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("case_id__isnull", False)), fields=["case_id", "-started_at"], name="recoveries_of_case"
                    ),
                    models.Index(fields=["claim", "-started_at"], name="recoveries_of_claim"),
                    models.Index(condition=Q(("state", "finished")), fields=["-finished_at"], name="recoveries_finished"),
                    models.Index(fields=["customer", "-started_at"], name="recoveries_of_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("state__in", ["open", "finished", "ended"])), name="recovery_state"),
                    models.CheckConstraint(condition=Q(("channel__in", ("page", "desk", "telephone"))), name="recovery_channel"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state", "finished"), _negated=True),
                            Q(
                                ("customer__isnull", False),
                                ("finished_at__isnull", False),
                                ("seconds__isnull", False),
                                ("sessions_ended__isnull", False),
                                ("weak__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="finished_recovery_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(("weak", None), ("weak", False), ("hold_until__isnull", False), _connector="OR"),
                        name="weak_recovery_holds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VerificationRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_id", models.UUIDField()),
                ("level", models.PositiveSmallIntegerField()),
                ("how", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=now)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                (
                    "prompt",
                    models.OneToOneField(
                        null=True, on_delete=models.PROTECT, related_name="+", to="verification.verificationprompt"
                    ),
                ),
                ("recovery", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="verification.recovery")),
            ],
            options={
                "indexes": [models.Index(fields=["case_id", "-id"], name="records_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("prompt", None), ("recovery", None)), fields=("case_id",), name="one_sign_in_per_case"
                    ),
                    models.CheckConstraint(condition=Q(("level__lte", 3)), name="level_0_to_3"),
                    models.CheckConstraint(
                        condition=Q(("level__lt", 2), ("prompt__isnull", False), ("recovery__isnull", False), _connector="OR"),
                        name="level_2_needs_a_proof",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityPapers",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=6)),
                ("document", models.CharField(max_length=10)),
                ("case_id", models.UUIDField(null=True)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("handed_in_at", models.DateTimeField(default=now)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("decided_at", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("reviewer", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("recovery", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="verification.recovery")),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("state", "waiting")), fields=["handed_in_at"], name="papers_waiting"),
                    models.Index(fields=["customer", "-handed_in_at"], name="papers_of_customer"),
                    models.Index(condition=Q(("case_id__isnull", False)), fields=["case_id"], name="papers_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("state", "waiting")), fields=("customer", "purpose"), name="one_waiting_set_per_purpose"
                    ),
                    models.CheckConstraint(condition=Q(("purpose__in", ["unlock", "tier"])), name="papers_purpose"),
                    models.CheckConstraint(
                        condition=Q(("document__in", ["id_card", "passport", "permit"])), name="papers_document"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("decided_at", None), ("reviewer", None), ("state", "waiting")),
                            Q(("decided_at__isnull", False), ("reviewer__isnull", False), ("state__in", ["accepted", "rejected"])),
                            _connector="OR",
                        ),
                        name="papers_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("state", "rejected"), _negated=True), Q(("reason", ""), _negated=True), _connector="OR"),
                        name="papers_rejected_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("purpose", "tier"), ("recovery", None)),
                            Q(("case_id__isnull", False), ("purpose", "unlock")),
                            _connector="OR",
                        ),
                        name="papers_to_unlock_have_a_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(max_length=5)),
                ("file_id", models.UUIDField()),
                ("quality", models.JSONField()),
                ("papers", models.ForeignKey(on_delete=models.PROTECT, related_name="photos", to="verification.identitypapers")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("papers", "side"), name="one_photo_per_side"),
                    models.CheckConstraint(condition=Q(("side__in", ["front", "back", "face"])), name="photo_side"),
                ]
            },
        ),
        migrations.CreateModel(
            name="RecoveryProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=14)),
                ("at", models.DateTimeField(default=now)),
                (
                    "papers",
                    models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="verification.identitypapers"),
                ),
                ("recovery", models.ForeignKey(on_delete=models.PROTECT, related_name="proofs", to="verification.recovery")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("recovery", "kind"), name="one_proof_of_a_kind"),
                    models.CheckConstraint(
                        condition=Q(
                            ("kind__in", ("own_device", "totp", "passkey", "recovery_code", "email_code", "sms_code", "papers"))
                        ),
                        name="proof_kind",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("kind", "papers"), ("papers__isnull", False)),
                            Q(Q(("kind", "papers"), _negated=True), ("papers", None)),
                            _connector="OR",
                        ),
                        name="papers_name_their_set",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ResetOrder",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.UUIDField()),
                ("channel", models.CharField(max_length=5)),
                ("made_at", models.DateTimeField(default=now)),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("recovery", models.ForeignKey(on_delete=models.PROTECT, related_name="resets", to="verification.recovery")),
            ],
            options={
                "indexes": [models.Index(fields=["case_id", "-made_at"], name="resets_of_case")],
                "constraints": [models.CheckConstraint(condition=Q(("channel__in", ["email", "sms"])), name="reset_channel")],
            },
        ),
        migrations.CreateModel(
            name="SupportQuestions",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.UUIDField(db_index=True)),
                ("questions", models.JSONField()),
                ("asked_at", models.DateTimeField(default=now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("right", models.PositiveSmallIntegerField(null=True)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("answered_at", None)), fields=("case_id",), name="one_open_sheet_per_case"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("answered_at", None), ("right", None)),
                            Q(("answered_at__isnull", False), ("right__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_sheet_has_a_score",
                    ),
                ]
            },
        ),
        sql_files(__file__, "guards", "way_back"),
    ]
