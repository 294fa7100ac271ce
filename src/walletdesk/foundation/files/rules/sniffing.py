"""What a file is, by its bytes; its name and what the sender says it is count for nothing.

kind_of(content)                "image/png", …, or None when it is none of the kinds that are taken
runs_somewhere(content, kind)   whether a browser could take it for a page or a script as well (a polyglot)
is_harmful(content, kind)       whether it is kept apart: the EICAR test file, a PDF with a program in it
"""

from __future__ import annotations

import re
import unicodedata

import filetype

EXTENSIONS = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "application/pdf": ("pdf",),
    "text/plain": ("txt", "log", "csv", "md"),
    "video/mp4": ("mp4", "m4v"),
    "video/webm": ("webm",),
}
"""The kinds that are taken, with the endings that their names may have; the first is given when none fits."""

_BEGINS_WITH: dict[str, bytes | tuple[bytes, ...]] = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/gif": (b"GIF87a", b"GIF89a"),
    "application/pdf": b"%PDF-",
}
# Short marks are looked for where a browser would look and where things are hung on; long ones everywhere, since eight
# given bytes do not turn up by chance in ten megabytes.
_SHORT_MARKS = (b"<svg", b"<html", b"<body", b"<head", b"<?php", b"<?xml ", b"<img ", b"<math")
_LONG_MARKS = (b"<script", b"<!doctype", b"<iframe", b"<object ", b"<foreignobject", b"javascript:", b" onerror=")
_EDGE = 2048
# ``GIF89a``, ``RIFF`` and a JPEG's first four bytes are names in JavaScript. A script goes on with an operator and opens
# a comment or a string at once, to swallow the picture.
_SCRIPT_GOES_ON = re.compile(
    rb"""[\w$]{0,8}(?:/[*/]|`|[=+\-*,;.(?:&|<>~^%\[\s][\x09-\x0d\x20-\x7e]{0,12}?(?:/[*/]|["'`]))"""
)
_NAME_ENDS_AT = {"image/gif": 6, "image/jpeg": 4, "image/webp": 4}
# Every repetition is bounded and only the beginning is read: the text is a stranger's, and so is the time it would take.
_LOOKS_LIKE_SCRIPT = re.compile(
    r"\b(?:eval|alert|fetch|atob|importScripts|setTimeout|require)\(|\b(?:document|window)\.[a-zA-Z]|=> ?[{(]"
    r"|\bfunction ?\w{0,40} ?\([^\n()]{0,80}\) ?\{|^(?:import|export) [^\n]{1,200}['\"];?$",
    re.MULTILINE,
)
_SCRIPT_READ = 65_536
_LOOKS_LIKE_MARKUP = re.compile(r"\s*<[a-zA-Z!?/]")
_TEXT_CONTROLS = "\t\n\r\f"
_EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"


def _pdf_name(name: str) -> str:
    """A name in a PDF, each letter as it is or spelt ``#xx``."""
    return "/" + "".join(f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in name)


_PDF_PROGRAM = re.compile(f"{_pdf_name('JavaScript')}|{_pdf_name('Launch')}".encode())


def kind_of(content: bytes) -> str | None:
    """The media type, one of :data:`EXTENSIONS`, or None."""
    try:
        guessed = filetype.guess_mime(content)
    except (ValueError, IndexError):  # a broken header
        guessed = None
    if guessed in EXTENSIONS and content.startswith(_BEGINS_WITH.get(guessed, b"")):
        return guessed
    return "text/plain" if text_of(content) is not None else None


def text_of(content: bytes) -> str | None:
    """The text, when every byte of it is text in UTF-8, UTF-16 with its mark, or GB 18030; None for anything else."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(char) in ("Cc", "Cn", "Co") for char in set(text) - set(_TEXT_CONTROLS)):
            return text
    return None


def runs_somewhere(content: bytes, kind: str) -> bool:
    """Whether the bytes are a page, a drawing or a script besides what they claim to be."""
    if kind == "text/plain":
        return _text_runs(text_of(content) or "")
    if kind in _NAME_ENDS_AT and _SCRIPT_GOES_ON.match(content[_NAME_ENDS_AT[kind] :][:32]):
        return True
    return _holds_marks(content) or _goes_on_after_its_end(content, kind)


def is_harmful(content: bytes, kind: str) -> bool:
    """Whether the file is kept apart instead of handed out."""
    if _EICAR in content:
        return True
    return kind == "application/pdf" and _PDF_PROGRAM.search(content) is not None


def _text_runs(text: str) -> bool:
    if _LOOKS_LIKE_MARKUP.match(text) or _LOOKS_LIKE_SCRIPT.search(text[:_SCRIPT_READ]):
        return True
    lower = text.lower()
    return any(mark.decode() in lower for mark in (*_SHORT_MARKS, *_LONG_MARKS))


def _holds_marks(content: bytes) -> bool:
    lower = content.lower()
    edges = lower[:_EDGE] + b"\0" + lower[-_EDGE:]
    return any(mark in lower for mark in _LONG_MARKS) or any(mark in edges for mark in _SHORT_MARKS)


def _goes_on_after_its_end(content: bytes, kind: str) -> bool:
    """A picture that is followed by something else. Telephones hang films on JPEGs, so those may go on."""
    if kind == "image/gif":
        return not content.rstrip(b"\0").endswith(b"\x3b")
    if kind == "image/webp":
        announced = int.from_bytes(content[4:8], "little") + 8
        return len(content) > announced + announced % 2
    if kind == "image/png":
        end = content.rfind(b"IEND")
        return end < 0 or len(content.rstrip(b"\0")) > end + 8
    return False
