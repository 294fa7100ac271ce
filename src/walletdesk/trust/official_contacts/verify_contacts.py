#!/usr/bin/env python3
"""核对一份 Walletdesk 官方名录是不是真的。Check whether a copy of Walletdesk's official contacts is genuine.

    python3 verify_contacts.py contacts.json --key <base64>

Needs nothing but Python 3.8 or newer, and no network. The key stands on the contact page, in the welcome mail and in
the app; take it from a place that you trust, not from the sender of the file.

    exit 0   genuine and in force        真，且在有效期内
    exit 1   not signed by this key      不是这把钥匙签的
    exit 2   genuine, but out of date    真，但已过期
    exit 3   file or key not readable    文件或钥匙读不懂

Ed25519 as in RFC 8032 (5.1.7), over the directory in the canonical form of RFC 8785 (no fractions occur in it).
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

UTC = timezone.utc  # noqa: UP017 (the script also runs on Python older than 3.11)

# --- Ed25519 verification: the curve -x² + y² = 1 + d·x²·y² over the field of 2^255 - 19 ---------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def _recover_x(y, sign):
    """The x of a point with this y and this lowest bit, or None."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def _point(encoded):
    """The point behind 32 bytes, in extended coordinates (X, Y, Z, T); None when there is none."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = _recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _add(one, two):
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * one[3] * two[3] * D % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(factor, point):
    result = NEUTRAL
    while factor:
        if factor & 1:
            result = _add(result, point)
        point, factor = _add(point, point), factor >> 1
    return result


def _same(one, two):
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _recover_x(_BASE_Y, 0)
BASE = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def signature_holds(public_key, message, signature):
    """RFC 8032, 5.1.7. False for anything that is not exactly a valid signature; never an exception."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a, r = _point(public_key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % ORDER
    return _same(_times(s, BASE), _add(r, _times(k, a)))


# --- The canonical form: RFC 8785 without fractions -----------------------------------------------------------------


def canonical(part):
    """The one way to write this down: keys in order of their UTF-16 units, no spaces, UTF-8. ValueError for the rest."""
    return _canonical_text(part).encode("utf-8")


def _canonical_text(part):
    if isinstance(part, dict):
        if not all(isinstance(key, str) for key in part):
            raise ValueError("a key is not text")
        ordered = sorted(part, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_canonical_text(key)}:{_canonical_text(part[key])}" for key in ordered) + "}"
    if isinstance(part, (list, tuple)):
        return "[" + ",".join(_canonical_text(inner) for inner in part) + "]"
    if isinstance(part, float) or (isinstance(part, int) and abs(part) > 2**53 - 1):
        raise ValueError("fractions and very large numbers have no place here")
    if part is None or isinstance(part, (str, int)):
        return json.dumps(part, ensure_ascii=False)
    raise ValueError(f"{type(part).__name__} has no place here")


# --- The command ----------------------------------------------------------------------------------------------------

GENUINE, FORGED, OUT_OF_DATE, UNREADABLE = 0, 1, 2, 3


def key_id(public_key):
    """The fingerprint that people compare: the first 16 hex digits of SHA-256."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def _twice_is_forged(pairs):
    """JSON that names one key twice can be read in two ways: refuse it."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def read_copy(text):
    """(directory, signature) out of a file's text. ValueError when it is not such a file."""
    copy = json.loads(text, object_pairs_hook=_twice_is_forged)
    if not isinstance(copy, dict) or not isinstance(copy.get("directory"), dict):
        raise ValueError("no directory in it")
    return copy["directory"], base64.b64decode(str(copy.get("signature", "")), validate=True)


def judge(directory, signature, public_key, at):
    """One of GENUINE, FORGED, OUT_OF_DATE."""
    if not signature_holds(public_key, canonical(directory), signature):
        return FORGED
    until = datetime.strptime(directory["valid_until"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    return GENUINE if at < until else OUT_OF_DATE


def _show(directory, public_key):
    shown = key_id(public_key)
    print(f"第 {directory['version']} 版   Edition {directory['version']}")
    print(f"签发 issued {directory['issued_at']}   有效至 valid until {directory['valid_until']}")
    print("钥匙 key", " ".join(shown[at : at + 4] for at in range(0, 16, 4)))
    for entry in directory["entries"]:
        print(f"  {entry['shown']}\n      {entry['name']['zh-hans']}   {entry['name']['en']}")


def main(words=None):
    parser = argparse.ArgumentParser(description="核对官方名录 / Check a copy of the official contacts")
    parser.add_argument("file", help="contacts.json；- 为标准输入 / - reads standard input")
    parser.add_argument("--key", required=True, help="公钥 base64 / the public key in base64")
    chosen = parser.parse_args(words)
    try:
        public_key = base64.b64decode(chosen.key, validate=True)
        if len(public_key) != 32:
            raise ValueError("a key has 32 bytes")
        text = sys.stdin.read() if chosen.file == "-" else Path(chosen.file).read_text(encoding="utf-8")
        directory, signature = read_copy(text)
        verdict = judge(directory, signature, public_key, datetime.now(UTC))
    except (OSError, ValueError, KeyError, TypeError, RecursionError, binascii.Error) as broken:
        print(f"读不懂这份文件或钥匙：{broken}\nThe file or the key cannot be read: {broken}")
        return UNREADABLE
    if verdict == FORGED:
        print("不是真的：签名对不上。不要拨打、不要打开里面的任何联系方式。")
        print("Not genuine: the signature does not hold. Do not call or open anything in it.")
        return FORGED
    if verdict == OUT_OF_DATE:
        print("是真的，但已过期。请下载新的一份。\nGenuine, but out of date. Download a new copy.")
    else:
        print("是真的：签名有效。\nGenuine: the signature holds.")
    _show(directory, public_key)
    return verdict


if __name__ == "__main__":
    sys.exit(main())
