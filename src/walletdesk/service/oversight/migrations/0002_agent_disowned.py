"""One kind of alarm more: a customer says that an agent is none of ours."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [
    "canary_look", "many_looks", "many_unmaskings", "glass_broken", "two_person_tried", "one_checker", "agent_disowned",
    "third_look_disagrees",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_room")]
    operations = [
        migrations.RemoveConstraint("alarm", "alarm_kind"),
        migrations.AddConstraint("alarm", models.CheckConstraint(condition=Q(kind__in=KINDS), name="alarm_kind")),
    ]
