"""How long it took to get somebody back in, in words; pure."""

from __future__ import annotations

from walletdesk.foundation.i18n.words import Words

SECONDS = Words("{n} 秒", "{n} seconds")
MINUTES = Words("{n} 分钟", "{n} minutes")
HOURS = Words("{n} 小时 {m} 分钟", "{n} h {m} min")
DAYS = Words("{n} 天 {m} 小时", "{n} d {m} h")


def spoken_duration(seconds: int) -> Words:
    """``7 分钟`` / ``7 minutes``: in the largest unit that fits, with the next one where it matters."""
    if seconds < 120:
        return _said(SECONDS, seconds)
    if seconds < 2 * 3600:
        return _said(MINUTES, round(seconds / 60))
    if seconds < 48 * 3600:
        return _said(HOURS, seconds // 3600, seconds % 3600 // 60)
    return _said(DAYS, seconds // 86_400, seconds % 86_400 // 3600)


def _said(words: Words, n: int, m: int = 0) -> Words:
    both = words.both(n=n, m=m)
    return Words(both["zh-hans"], both["en"])
