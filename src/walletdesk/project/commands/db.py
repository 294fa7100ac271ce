"""The database: up, down, shell, migrate, backup, restore.

up       start PostgreSQL for this data folder and leave it running; prints both addresses
down     stop it
shell    psql, as the application's role (--owner: as the owner); further words go to psql
migrate  bring the schema up to date
backup   write the database into FILE (pg_dump, custom format), keys and files of the data folder into FILE.folder
restore  bring both back, into an empty database and a folder without other keys, then check the books
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess

from walletdesk.project.commands import backup, folder_backup
from walletdesk.project.commands.installation import database_for_a_while, environment, migrate, say
from walletdesk.project.processes import database
from walletdesk.project.processes.data_folder import data_folder, held
from walletdesk.project.processes.trouble import Trouble


def add(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    words.add_parser("up")
    words.add_parser("down")
    words.add_parser("migrate")
    shell = words.add_parser("shell")
    shell.add_argument("--owner", action="store_true")
    shell.set_defaults(takes_rest=True)
    for verb in ("backup", "restore"):
        words.add_parser(verb).add_argument("file")


def run(arguments: argparse.Namespace) -> int:
    verbs = {"up": _up, "down": _down, "shell": _shell, "migrate": _migrate, "backup": _backup, "restore": _restore}
    return verbs[arguments.verb](arguments)


def _up(arguments: argparse.Namespace) -> int:
    folder = data_folder()
    with held(folder):
        where = database.start(folder, kept=True)
    say(f"# {where.words}")
    for sentence in where.left_out:
        say(f"# {sentence}")
    say(f"export DATABASE_URL='{where.app_url}'")
    say(f"export DATABASE_OWNER_URL='{where.owner_url}'")
    return 0


def _down(arguments: argparse.Namespace) -> int:
    folder = data_folder()
    if database.chosen_source() == "url":
        raise Trouble("DATABASE_URL names a server that is not ours to stop.")
    with held(folder):
        where = database.attach(folder)
        if where and where.running:
            where.running.stop()
    say("PostgreSQL is stopped." if where else "No PostgreSQL runs here.")
    return 0


def _migrate(arguments: argparse.Namespace) -> int:
    with database_for_a_while() as (where, folder):
        say(where.words)
        say(migrate(where, folder))
    return 0


def _shell(arguments: argparse.Namespace) -> int:
    with database_for_a_while() as (where, folder):
        url = where.owner_url if arguments.owner else where.app_url
        program = where.running.cluster.binaries.program("psql") if where.running else "psql"
        if not shutil.which(program):
            raise Trouble(f"There is no psql here ({program}).")
        return subprocess.run([program, url, *arguments.rest], env=environment(where, folder)).returncode


def _backup(arguments: argparse.Namespace) -> int:
    target = os.path.abspath(arguments.file)  # noqa: PTH100  (kept a plain string for pg_dump)
    with database_for_a_while() as (where, folder):
        size = backup.write(where, target)
        kept = folder_backup.write(folder, folder_backup.beside(target))
    say(f"{arguments.file}: {size / 2**20:.1f} MB")
    say(
        f"{folder_backup.beside(arguments.file)}: {kept} keys and files of the data folder; keep it elsewhere than the dump"
    )
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    source = os.path.abspath(arguments.file)  # noqa: PTH100
    beside = folder_backup.beside(source)
    with database_for_a_while() as (where, folder):
        if beside.is_file():
            folder_backup.insist_on_room(folder, beside)
        backup.bring_back(where, source)
        if beside.is_file():
            say(f"{folder_backup.bring_back(folder, beside)} keys and files are back in the data folder.")
        else:
            say(
                f"note: no {beside.name} beside it. Old recordings stay sealed, the directory gets a new key, all are signed out."
            )
        say("Restored. Checking the books:")
        return subprocess.run(backup.checker(), env=environment(where, folder)).returncode
