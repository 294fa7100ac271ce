"""“Is this you?”: what somebody pasted, read as a link, a number, an e-mail address or a name; pure.

    official     it stands in the signed directory
    fake         the house knows it for an imitation
    unknown      neither: what is not in the directory is not us

A link is judged by its host alone: what stands before an ``@``, in its path or in its letters' look changes nothing. A
host below ours is not ours unless it stands in the directory itself; a host below a known fake is that fake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar
from urllib.parse import urlsplit

from walletdesk.trust.official_contacts.rules.directory import Directory, Entry

LONGEST_ASKED = 300
COUNTRY = "+86"
Channel = Literal["phone", "web", "email", "social"]
CHANNELS: tuple[Channel, ...] = ("phone", "web", "email", "social")
Known = TypeVar("Known", bound="Fake")
_EMAIL = re.compile(r"[^\s<>@/]+@[^\s<>@/]+\.[^\s<>@/]+")
_HOST = re.compile(r"[^\s/@:?#.]+(\.[^\s/@:?#.]+)+\.?")
_DIALLED = re.compile(r"[+0-9()（）\-\s.]{3,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """``value`` is what is compared: a number with its country, a host, an address or a name in small letters.
    ``odd``: an honest sender has no reason to write it so (a name before the host, letters of another alphabet, a port).
    """

    channel: Channel
    value: str
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Fake:
    """One known imitation; its notes say what it claims."""

    channel: str
    value: str


def read_asked(text: str) -> Asked | None:
    """What it is, as far as it can be told; None for nothing."""
    tidy = text.strip().strip("<>\"'“”‘’《》 ").strip()[:LONGEST_ASKED]
    if not tidy:
        return None
    if "://" in tidy:
        return _link(tidy)
    if found := _EMAIL.search(tidy.removeprefix("mailto:")):
        address = found[0].lower()
        return Asked("email", address, not address.isascii())
    if _DIALLED.fullmatch(number := tidy.removeprefix("tel:")) and (dialled := _number(number)):
        return Asked("phone", dialled)
    if _HOST.fullmatch(re.split(r"[/?#]", tidy, maxsplit=1)[0].split(":")[0]) and not tidy.startswith("@"):
        return _link(f"https://{tidy}")
    return Asked("social", " ".join(tidy.removeprefix("@").split()).casefold())


def _link(text: str) -> Asked | None:
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return Asked("web", text.casefold(), odd=True)
    if not host:
        return Asked("web", text.casefold(), odd=True)
    odd = (
        "@" in parts.netloc
        or port not in (None, 443)
        or not host.isascii()
        or host.startswith("xn--")
        or ".xn--" in host
    )
    return Asked("web", host, odd or parts.scheme not in ("http", "https"))


def _number(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    if not 3 <= len(digits) <= 15:
        return ""
    if text.lstrip().startswith("+"):
        return f"+{digits}"
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return COUNTRY + digits.removeprefix("0")


def official(directory: Directory, asked: Asked) -> Entry | None:
    """The entry that this is; None when it stands nowhere, or is written so that it leads elsewhere."""
    if asked.odd:
        return None
    return next((entry for entry in directory.entries if asked.value in _values(entry, asked.channel)), None)


def _values(entry: Entry, channel: Channel) -> tuple[str, ...]:
    if entry.channel != channel:
        return ()
    if channel == "web":
        return (urlsplit(entry.value).hostname or "",)
    if channel == "social":
        handle = entry.value.split(":", 1)[-1].casefold()
        return (handle, entry.value.casefold(), entry.shown.removeprefix("@").casefold())
    return (entry.value,)


def known_fake(fakes: Iterable[Known], asked: Asked) -> Known | None:
    """The imitation that this is, or stands below."""
    return next((one for one in fakes if _is(one, asked)), None)


def _is(fake: Fake, asked: Asked) -> bool:
    if fake.channel == asked.channel and fake.value == asked.value:
        return True
    domain = asked.value.rpartition("@")[2] if asked.channel == "email" else asked.value
    return fake.channel == "web" and asked.channel in ("web", "email") and f".{domain}".endswith(f".{fake.value}")
