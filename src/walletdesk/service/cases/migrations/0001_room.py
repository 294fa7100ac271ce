"""Cases, their timeline and promises; and the promised times of two kinds that came later."""

from datetime import UTC, datetime, timedelta

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import RoomMigration, sql_files

SOURCE = "Walletdesk 0.2 defaults, 2026-11-22"
LATER = ({"objection": 24 * 3600}, {"locked_out": 2 * 3600})


def promise(apps, schema_editor):
    """What was promised last, and one kind more, from the next day on."""
    profile = apps.get_model("profiles", "Profile")
    last = profile.objects.get(key="case.promise_seconds")
    for more in LATER:
        last = profile.objects.create(
            key=last.key,
            value={**last.value, **more},
            source=SOURCE,
            valid_from=last.valid_from + timedelta(days=1),
            set_at=datetime.now(UTC),
        )


class Migration(RoomMigration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_guards"),
        ("cases", "0003_about_employee"),
        ("cases", "0004_objections"),
        ("cases", "0005_locked_out"),
        ("cases", "0006_opened_by_a_shop"),
    ]
    dependencies = [
        ("customers", "0001_room"),
        ("merchants", "0001_room"),
        ("payments", "0001_room"),
        ("profiles", "0001_room"),
        ("staff", "0001_room"),
    ]
    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(db_default="", max_length=20, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("title", models.JSONField()),
                ("opened_by", models.CharField(max_length=10)),
                ("state", models.CharField(default="open", max_length=20)),
                ("priority", models.PositiveSmallIntegerField(default=0)),
                ("device", models.JSONField(default=dict)),
                ("language", models.CharField(max_length=10)),
                ("created_at", models.DateTimeField(default=now)),
                ("since", models.DateTimeField(default=now)),
                ("changed_at", models.DateTimeField(default=now)),
                ("queue_at", models.DateTimeField()),
                ("confirm_by", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closings", models.PositiveSmallIntegerField(default=0)),
                ("summary", models.JSONField(null=True)),
                ("assigned", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("merchant", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="merchants.merchant")),
                ("about_employee", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("state", "closed"), _negated=True), fields=["queue_at", "id"], name="case_queue"),
                    models.Index(fields=["customer", "-created_at"], name="case_of_customer"),
                    models.Index(
                        condition=Q(("merchant__isnull", False)), fields=["merchant", "-created_at"], name="case_of_merchant"
                    ),
                    models.Index(condition=Q(("state", "resolved")), fields=["confirm_by"], name="case_unconfirmed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("state__in", ("open", "waiting_customer", "waiting_other", "resolved", "closed"))),
                        name="case_state_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(("opened_by__in", ("system", "customer", "employee", "merchant"))), name="case_opener_known"
                    ),
                    models.CheckConstraint(condition=Q(("priority__lte", 3)), name="case_priority_0_to_3"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("closed_at__isnull", False), ("state", "closed")),
                            Q(Q(("state", "closed"), _negated=True), ("closed_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="case_closed_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            ("assigned", None),
                            ("about_employee", None),
                            Q(("assigned", F("about_employee")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_not_handled_by_whom_it_is_about",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("state", "resolved"), _negated=True), ("confirm_by__isnull", False), _connector="OR"),
                        name="case_resolved_has_deadline",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CasePayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("case_kind", models.CharField(max_length=40)),
                ("case_open", models.BooleanField(default=True)),
                ("case", models.ForeignKey(on_delete=models.PROTECT, related_name="case_payments", to="cases.case")),
                ("payment", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="payments.payment")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "payment"), name="one_row_per_case_payment"),
                    models.UniqueConstraint(
                        condition=Q(("case_open", True)), fields=("payment", "case_kind"), name="one_open_case_per_payment"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("words", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField(null=True)),
                ("broken_at", models.DateTimeField(null=True)),
                ("late_at", models.DateTimeField(null=True)),
                ("case", models.ForeignKey(on_delete=models.PROTECT, related_name="promises", to="cases.case")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("broken_at__isnull", True), ("kept_at__isnull", True)),
                        fields=["due_at"],
                        name="promise_running",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("due_at__gt", F("made_at"))), name="promise_due_after_made"),
                    models.CheckConstraint(
                        condition=Q(("kept_at__isnull", True), ("kept_at__lte", F("due_at")), _connector="OR"),
                        name="promise_kept_in_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(("kept_at__isnull", True), ("broken_at__isnull", True), _connector="OR"),
                        name="promise_kept_or_broken",
                    ),
                    models.CheckConstraint(
                        condition=Q(("late_at__isnull", True), ("broken_at__isnull", False), _connector="OR"),
                        name="promise_late_was_broken",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("kept_at__isnull", True), ("late_at__isnull", True)),
                        fields=("case", "kind"),
                        name="one_running_promise_per_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("closing", models.PositiveSmallIntegerField()),
                ("stars", models.PositiveSmallIntegerField()),
                ("words", models.CharField(blank=True, default="", max_length=1000)),
                ("at", models.DateTimeField(default=now)),
                ("case", models.ForeignKey(on_delete=models.PROTECT, related_name="ratings", to="cases.case")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "closing"), name="one_rating_per_closing"),
                    models.CheckConstraint(condition=Q(("stars__gte", 1), ("stars__lte", 5)), name="rating_1_to_5"),
                ]
            },
        ),
        migrations.CreateModel(
            name="TimelineEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_number", models.CharField(default="", max_length=20)),
                ("actor_name", models.JSONField(default=dict)),
                ("kind", models.CharField(max_length=40)),
                ("words", models.JSONField()),
                ("detail", models.JSONField(default=dict)),
                ("audience", models.CharField(default="both", max_length=5)),
                ("once", models.CharField(max_length=120, null=True)),
                ("case", models.ForeignKey(on_delete=models.PROTECT, related_name="timeline", to="cases.case")),
            ],
            options={
                "indexes": [models.Index(fields=["case", "at", "id"], name="timeline_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("actor_kind__in", ("system", "customer", "employee", "merchant"))), name="timeline_actor_known"
                    ),
                    models.CheckConstraint(condition=Q(("audience__in", ("both", "staff"))), name="timeline_audience_known"),
                    models.UniqueConstraint(fields=("case", "once"), name="timeline_once"),
                ],
            },
        ),
        sql_files(__file__, "guards"),
        migrations.RunPython(promise),
    ]
