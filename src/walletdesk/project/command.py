"""The command ``walletdesk``. One module below ``commands/`` for each word; this one only knows their names.

A command's module has ``add(parser)`` and ``run(arguments) -> int``, and a docstring whose first line is its help.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from walletdesk.project.processes.trouble import Interrupted, Trouble

COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "db": "db",
    "seed": "seed",
    "verify-books": "verify_books",
    "keys": "keys",
    "administrator": "administrator",
    "web": "web",
    "worker": "worker",
    "hotline": "hotline",
    "with-postgres": "with_postgres",
}


def main(given: list[str] | None = None) -> int:
    """Run one command; its exit code. Only its own module is read. A Trouble is one sentence on standard error and code 1."""
    words = sys.argv[1:] if given is None else given
    parser = argparse.ArgumentParser(prog="walletdesk", description="A digital wallet and the service desk behind it.")
    chosen = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    known = words[0] if words and words[0] in COMMANDS else None
    for word, module_name in COMMANDS.items():
        if known not in (word, None):  # a child of the supervisor does not wait for what the others would read
            chosen.add_parser(word)
            continue
        module = import_module(f"walletdesk.project.commands.{module_name}")
        help_line = (module.__doc__ or "").split("\n", 1)[0]
        command = chosen.add_parser(
            word, help=help_line, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        module.add(command)
        command.set_defaults(run=module.run)
    arguments, rest = parser.parse_known_args(words)
    if rest and not hasattr(arguments, "takes_rest"):
        parser.error(f"unknown words: {' '.join(rest)}")
    arguments.rest = rest
    try:
        return int(arguments.run(arguments))
    except Trouble as trouble:
        print(f"walletdesk: {trouble}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Interrupted):
        return 130


if __name__ == "__main__":
    sys.exit(main())
