"""A case may complain about an employee, who then never handles it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guards"), ("staff", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="about_employee",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.employee"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                name="case_not_handled_by_whom_it_is_about",
                condition=Q(("assigned", None), ("about_employee", None), ~Q(assigned=F("about_employee")), _connector="OR"),
            ),
        ),
    ]
