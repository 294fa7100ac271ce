"""From a verb's description to words on a command line, and from words to what the verb is given.

A parameter by position is a word, one by name is an option; its type says how a word is read:

    Money           38.00CNY, or "38.00 CNY"
    datetime        RFC 3339: 2026-11-22T08:00:00Z
    bytes           the name of a file; - is standard input
    bool | None     --capture, --no-capture
    Sequence[str]   given as often as wished
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from walletdesk.client.clients import GROUPS
from walletdesk.client.money import Money
from walletdesk.client.verbs import ListVerb, Verb

AnyVerb = Verb[Any, Any] | ListVerb[Any, Any]


def verbs_of(group: str) -> dict[str, AnyVerb]:
    """The verbs of a group, in the order in which they are written."""
    return {name: one for name, one in vars(GROUPS[group]).items() if isinstance(one, Verb | ListVerb)}


def spoken(name: str) -> str:
    """``qr_png`` as a word on the command line: ``qr-png``."""
    return name.replace("_", "-")


def add_words(parser: argparse.ArgumentParser, verb: AnyVerb) -> None:
    """The words and options that this verb takes."""
    hints = get_type_hints(verb.describe)
    for parameter in _parameters(verb):
        kind = _kind(hints[parameter.name])
        if parameter.kind is not parameter.KEYWORD_ONLY:
            parser.add_argument(parameter.name, type=READERS.get(kind, str), metavar=parameter.name.upper())
            continue
        option, needed = f"--{spoken(parameter.name)}", parameter.default is parameter.empty
        more: dict[str, Any] = {"dest": parameter.name, "required": needed, "default": None}
        if kind is bool:
            parser.add_argument(option, action=argparse.BooleanOptionalAction, **more)
        elif kind is Sequence:
            parser.add_argument(option, action="append", metavar="TEXT", **more)
        else:
            parser.add_argument(option, type=READERS.get(kind, str), metavar=METAVARS.get(kind, "TEXT"), **more)


def given(verb: AnyVerb, words: argparse.Namespace) -> tuple[list[Any], dict[str, Any]]:
    """What the verb is called with; an option that was not given is left to the verb."""
    places, named = [], {}
    for parameter in _parameters(verb):
        value = getattr(words, parameter.name)
        if parameter.kind is not parameter.KEYWORD_ONLY:
            places.append(value)
        elif value is not None:
            named[parameter.name] = value
    return places, named


def _parameters(verb: AnyVerb) -> list[inspect.Parameter]:
    return list(inspect.signature(verb.describe).parameters.values())[1:]


def _kind(hint: Any) -> Any:
    """``str`` of ``str | None``, ``Sequence`` of ``Sequence[str]``."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    return get_origin(hint) or hint


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("say the time zone too, like 2026-11-22T08:00:00Z")
    return moment


def _file(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _readable(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """The reader's own sentence instead of argparse's."""

    def reader(text: str) -> Any:
        try:
            return read(text)
        except (ValueError, OSError) as reason:
            raise argparse.ArgumentTypeError(str(reason)) from None

    return reader


READERS: dict[Any, Callable[[str], Any]] = {
    int: int,
    Money: _readable(Money.read),
    datetime: _readable(_moment),
    bytes: _readable(_file),
}
METAVARS = {int: "NUMBER", Money: "AMOUNT", datetime: "TIME", bytes: "FILE"}
