"""Answer the telephone and calls from pages, until TERM. One process a database; a second one stands by."""

from __future__ import annotations

import argparse


def add(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from walletdesk.project.hotline import answer_calls

    return answer_calls()
