"""Check every invariant of the books and say which record is wrong first; exit code 2 when one is.

--here   the database of DATABASE_URL as it stands, nothing is started
"""

from __future__ import annotations

import argparse
import subprocess

from walletdesk.project.commands.installation import database_for_a_while, environment, walletdesk


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--here", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    if arguments.here:
        return _check()
    with database_for_a_while() as (where, folder):
        return subprocess.run(walletdesk("verify-books", "--here"), env=environment(where, folder)).returncode


def _check() -> int:
    import django

    django.setup()
    from walletdesk.money.ledger.public import check_books

    report = check_books()
    for finding in report.findings:
        print(f"{finding.invariant}  {finding.what.zh} / {finding.what.en}: {finding.record}")
    counted = ", ".join(f"{number} {name}" for name, number in report.checked.items())
    print(f"{len(report.checks)} checks over {counted}, in {report.took:.2f} s")
    print("The books are true." if report.true else f"{len(report.findings)} findings: the books are NOT true.")
    return 0 if report.true else 2
