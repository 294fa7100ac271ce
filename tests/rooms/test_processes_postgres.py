"""The launcher of PostgreSQL: each source, each user, odd places, and what an earlier crash may have left behind."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from walletdesk.project.commands.with_postgres import in_memory
from walletdesk.project.processes import database, postmaster, server_user
from walletdesk.project.processes.data_folder import held
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.postgres_binaries import find
from walletdesk.project.processes.trouble import AlreadyRunning, DiskFull, Trouble, WrongVersion

QUICK = {"shared_buffers": "16MB", "fsync": "off"}
Start = Callable[..., Database]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short path that PostgreSQL's user can walk to; pytest's own folders are private to root."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with tempfile.TemporaryDirectory(prefix="wd-", dir=in_memory()) as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start a database in a folder; whatever was started is stopped."""
    started: list[Database] = []

    def begin(folder: Path, source: str = "") -> Database:
        if source:
            monkeypatch.setenv("WALLETDESK_POSTGRES", source)
        started.append(database.start(folder, QUICK))
        return started[-1]

    yield begin
    for each in started:
        each.stop()


def need(source: str) -> None:
    if find(source) is None:
        pytest.skip(f"not run: no PostgreSQL of the {source} here")


@pytest.mark.parametrize("source", ["system", "wheel"])
def test_each_source_gives_two_roles_and_a_database_that_sees_chinese(folder: Path, start: Start, source: str) -> None:
    need(source)
    where = start(folder, source)
    assert where.running
    assert where.running.cluster.binaries.source == source
    assert str(where.running.cluster.binaries.version) in where.words
    with psycopg.connect(where.owner_url) as owner:
        owner.execute("CREATE TABLE made_by_owner (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    with psycopg.connect(where.app_url) as app:
        app.execute("INSERT INTO made_by_owner (word) VALUES ('钱包')")
        assert app.execute("SELECT show_trgm(word) <> '{}', lower('É') FROM made_by_owner").fetchone() == (True, "é")
        assert app.execute("SHOW fsync").fetchone() == ("off",)
        assert app.execute("SHOW jit").fetchone() == ("off",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DROP TABLE made_by_owner")


@pytest.mark.parametrize("source", ["system", "wheel"])
def test_stopping_leaves_no_process_and_starting_again_keeps_what_was_written(
    folder: Path, start: Start, source: str
) -> None:
    need(source)
    first = start(folder, source)
    assert first.running
    data = first.running.cluster.data
    with psycopg.connect(first.owner_url) as owner:
        owner.execute("CREATE TABLE kept (id int)")
    pid = postmaster.living(data)
    assert pid
    first.stop()
    assert postmaster.living(data) is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with psycopg.connect(start(folder, source).owner_url) as owner:
        assert owner.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_path_too_long_for_a_socket_gets_a_port_of_its_own_and_a_password(folder: Path, start: Start) -> None:
    deep = folder / ("a-rather-long-name-of-a-folder-" * 4) / "walletdesk"
    deep.mkdir(parents=True)
    where = start(deep)
    assert where.running
    assert where.running.address.host == "127.0.0.1"
    with psycopg.connect(where.app_url) as app:
        assert app.execute("SELECT inet_server_addr()::text").fetchone() == ("127.0.0.1/32",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(where.running.address.url("walletdesk_app", "wrong", "walletdesk"))


def test_nobody_else_can_read_its_folder_or_its_passwords(folder: Path, start: Start) -> None:
    where = start(folder)
    assert where.running
    cluster = where.running.cluster
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.folder / "socket").stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.folder / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((cluster.folder / "running.json").stat().st_mode) == 0o600
    assert os.geteuid() != 0 or cluster.data.stat().st_uid != 0


def test_a_postmaster_that_survived_its_supervisor_is_stopped_and_replaced(folder: Path, start: Start) -> None:
    survivor = _start_and_die(folder)
    assert postmaster.works_in(survivor, folder / "postgres" / "data")
    where = start(folder)
    assert where.running
    assert where.running.process
    assert where.running.process.pid != survivor
    assert not postmaster.works_in(survivor, folder / "postgres" / "data")


def test_a_stale_process_id_of_a_stranger_is_left_alone(folder: Path, start: Start) -> None:
    first = start(folder)
    assert first.running
    assert first.running.process
    data = first.running.cluster.data
    os.kill(first.running.process.pid, signal.SIGKILL)
    first.running.process.wait()
    pid_file = data / "postmaster.pid"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        lines = pid_file.read_text().split("\n")
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]))
        assert postmaster.living(data) is None
        again = start(folder)
        assert answers(again)
        assert stranger.poll() is None
        stranger.communicate(b"\n")


