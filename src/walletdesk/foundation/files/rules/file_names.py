"""What a file may be called here, and how a browser is told its name and kept from running it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from walletdesk.foundation.files.rules.sniffing import EXTENSIONS

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%;`$&\']')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_ACTIVE_ENDING = re.compile(
    r"\.(?:m?js|jsx?|tsx?|html?|xht(?:ml)?|svgz?|xml|xsl[t]?|css|wasm|php\d?|hta|htc|swf|jar|exe|dll|msi|bat|cmd|com|scr"
    r"|ps1|vbs|vbe|wsf|sh|py|pl|lnk|url|apk|ipa|dmg|iso|reg)$",
    re.IGNORECASE,
)


def clean_name(given: str, kind: str) -> str:
    """A safe name close to the one given, whose ending fits what the file is.

    Folders, control and invisible characters, marks that turn the direction of writing, and what shells and file
    systems read as orders are taken away; Chinese and other letters stay. At most 120 characters. Never empty.
    """
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C" and char not in "\u2028\u2029")
    name = _FORBIDDEN.sub("_", " ".join(name.split())).strip(" .")
    stem, dot, ending = name.rpartition(".")
    fitting = EXTENSIONS[kind]
    if dot and stem and ending.lower() in fitting:
        ending = ending.lower()
    else:
        stem, ending = name.replace(".", "_"), fitting[0]
    stem = stem.strip(" .")[: LONGEST - len(ending) - 1].rstrip(" .") or "file"
    return f"_{stem}.{ending}" if _DEVICE.match(stem) else f"{stem}.{ending}"


def name_promises_a_program(given: str) -> bool:
    """Whether a text is called like something that runs: then it is taken for that."""
    return _ACTIVE_ENDING.search(given.strip(" .\0")) is not None


def content_disposition(name: str) -> str:
    """Always an attachment; the name in ASCII for old readers and in UTF-8 for all others (RFC 6266, RFC 8187)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", plain).strip(" ")
    if not plain.partition(".")[0]:
        plain = f"file{plain}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def download_headers(name: str, kind: str) -> dict[str, str]:
    """Every header that hands a file out: as what it is, as an attachment, without any right to run."""
    return {
        "Content-Type": "text/plain; charset=utf-8" if kind == "text/plain" else kind,
        "Content-Disposition": content_disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
