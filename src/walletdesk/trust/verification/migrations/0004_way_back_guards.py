from pathlib import Path

from django.db import migrations

GUARDS = Path(__file__).resolve().parent.parent / "sql" / "way_back.sql"
UNDO = (
    "DROP FUNCTION verification_keep_code, verification_only_added, verification_proof_stands, "
    "verification_keep_recovery, verification_two_persons, verification_keep_papers, verification_keep_lock, "
    "verification_keep_sheet CASCADE;"
)


class Migration(migrations.Migration):
    dependencies = [("verification", "0003_way_back")]
    operations = [migrations.RunSQL(GUARDS.read_text(), UNDO)]
