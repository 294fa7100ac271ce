"""Serve an installation: pages, live updates, worker and hotline, over DATABASE_URL or a PostgreSQL of its own. No demo in it.

--split    pages and live updates as processes of their own on two ports; deploy/haproxy.cfg joins them

WALLETDESK_HOTLINE=off serves without a telephone.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from walletdesk.project.commands.installation import environment, migrate, say, step, walletdesk
from walletdesk.project.processes import database, hotline
from walletdesk.project.processes.child import Child, stop_all
from walletdesk.project.processes.data_folder import data_folder, held
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.open_port import require_free
from walletdesk.project.processes.supervisor import interruptible, watch
from walletdesk.project.processes.trouble import Interrupted


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("WALLETDESK_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("WALLETDESK_PORT", "8000")))
    parser.add_argument("--live-port", type=int, default=8001)
    parser.add_argument("--workers", type=int, default=1, help="page processes")
    parser.add_argument("--split", action="store_true")
    parser.add_argument("--no-migrate", action="store_true", help="the schema is brought up to date elsewhere")


def run(arguments: argparse.Namespace) -> int:
    folder = data_folder()
    for port in [arguments.port, *([arguments.live_port] if arguments.split else [])]:
        require_free(arguments.host, port, "--port, --live-port")
    telephone = hotline.line() if hotline.wanted() else None
    children: list[Child] = []
    with held(folder), interruptible():
        where = None
        try:
            with step("postgres") as details:
                where = database.start(folder)
                details.append(where.words)
            for sentence in where.left_out:
                say(f"  note: {sentence}")
            if not arguments.no_migrate:
                with step("migrate") as details:
                    details.append(migrate(where, folder))
            for child in _children(where, folder, arguments, telephone):
                children.append(child)
                child.start()
            say(f"serving on {arguments.host}:{arguments.port}")
            watch(children, where, say)
        except Interrupted:
            pass
        finally:
            stop_all(children)
            if where:
                where.stop()
    return 0


def _children(
    where: Database, folder: Path, arguments: argparse.Namespace, telephone: dict[str, str] | None
) -> list[Child]:
    variables = environment(where, folder)
    host = ["--host", arguments.host, "--workers", str(arguments.workers)]
    pages = walletdesk("web", "--part", "pages" if arguments.split else "both", "--port", str(arguments.port), *host)
    children = [Child("pages", pages, variables), Child("worker", walletdesk("worker"), variables)]
    if arguments.split:
        live = walletdesk("web", "--part", "live", "--port", str(arguments.live_port), "--host", arguments.host)
        children.append(Child("live", live, variables))
    if telephone is not None:
        children.append(Child("hotline", walletdesk("hotline"), {**variables, **telephone}))
    return children
