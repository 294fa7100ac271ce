"""R13: a backup restored elsewhere is the same, row for row, its books are true, and its guards still stand."""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.conftest import OwnCluster
from tests.faults.rounds import rounds
from walletdesk.project.commands.installation import walletdesk
from walletdesk.project.processes import database
from walletdesk.project.processes.database import Database

pytestmark = pytest.mark.serial
KEPT = {
    "contact-signing.key": "ours",
    "recordings.key": "ours too",
    "secret-key.before": "an older one",
    "recordings/2026/call.sealed": "sound",
    "prompts/hello.wav": "hi",
}
"""What rows only name, and the keys without which it is noise."""
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
CONTENT = "SELECT count(*), md5(string_agg(md5(row::text), '' ORDER BY md5(row::text))) FROM {} AS row"
GUARDS = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="wd-restored-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_r13_a_restored_backup_is_the_same_and_its_books_are_true(own_cluster: OwnCluster, elsewhere: Path) -> None:
    for number, dice in enumerate(rounds("R13 backup and restore", small=1)):
        own_cluster.client("tests.faults.paying", str(dice.randrange(10**9)), "20", "2").communicate(timeout=120)
        for name, content in KEPT.items():
            (own_cluster.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (own_cluster.folder / name).write_text(content)
        file = elsewhere / f"backup-{number}"
        done = own_cluster.run("db", "backup", str(file))
        assert done.returncode == 0, done.stderr
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        beside = file.with_name(f"{file.name}.folder")
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
        folder = elsewhere / f"installation-{number}"
        folder.mkdir()
        (folder / "contact-signing.key").write_text("of another house")
        refused = command_in(folder, "db", "restore", str(file))
        assert refused.returncode == 1
        assert "contact-signing.key of its own" in refused.stderr
        (folder / "contact-signing.key").unlink()
        restored = command_in(folder, "db", "restore", str(file))
        assert restored.returncode == 0, restored.stdout + restored.stderr
        assert "The books are true." in restored.stdout
        for name, content in KEPT.items():
            there = folder / name
            assert (there.read_text(), stat.S_IMODE(there.stat().st_mode)) == (content, 0o600)
        forgot = command_in(folder, "keys", "forget")
        assert (forgot.returncode, forgot.stdout.count(" 0 open under no key")) == (0, 4), forgot.stdout + forgot.stderr
        assert not (folder / "secret-key.before").exists()
        again = command_in(folder, "db", "restore", str(file))
        assert again.returncode == 1
        assert "has" in again.stderr
        assert "tables already" in again.stderr
        compare(own_cluster, folder)


def compare(original: OwnCluster, folder: Path) -> None:
    copy = started_in(folder)
    try:
        with psycopg.connect(original.where.owner_url) as there, psycopg.connect(copy.owner_url) as here:
            assert content(here) == content(there)
            assert here.execute(GUARDS).fetchone() == there.execute(GUARDS).fetchone()
        with psycopg.connect(copy.app_url) as app, pytest.raises(psycopg.Error):
            app.execute("UPDATE journal_line SET amount = amount + 1")
    finally:
        copy.stop()


def content(connection: psycopg.Connection) -> dict[str, object]:
    names = [name for (name,) in connection.execute(TABLES)]
    return {name: connection.execute(CONTENT.format(name).encode()).fetchone() for name in names}


def started_in(folder: Path) -> Database:
    kept = {name: os.environ.pop(name) for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if name in os.environ}
    try:
        return database.start(folder)
    finally:
        os.environ.update(kept)


def command_in(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "WALLETDESK_DATA": str(folder)}
    given.pop("DATABASE_URL", None)
    return subprocess.run(walletdesk(*words), env=given, capture_output=True, text=True)
