"""Acts in a chain: the table, its triggers, the seal and the privileges that keep it."""

from django.db import migrations, models
from django.db.models import Q
from pgtrigger.compiler import Trigger, UpsertTriggerSql
from pgtrigger.migrations import AddTrigger

from walletdesk.foundation.schema.public import RoomMigration, sql_files


class Migration(RoomMigration):
    replaces = [("audit", "0001_initial"), ("audit", "0002_guards"), ("audit", "0003_by_actor")]
    dependencies = [("clock", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("only_row", models.BooleanField(default=True, primary_key=True, serialize=False)),
                ("last_id", models.BigIntegerField()),
                ("last_hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "audit_chain_head",
                "constraints": [models.CheckConstraint(condition=Q(("only_row", True)), name="one_chain_head")],
            },
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.TextField()),
                ("verb", models.TextField()),
                ("subject", models.TextField()),
                ("reason", models.TextField(blank=True, default="")),
                ("case_id", models.UUIDField(null=True)),
                ("customer_id", models.UUIDField(null=True)),
                ("detail", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "audit_act",
                "indexes": [
                    models.Index(
                        condition=Q(("customer_id__isnull", False)), fields=["customer_id", "-id"], name="audit_of_customer"
                    ),
                    models.Index(condition=Q(("case_id__isnull", False)), fields=["case_id", "-id"], name="audit_of_case"),
                    models.Index(fields=["actor", "-at"], name="audit_of_actor"),
                ],
            },
        ),
        AddTrigger(
            model_name="act",
            trigger=Trigger(
                name="acts_only_grow",
                sql=UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f6bccc5730eef1df8988a18b67f578381b9db771",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_acts_only_grow_31e07",
                    table="audit_act",
                    when="BEFORE",
                ),
            ),
        ),
        AddTrigger(
            model_name="act",
            trigger=Trigger(
                name="acts_are_not_emptied",
                sql=UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: the list of acts only grows';",
                    hash="ec57223679622619dc4dc7e746c75ed8ca00db15",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_acts_are_not_emptied_187e1",
                    table="audit_act",
                    when="BEFORE",
                ),
            ),
        ),
        sql_files(__file__, "guards"),
    ]
