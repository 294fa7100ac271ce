"""The whole of Walletdesk on this machine with a city in it: PostgreSQL, pages, live updates, worker, hotline, and around
them a sandbox bank and a sandbox post office that shows every text and mail.

Everything stands in the data folder (.walletdesk, or WALLETDESK_DATA); Ctrl-C stops everything. To begin anew, remove
that folder.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import time
from pathlib import Path

from walletdesk.project.city import people
from walletdesk.project.commands import city
from walletdesk.project.commands.installation import migrate, say, step, walletdesk
from walletdesk.project.commands.outside import outside
from walletdesk.project.processes import database, hotline
from walletdesk.project.processes.child import Child, stop_all
from walletdesk.project.processes.data_folder import data_folder, held
from walletdesk.project.processes.database import Database
from walletdesk.project.processes.first_page import wait_for_page
from walletdesk.project.processes.open_port import require_free
from walletdesk.project.processes.supervisor import interruptible, watch
from walletdesk.project.processes.trouble import Interrupted


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("WALLETDESK_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("WALLETDESK_PORT", "8000")))
    parser.add_argument("--seed", type=int, default=2026, help="another seed, another city")


def run(arguments: argparse.Namespace) -> int:
    folder = data_folder()
    require_free(arguments.host, arguments.port, "bin/demo --port 8001")
    children: list[Child] = []
    with held(folder), interruptible():
        where = None
        try:
            with step("postgres") as details:
                where = database.start(folder)
                details.append(where.words)
            _mark_as_demo(where)
            children += _prepare(where, folder, arguments)
            _serve(where, folder, arguments, children)
        except Interrupted:
            pass
        finally:
            _stop(children, where)
    return 0


def _prepare(where: Database, folder: Path, arguments: argparse.Namespace) -> list[Child]:
    """Schema, the world outside and the city; returns what runs since."""
    for sentence in where.left_out:
        say(f"  note: {sentence}")
    with step("migrate") as details:
        details.append(migrate(where, folder))
    around = outside(where, folder)
    for child in around:
        child.start()
    try:
        with step("city") as details:
            details.append(city.fill(where, folder, arguments.seed, around[0].environment))
    except BaseException:
        stop_all(around)
        raise
    return around


def _serve(where: Database, folder: Path, arguments: argparse.Namespace, children: list[Child]) -> None:
    url = f"http://localhost:{arguments.port}"
    receipts = f"http://127.0.0.1:{arguments.port}/carriers/sms/receipts/"
    variables = {**children[0].environment, "WALLETDESK_PUBLIC_URL": url, "WALLETDESK_SMS_REPORT_TO": receipts}
    port = ["--host", arguments.host, "--port", str(arguments.port)]
    logs = folder / "logs"
    pages = Child("pages and live", walletdesk("web", *port), variables, logs / "web.log")
    worker = Child("worker", walletdesk("worker"), variables, logs / "worker.log")
    with step("first page") as details:
        children.append(pages)
        pages.start()
        wait_for_page(arguments.host, arguments.port, pages)
        details.append(url)
    children.append(worker)
    worker.start()
    telephone = _telephone(variables, logs, children)
    say(f"\n{people.sign_in_list()}\n  {url}   (Ctrl-C stops everything; logs: {logs})\n{telephone}")
    say(f"  {variables['WALLETDESK_DEMO_POST']}   every text and mail that the demo would have sent")
    say(f"  {variables['WALLETDESK_BANK_URL']}/faults   the sandbox bank, where top-ups go wrong on purpose\n")
    watch(children, where, say)


def _telephone(variables: dict[str, str], logs: Path, children: list[Child]) -> str:
    """The hotline, unless it is switched off; what to dial."""
    if not hotline.wanted():
        return ""
    line = hotline.line(any_port=True)
    child = Child("hotline", walletdesk("hotline"), {**variables, **line}, logs / "hotline.log")
    children.append(child)
    child.start()
    return (
        f"  sip:hotline@{line['HOTLINE_SIP_HOST']}:{line['HOTLINE_SIP_PORT']}   from any soft-phone on this machine\n"
    )


def _mark_as_demo(where: Database) -> None:
    """A cluster that stands outside its checkout may be forgotten when the checkout is gone: only a demo's."""
    if where.running:
        (where.running.cluster.folder / "demo").touch()


def _stop(children: list[Child], where: Database | None) -> None:
    started = time.monotonic()
    killed = stop_all(children)
    if where:
        where.stop()
    words = f" ({', '.join(killed)} had to be killed)" if killed else ""
    with contextlib.suppress(OSError):  # the terminal may be gone by now
        say(f"stopped in {time.monotonic() - started:.1f} s{words}")
