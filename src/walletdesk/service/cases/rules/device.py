"""The device block of a case, from what the browser says about itself.

Simple and honest: what is not said is empty, what is said is kept word by word in ``raw``. Browsers hide models and
versions more and more (a reduced Android string says ``Android 10; K`` on every phone); we do not invent them.
"""

from __future__ import annotations

import re

LONGEST = 512

_BRANDS = (
    (re.compile(r"HUAWEI|HarmonyOS", re.I), "Huawei"),
    (re.compile(r"\bHONOR\b", re.I), "Honor"),
    (re.compile(r"\b(?:Redmi|Xiaomi|MIUI|Mi \d)", re.I), "Xiaomi"),
    (re.compile(r"\bOPPO\b|\bCPH\d", re.I), "OPPO"),
    (re.compile(r"\bvivo\b", re.I), "vivo"),
    (re.compile(r"\bSM-[A-Z]\d|\bSamsung", re.I), "Samsung"),
    (re.compile(r"\bPixel \d"), "Google"),
    (re.compile(r"iPhone|iPad|Macintosh"), "Apple"),
)
_SYSTEMS = (
    (re.compile(r"HarmonyOS[ /]?([\d.]*)"), "HarmonyOS"),
    (re.compile(r"Android ([\d.]+)"), "Android"),
    (re.compile(r"(?:iPhone|CPU) OS ([\d_]+)"), "iOS"),
    (re.compile(r"Windows NT ([\d.]+)"), "Windows"),
    (re.compile(r"Mac OS X ([\d_.]+)"), "macOS"),
    (re.compile(r"CrOS \S+ ([\d.]+)"), "ChromeOS"),
    (re.compile(r"Linux()"), "Linux"),
)
_BROWSERS = (
    (re.compile(r"MicroMessenger/([\d.]+)"), "WeChat"),
    (re.compile(r"Edg(?:A|iOS)?/([\d.]+)"), "Edge"),
    (re.compile(r"HuaweiBrowser/([\d.]+)"), "Huawei Browser"),
    (re.compile(r"(?:Firefox|FxiOS)/([\d.]+)"), "Firefox"),
    (re.compile(r"(?:Chrome|CriOS)/([\d.]+)"), "Chrome"),
    (re.compile(r"Version/([\d.]+).*Safari/"), "Safari"),
)


def device_block(user_agent: str) -> dict[str, str]:
    """``brand``, ``os``, ``os_version``, ``browser``, ``browser_version`` and ``raw`` (at most 512 characters)."""
    raw = "".join(sign for sign in user_agent[:LONGEST] if sign.isprintable())
    brand = next((name for pattern, name in _BRANDS if pattern.search(raw)), "")
    system, system_version = _first(_SYSTEMS, raw)
    browser, browser_version = _first(_BROWSERS, raw)
    return {
        "brand": brand,
        "os": system,
        "os_version": system_version.replace("_", "."),
        "browser": browser,
        "browser_version": browser_version.split(".")[0],
        "raw": raw,
    }


def _first(patterns: tuple[tuple[re.Pattern[str], str], ...], raw: str) -> tuple[str, str]:
    for pattern, name in patterns:
        match = pattern.search(raw)
        if match is not None:
            return name, match[1]
    return "", ""
