"""PostgreSQL's literals of arrays, several times faster than a driver that looks at each element. Refuses nothing.

int_array([1, 2])               {1,2}
text_array(["a", 'b"c'])        {"a","b\\"c"}
texts_or_null(["a", None])      {"a",NULL}
uuid_array([UUID(…), None])     {018f…,NULL}; None when there is not one
flag_array([True, False])       {t,f}
of_uuid_arrays([[UUID(…)]])     {"{018f…}"}: the same of ids
of_arrays([(1, 2), (3, 4)])     {"{1,2}","{3,4}"}: an array of literals, each cast to its own array where it is used
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID


def int_array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def text_array(words: Sequence[str]) -> str:
    """Each text quoted. A text with a NUL is refused by the driver, as everywhere."""
    if not words:
        return "{}"
    whole = "".join(words)
    if '"' in whole or "\\" in whole:
        words = [one.replace("\\", "\\\\").replace('"', '\\"') for one in words]
    return '{"' + '","'.join(words) + '"}'


def texts_or_null(words: Sequence[str | None]) -> str:
    quoted = ["NULL" if one is None else '"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in words]
    return "{" + ",".join(quoted) + "}"


def uuid_array(ids: Sequence[UUID | None]) -> str | None:
    """None when there is not one id in it."""
    if not any(ids):
        return None
    return "{" + ",".join(["NULL" if one is None else one.hex for one in ids]) + "}"


def flag_array(flags: Iterable[bool]) -> str:
    return "{" + ",".join(["t" if one else "f" for one in flags]) + "}"


def of_arrays(rows: Iterable[Sequence[int]]) -> str:
    return "{" + ",".join(['"{' + ",".join(map(str, row)) + '}"' for row in rows]) + "}"


def of_uuid_arrays(rows: Iterable[Iterable[UUID]]) -> str:
    return "{" + ",".join(['"{' + ",".join([one.hex for one in row]) + '}"' for row in rows]) + "}"
