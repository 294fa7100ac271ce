"""Timers go by the books' clock."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("clock", "0001_initial")]
    operations = []
