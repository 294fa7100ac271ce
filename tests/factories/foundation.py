"""Builders for the ground floor: people who can sign in, moments, files as they really come in."""

from __future__ import annotations

import itertools
import struct
import zlib
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model

from walletdesk.foundation.clock.public import now

_numbers = itertools.count(1)


def a_user(email: str = "", password: str = "correct horse battery", **fields: Any) -> Any:
    """Somebody who can sign in, by an address that is theirs."""
    fields.setdefault("email_verified_at", now())
    return get_user_model().objects.create_user(email or f"person{next(_numbers)}@example.com", password, **fields)


def a_moment(day: int = 1, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """A moment in May 2026, UTC: some months before the tests' today."""
    return datetime(2026, 5, day, hour, minute, second, tzinfo=UTC)


def a_png(width: int = 2, height: int = 2) -> bytes:
    """A real picture, grey."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def a_gif(width: int = 1, height: int = 1) -> bytes:
    """The smallest real GIF."""
    return (
        b"GIF89a"
        + struct.pack("<HH", width, height)
        + b"\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
    )


def a_jpeg() -> bytes:
    """As much of a JPEG as a reader of headers looks at."""
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00"
        + b"\x08" * 64
        + b"\xff\xd9"
    )


def a_webp() -> bytes:
    body = b"WEBPVP8L" + struct.pack("<I", 9) + b"\x2f\0\0\0\0\x07\x10\x11\x11" + b"\0"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def a_heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x08mdat"


def an_mp4() -> bytes:
    return b"\0\0\0\x18ftypisom\0\0\x02\0isommp42" + b"\0\0\0\x08mdat"


def a_webm() -> bytes:
    return b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + b"\0" * 32


def a_pdf(extra: bytes = b"") -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog " + extra + b">>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def eicar() -> bytes:
    """The harmless file that every virus scanner knows; put together here so that none finds this source."""
    return rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
