"""Deliver facts from the outbox and run background tasks, until TERM."""

from __future__ import annotations

import argparse


def add(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from walletdesk.project.worker import work

    return work()