def test_a_cluster_of_another_version_is_refused_with_what_to_do(folder: Path, start: Start) -> None:
    where = start(folder)
    assert where.running
    where.stop()
    (where.running.cluster.data / "PG_VERSION").write_text("12\n")
    with pytest.raises(WrongVersion, match="made by PostgreSQL 12"):
        database.start(folder)


def test_two_supervisors_of_one_folder_are_one_too_many(folder: Path) -> None:
    with held(folder), pytest.raises(AlreadyRunning, match=str(os.getpid())), held(folder):
        pass
    with held(folder):
        pass


def test_a_word_that_is_no_source_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALLETDESK_POSTGRES", "mysql")
    with pytest.raises(Trouble, match="url, system or wheel"):
        database.start(folder)
    monkeypatch.setenv("WALLETDESK_POSTGRES", "url")
    with pytest.raises(Trouble, match="needs DATABASE_URL"):
        database.start(folder)


def test_a_foreign_server_is_taken_and_what_it_cannot_separate_is_said(
    folder: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = start(folder)
    monkeypatch.setenv("WALLETDESK_POSTGRES", "url")
    monkeypatch.setenv("DATABASE_URL", ours.owner_url)
    alone = database.start(folder)
    assert alone.running is None
    assert any("One role" in sentence for sentence in alone.left_out)
    monkeypatch.setenv("DATABASE_URL", ours.app_url)
    monkeypatch.setenv("DATABASE_OWNER_URL", ours.owner_url)
    assert database.start(folder).left_out == []
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Trouble, match="does not answer"):
        database.start(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="not run: only root steps down to another user")
def test_a_closed_folder_of_root_gets_its_cluster_elsewhere(
    folder: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_user, "ROOTS_PLACE", folder / "var-lib")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    where = start(closed / "data")
    assert where.running
    assert where.running.cluster.folder.parent == folder / "var-lib"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert (closed / "data" / "postgres-stands-in").read_text() == str(where.running.cluster.folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="not run: only root steps down to another user")
def test_wheel_programs_that_the_user_cannot_read_are_copied(
    folder: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("wheel")
    original = server_user.ServerUser.can

    def cannot_run_the_original(user: server_user.ServerUser, test: str, path: Path) -> bool:
        return "site-packages" not in str(path) and original(user, test, path)

    monkeypatch.setattr(server_user.ServerUser, "can", cannot_run_the_original)
    where = start(folder, "wheel")
    assert where.running
    assert where.running.cluster.binaries.folder.is_relative_to(folder)
    assert answers(where)


@pytest.mark.skipif(os.geteuid() != 0, reason="not run: only root can mount a small disk")
def test_a_disk_without_room_is_said_before_anything_is_written(folder: Path) -> None:
    small = folder / "small"
    small.mkdir(mode=0o755)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", small], capture_output=True).returncode:
        pytest.skip("not run: mounting is not allowed here")
    try:
        with pytest.raises(DiskFull, match="300 MB"):
            database.start(small)
        assert not (small / "postgres" / "data").exists()
    finally:
        subprocess.run(["umount", small], check=True)


def answers(where: Database) -> bool:
    with psycopg.connect(where.app_url) as app:
        return app.execute("SELECT 1").fetchone() == (1,)


def _start_and_die(folder: Path) -> int:
    """A supervisor that starts PostgreSQL and is killed at once; the process id of what it left."""
    program = (
        "import os, signal, sys, pathlib\n"
        "from walletdesk.project.processes import database\n"
        f"database.start(pathlib.Path(sys.argv[1]), {QUICK!r})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True)
    assert done.returncode == -signal.SIGKILL
    return int(json.loads((folder / "postgres" / "running.json").read_text())["pid"])


@pytest.mark.parametrize(
    ("free", "flag", "fits"),
    [(4 * 2**30, 0, True), (64 * 2**20, 0, False), (4 * 2**30, os.ST_NOEXEC, False)],
    ids=["room", "a container's sixty-four megabytes", "no programs may start there"],
)
def test_a_cluster_for_tests_stands_in_memory_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, flag: int, fits: bool
) -> None:
    seen = os.statvfs_result((4096, 4096, free // 4096, free // 4096, free // 4096, 0, 0, 0, flag, 255))
    monkeypatch.setattr(os, "statvfs", lambda place: seen)
    assert in_memory(tmp_path) == (tmp_path if fits else None)


def test_without_a_memory_disk_a_cluster_for_tests_stands_on_the_disk(tmp_path: Path) -> None:
    assert in_memory(tmp_path / "nowhere") is None
