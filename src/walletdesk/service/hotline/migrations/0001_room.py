"""Calls, places, desks and recordings; the figures that a fresh hotline starts with, and its first menu."""

from django.db import migrations, models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.foundation.schema.public import ALWAYS, RoomMigration, figures, sql_files

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


def print_first_menu(apps, schema_editor):
    apps.get_model("hotline", "MenuVersion").objects.create(
        number=1,
        tree=FIRST_TREE,
        state="live",
        made_by="system",
        made_at=ALWAYS,
        published_by="system",
        published_at=ALWAYS,
        reason="第 1 版 / first version",
    )


class Migration(RoomMigration):
    replaces = [
        ("hotline", "0001_initial"),
        ("hotline", "0002_guards"),
        ("hotline", "0003_first_figures"),
        ("hotline", "0004_way_back"),
    ]
    dependencies = [("cases", "0001_room"), ("customers", "0001_room"), ("profiles", "0001_room"), ("staff", "0001_room")]
    operations = [
        migrations.CreateModel(
            name="CallCode",
            fields=[
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="+", serialize=False, to="customers.customer"
                    ),
                ),
                ("sealed_secret", models.BinaryField()),
                ("last_used", models.BigIntegerField(default=0)),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="HotlineSignal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("seat", models.CharField(max_length=120)),
                ("direction", models.CharField(max_length=3)),
                ("body", models.JSONField()),
                ("at", models.DateTimeField(default=now)),
                ("heard_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("heard_at", None)), fields=["direction", "id"], name="signals_unheard"),
                    models.Index(fields=["at"], name="signals_by_time"),
                ],
                "constraints": [models.CheckConstraint(condition=Q(("direction__in", ("in", "out"))), name="signal_direction")],
            },
        ),
        migrations.CreateModel(
            name="MenuVersion",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("tree", models.JSONField()),
                ("state", models.CharField(default="draft", max_length=8)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField(default=now)),
                ("published_by", models.CharField(blank=True, default="", max_length=60)),
                ("published_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("state__in", ("draft", "live", "retired"))), name="menu_state_known"),
                    models.UniqueConstraint(condition=Q(("state", "live")), fields=("state",), name="one_live_menu"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="+", serialize=False, to="staff.employee"
                    ),
                ),
                ("state", models.CharField(default="logged_off", max_length=10)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("next_state", models.CharField(blank=True, default="", max_length=10)),
                ("next_reason", models.CharField(blank=True, default="", max_length=20)),
                ("since", models.DateTimeField(default=now)),
                ("seat", models.CharField(blank=True, default="", max_length=120)),
                ("seen_at", models.DateTimeField(default=now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("state__in", ("logged_off", "available", "offered", "on_call", "wrap_up", "paused"))),
                        name="presence_state_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state", "paused"), Q(("reason", ""), _negated=True)),
                            Q(("state", "paused"), _negated=True),
                            _connector="OR",
                        ),
                        name="paused_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=Q(("state__in", ("logged_off", "paused")), Q(("seat", ""), _negated=True), _connector="OR"),
                        name="who_is_there_has_a_seat",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PresenceChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=10)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("at", models.DateTimeField(default=now)),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={"indexes": [models.Index(fields=["employee", "-at"], name="presence_history")]},
        ),
        migrations.CreateModel(
            name="AgentSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=8)),
                ("code", models.CharField(max_length=20)),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("employee", "kind", "code"), name="one_row_per_skill"),
                    models.CheckConstraint(condition=Q(("kind__in", ("topic", "language"))), name="skill_kind_known"),
                ]
            },
        ),
        migrations.CreateModel(
            name="CallToken",
            fields=[
                ("token_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("case", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="cases.case")),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="tokens_by_end")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("used_at", None), ("used_at__lt", F("expires_at")), _connector="OR"), name="token_used_in_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=16)),
                ("language", models.CharField(max_length=10)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("made_at", models.DateTimeField(default=now)),
                ("not_before", models.DateTimeField(default=now)),
                ("settled_at", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("place", models.OneToOneField(on_delete=models.PROTECT, related_name="call_back", to="hotline.queueplace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("state__in", ("waiting", "dialling"))), fields=("customer",), name="one_open_call_back"
                    ),
                    models.CheckConstraint(
                        condition=Q(("state__in", ("waiting", "dialling", "reached", "given_up", "cancelled"))),
                        name="call_back_state_known",
                    ),
                    models.CheckConstraint(condition=Q(("number__regex", "^\\+[1-9][0-9]{5,14}$")), name="call_back_number_e164"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("number_shown", models.CharField(blank=True, default="", max_length=32)),
                ("dialled", models.CharField(blank=True, default="", max_length=32)),
                ("proof", models.CharField(blank=True, default="", max_length=10)),
                ("verified_at", models.DateTimeField(null=True)),
                ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                ("short_code", models.CharField(blank=True, default="", max_length=4)),
                ("case_is_new", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, default="", max_length=10)),
                ("topic", models.CharField(default="general", max_length=20)),
                ("place", models.CharField(max_length=24)),
                ("flow", models.JSONField()),
                ("heard", models.PositiveIntegerField(default=0)),
                ("answer", models.JSONField(default=list)),
                ("arrived_at", models.DateTimeField(default=now)),
                ("queued_at", models.DateTimeField(null=True)),
                ("agent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=20)),
                ("case", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="cases.case")),
                ("claimed", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("customer", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("call_back", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="calls", to="hotline.callback")),
                ("menu", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="hotline.menuversion")),
                ("recovery_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("ended_at", None)), fields=["arrived_at"], name="calls_live"),
                    models.Index(fields=["number_shown", "-arrived_at"], name="calls_of_number"),
                    models.Index(fields=["customer", "-arrived_at"], name="calls_of_customer"),
                    models.Index(fields=["-arrived_at"], name="calls_by_time"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("kind__in", ("telephone", "browser", "call_back"))), name="call_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(("proof__in", ("", "token", "app_code", "approval", "two_codes"))), name="call_proof_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at", None), ("outcome", "")),
                            Q(("ended_at__isnull", False), Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="call_ended_has_outcome",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("proof", ""), ("verified_at", None)),
                            Q(Q(("proof", ""), _negated=True), ("customer__isnull", False), ("verified_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_verified_is_somebody",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("call_back__isnull", False), ("kind", "call_back")),
                            Q(Q(("kind", "call_back"), _negated=True), ("call_back", None)),
                            _connector="OR",
                        ),
                        name="call_back_belongs_to_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(default="agent", max_length=10)),
                ("seat", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("settled_at", models.DateTimeField(null=True)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="offers", to="hotline.call")),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["-made_at"], name="offers_by_time")],
                "constraints": [
                    models.UniqueConstraint(condition=Q(("state", "open")), fields=("employee",), name="one_open_offer_an_agent"),
                    models.UniqueConstraint(condition=Q(("state", "open")), fields=("call", "kind"), name="one_open_offer_a_call"),
                    models.CheckConstraint(
                        condition=Q(("state__in", ("open", "accepted", "declined", "timed_out", "gone"))), name="offer_state_known"
                    ),
                    models.CheckConstraint(condition=Q(("kind__in", ("agent", "colleague"))), name="offer_kind_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="QueuePlace",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=10)),
                ("urgent", models.PositiveSmallIntegerField(default=0)),
                ("verified", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField()),
                ("order_at", models.DateTimeField()),
                ("front_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("left_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, default="", max_length=12)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="places", to="hotline.call")),
                ("customer", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("state__in", ("waiting", "offered", "call_back"))), fields=["order_at"], name="line_open"
                    ),
                    models.Index(fields=["-joined_at"], name="places_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("state__in", ("waiting", "offered", "call_back"))),
                        fields=("call",),
                        name="one_open_place_a_call",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("customer__isnull", False), ("state__in", ("waiting", "offered", "call_back"))),
                        fields=("customer",),
                        name="one_open_place_a_customer",
                    ),
                    models.CheckConstraint(
                        condition=Q(("state__in", ("waiting", "offered", "call_back", "left"))), name="place_state_known"
                    ),
                    models.CheckConstraint(condition=Q(("urgent__lte", 3)), name="place_urgent_0_to_3"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("left_at__isnull", False), ("state", "left")),
                            Q(Q(("state", "left"), _negated=True), ("left_at", None)),
                            _connector="OR",
                        ),
                        name="place_left_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallPromise",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=now)),
                ("due_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField(null=True)),
                ("broken_at", models.DateTimeField(null=True)),
                ("waived_at", models.DateTimeField(null=True)),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
                ("place", models.OneToOneField(on_delete=models.PROTECT, related_name="promise", to="hotline.queueplace")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("broken_at", None), ("kept_at", None), ("waived_at", None)),
                        fields=["due_at"],
                        name="call_promises_running",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=Q(("due_at__gt", F("made_at"))), name="call_promise_due_after_made"),
                    models.CheckConstraint(
                        condition=Q(("kept_at", None), ("kept_at__lte", F("due_at")), _connector="OR"),
                        name="call_promise_kept_in_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("broken_at", None), ("kept_at", None)),
                            Q(("kept_at", None), ("waived_at", None)),
                            Q(("broken_at", None), ("waived_at", None)),
                            _connector="OR",
                        ),
                        name="call_promise_one_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField(default=now)),
                ("state", models.CharField(default="open", max_length=8)),
                ("milliseconds", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("sealed_path", models.CharField(blank=True, default="", max_length=200)),
                ("wrapped_key", models.BinaryField(null=True)),
                ("keep_until", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="recordings", to="hotline.call")),
                ("employee", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(condition=Q(("state", "sealed")), fields=["keep_until"], name="recordings_to_erase")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("state__in", ("open", "sealed", "erased", "lost"))), name="recording_state_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state", "sealed"), _negated=True),
                            Q(
                                ("keep_until__isnull", False),
                                ("wrapped_key__isnull", False),
                                Q(("sha256", ""), _negated=True),
                                Q(("sealed_path", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recording_sealed_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=Q(Q(("state", "erased"), _negated=True), ("wrapped_key", None), _connector="OR"),
                        name="recording_erased_has_no_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordingPermit",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField(default=now)),
                ("allowed", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("decided_by", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
                ("recording", models.ForeignKey(on_delete=models.PROTECT, related_name="permits", to="hotline.recording")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("decided_by", None), Q(("decided_by", F("asked_by")), _negated=True), _connector="OR"),
                        name="permit_needs_a_second_person",
                    ),
                    models.UniqueConstraint(
                        condition=Q(("decided_at", None)), fields=("recording", "asked_by"), name="one_open_permit"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="RecordingPlay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("listener", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=now)),
                ("permit", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="hotline.recordingpermit")),
                ("recording", models.ForeignKey(on_delete=models.PROTECT, related_name="plays", to="hotline.recording")),
            ],
            options={
                "indexes": [models.Index(fields=["recording", "-at"], name="plays_of_recording")],
                "constraints": [models.CheckConstraint(condition=Q(("reason", ""), _negated=True), name="a_play_has_a_reason")],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="contact", serialize=False, to="hotline.call"
                    ),
                ),
                ("number", models.CharField(db_default="", max_length=20, unique=True)),
                ("outcome", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=now)),
                ("case", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="cases.case")),
                ("customer", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [models.Index(fields=["case", "at"], name="contacts_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("customer", None), ("case__isnull", False), _connector="OR"),
                        name="contact_of_a_customer_has_a_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "call",
                    models.OneToOneField(
                        on_delete=models.PROTECT, primary_key=True, related_name="survey", serialize=False, to="hotline.call"
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=now)),
                ("employee", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(("stars__gte", 1), ("stars__lte", 5)), name="survey_1_to_5")]
            },
        ),
        migrations.CreateModel(
            name="CallApproval",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("state", models.CharField(default="open", max_length=8)),
                ("asked_at", models.DateTimeField(default=now)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="approvals", to="hotline.call")),
                ("customer", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="customers.customer")),
            ],
            options={
                "indexes": [models.Index(fields=["customer", "-asked_at"], name="approvals_of_customer")],
                "constraints": [
                    models.UniqueConstraint(condition=Q(("state", "open")), fields=("customer",), name="one_open_approval"),
                    models.CheckConstraint(
                        condition=Q(("state__in", ("open", "yes", "no", "expired"))), name="approval_state_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBackTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=now)),
                ("outcome", models.CharField(blank=True, default="", max_length=14)),
                ("call_back", models.ForeignKey(on_delete=models.PROTECT, related_name="tries", to="hotline.callback")),
            ],
            options={
                "indexes": [models.Index(fields=["-at"], name="tries_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("call_back", "number"), name="one_row_per_try"),
                    models.CheckConstraint(condition=Q(("number__gte", 1), ("number__lte", 3)), name="at_most_three_tries"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=now)),
                ("name", models.CharField(max_length=24)),
                ("place", models.CharField(max_length=24)),
                ("detail", models.JSONField(default=dict)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="events", to="hotline.call")),
            ],
            options={"indexes": [models.Index(fields=["call", "id"], name="events_of_call")]},
        ),
        migrations.CreateModel(
            name="CallLeg",
            fields=[
                ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=10)),
                ("kind", models.CharField(default="telephone", max_length=10)),
                ("began_at", models.DateTimeField(default=now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("lost", models.PositiveBigIntegerField(default=0)),
                ("jitter_ms", models.FloatField(default=0)),
                ("delay_ms", models.FloatField(null=True)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="legs", to="hotline.call")),
                ("employee", models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("role__in", ("caller", "agent", "colleague", "listener"))), name="leg_role_known"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="DeskRequest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.JSONField()),
                ("at", models.DateTimeField(default=now)),
                ("taken_at", models.DateTimeField(null=True)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="hotline.call")),
            ],
            options={"indexes": [models.Index(condition=Q(("taken_at", None)), fields=["id"], name="requests_untaken")]},
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(default="agent", max_length=10)),
                ("began_at", models.DateTimeField(default=now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("wrap_up", models.BooleanField(default=False)),
                ("disposition", models.CharField(blank=True, default="", max_length=14)),
                ("said_done", models.CharField(blank=True, default="", max_length=500)),
                ("next_steps", models.CharField(blank=True, default="", max_length=500)),
                ("due_at", models.DateTimeField(null=True)),
                ("read_back", models.BooleanField(default=False)),
                ("wrapped_at", models.DateTimeField(null=True)),
                ("call", models.ForeignKey(on_delete=models.PROTECT, related_name="engagements", to="hotline.call")),
                ("employee", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="staff.employee")),
            ],
            options={
                "indexes": [models.Index(fields=["employee", "-began_at"], name="engagements_of_agent")],
                "constraints": [
                    models.UniqueConstraint(condition=Q(("ended_at", None)), fields=("employee",), name="one_agent_one_call"),
                    models.UniqueConstraint(condition=Q(("ended_at", None)), fields=("call", "kind"), name="one_call_one_agent"),
                    models.CheckConstraint(condition=Q(("kind__in", ("agent", "colleague"))), name="engagement_kind_known"),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("disposition", ""), ("wrapped_at", None)),
                            Q(
                                (
                                    "disposition__in",
                                    ["solved", "in_hand", "handed_on", "call_again", "wrong_number", "abusive", "dropped"],
                                ),
                                ("wrapped_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="engagement_wrapped_says_how",
                    ),
                ],
            },
        ),
        sql_files(__file__, "guards"),
        figures("Walletdesk 0.1 defaults, 2026-11-22", FIGURES),
        migrations.RunPython(print_first_menu),
    ]
