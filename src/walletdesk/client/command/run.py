"""Every call of the Walletdesk API from a shell.

    walletdesk-client orders create "38.00 XTS" --reference A-1001
    walletdesk-client payments refund PAYMENT "5.00 XTS" "Stale cake" --key refund-A-1001
    walletdesk-client events list
    walletdesk-client follow                     events as they happen
    walletdesk-client listen --secret-file FILE  webhooks, verified, on this machine

The API's address is in WALLETDESK_API_URL or --url, the key in WALLETDESK_API_KEY or a file (--key-file): never among
the words, where others on this machine can read it. Answers are JSON, a list is one JSON a line.

Ends with 0: done. 1: refused, and the code is told. 2: the words make no sense. 3: not known whether it took effect; the
same words with the --key that is told are safe. 4: no answer.
"""

from __future__ import annotations

import argparse
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from walletdesk.client.clients import GROUPS, Walletdesk
from walletdesk.client.command.following import follow
from walletdesk.client.command.listening import listen
from walletdesk.client.command.words import add_words, given, spoken, verbs_of
from walletdesk.client.errors import NoAnswer, OutcomeUnknown, Problem, WalletdeskError
from walletdesk.client.lists import Items
from walletdesk.client.verbs import ListVerb

REFUSED, SENSELESS, UNKNOWN, SILENT = 1, 2, 3, 4


def main(words: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    arguments = _parser().parse_args(words)
    try:
        if arguments.group == "listen":
            return listen(arguments.port, arguments.secret_file, once=arguments.once)
        with _client(arguments) as client:
            if arguments.group == "follow":
                return follow(client, arguments.cursor_file, arguments.type, arguments.every, once=arguments.once)
            return _say(client, arguments)
    except (ValueError, OSError) as reason:
        return _end(SENSELESS, str(reason))
    except WalletdeskError as error:
        return _ended_badly(error)
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="walletdesk-client", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--url", help="the API's address, like https://wallet.example")
    parser.add_argument("--key-file", type=Path, metavar="FILE", help="a file that holds the API key")
    parser.add_argument("--language", default="en", metavar="LANGUAGE", help="of the sentences in errors: en or zh-CN")
    groups = parser.add_subparsers(dest="group", required=True, metavar="SUBJECT")
    for name, group in GROUPS.items():
        subject = groups.add_parser(spoken(name), help=_first_line(group.__doc__))
        verbs = subject.add_subparsers(dest="verb", required=True, metavar="VERB")
        for verb_name, verb in verbs_of(name).items():
            told = verb.describe.__doc__ or ""
            one = verbs.add_parser(spoken(verb_name), help=_first_line(told), description=told)
            add_words(one, verb)
            if isinstance(verb, ListVerb):
                one.add_argument("--most", type=int, metavar="NUMBER", help="end after so many")
            one.set_defaults(subject=name, said=verb)
    _add_own(groups)
    return parser


def _add_own(groups: Any) -> None:
    """The two commands that are more than one call."""
    following = groups.add_parser("follow", help="events as they happen, one JSON a line")
    following.add_argument("--type", help="only these, with commas between")
    following.add_argument("--cursor-file", type=Path, metavar="FILE", help="where to go on from, kept up to date")
    following.add_argument("--every", type=float, default=2.0, metavar="SECONDS", help="how often to ask (2)")
    following.add_argument("--once", action="store_true", help="end when there is nothing new")
    listening = groups.add_parser("listen", help="take webhooks on this machine, verify them, print them")
    listening.add_argument("--port", type=int, default=8787)
    listening.add_argument("--secret-file", type=Path, required=True, metavar="FILE", help="whsec_…, one a line")
    listening.add_argument("--once", action="store_true", help="end after the first good one")


def _client(arguments: argparse.Namespace) -> Walletdesk:
    secret = arguments.key_file.read_text().strip() if arguments.key_file else None
    return Walletdesk(secret, arguments.url, language=arguments.language)


def _say(client: Walletdesk, arguments: argparse.Namespace) -> int:
    places, named = given(arguments.said, arguments)
    said = getattr(getattr(client, arguments.subject), arguments.verb.replace("-", "_"))(*places, **named)
    if isinstance(said, bytes):
        sys.stdout.buffer.write(said)
    elif isinstance(said, Items):
        for item in islice(said, arguments.most):
            print(msgspec.json.encode(item).decode(), flush=True)
    elif said is not None:
        print(msgspec.json.format(msgspec.json.encode(said), indent=2).decode())
    return 0


def _ended_badly(error: WalletdeskError) -> int:
    if isinstance(error, OutcomeUnknown):
        return _end(UNKNOWN, f"It is not known whether this took effect. Say the same again with --key {error.key}")
    if isinstance(error, Problem):
        told = " ".join(f"{part.rstrip('.。')}." for part in (error.title, error.money, error.next) if part)
        number = f", request {error.request_id}" if error.request_id else ""
        return _end(REFUSED, f"{told or error} ({error.code or error.status}{number})")
    return _end(SILENT if isinstance(error, NoAnswer) else REFUSED, str(error))


def _end(code: int, sentence: str) -> int:
    print(f"walletdesk-client: {sentence}", file=sys.stderr)
    return code


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0]
