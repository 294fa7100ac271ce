"""``{% load parts %}``: the parts of a page that need a little thought (amounts, moments, rings); the rest is cotton."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from walletdesk.doors._shared import promise_ring, reader_time
from walletdesk.foundation.amount.public import CNY, Amount
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.public import spoken_duration

register = template.Library()
_YEN = {"JPY": "JP¥"}  # two currencies share one sign; on a page the yen says so
_HIDDEN = Words("已隐藏", "hidden")


def amount_markup(value: Amount, classes: str = "", signed: bool = False, hidden: bool = False) -> SafeString:
    """An amount as ``<data class="amt">``: currency, large whole, small decimals, never cut. Minus is −, + is jade."""
    sign = _YEN.get(value.asset.code, value.asset.sign)
    if hidden:
        return format_html(
            '<span class="amt {}"><span class="c">{}</span>•••<span class="vh">{}</span></span>', classes, sign, _HIDDEN
        )
    before = "−" if value.minor < 0 else "+" if signed and value.minor > 0 else ""
    if before == "+" and "go" not in classes.split():
        classes = f"{classes} go"
    return format_html(
        '<data class="amt {}" value="{}">{}<span class="c">{}</span>{}{}</data>',
        classes.strip(),
        value.plain,
        format_html('<span class="g">{}</span>', before) if before else "",
        sign,
        value.whole,
        format_html('<span class="d">{}</span>', value.decimals) if value.decimals else "",
    )


@register.simple_tag(takes_context=True)
def amount(
    context: template.Context,
    value: Amount | int,
    size: Any = "",
    signed: bool = False,
    tone: str = "",
    show: bool = False,
) -> SafeString:
    """``{% amount x size=46 signed=True tone="go" %}``; whole minor units count as CNY. ``hide_amounts`` hides all."""
    shown = value if isinstance(value, Amount) else Amount(value, CNY)
    classes = " ".join(part for part in (f"amt-{size}" if size else "", tone) if part)
    return amount_markup(shown, classes, signed, bool(context.get("hide_amounts")) and not show)


@register.simple_tag
def when(moment: datetime | None, style: str = "short", classes: str = "") -> SafeString | str:
    """``{% when at "clock" %}``: clock, seconds, day, near, short, long or full, in the reader's time zone."""
    if moment is None:
        return ""
    words = reader_time.moment_words(moment, style)
    return format_html('<time class="nowrap {}" datetime="{}">{}</time>', classes, moment.isoformat(), words)


@register.filter
def at_hour(moment: datetime | None) -> str:
    """The moment as plain words, for the inside of a sentence: ``14:32``, or with its day when that is not today."""
    return reader_time.moment_words(moment, "short") if moment else ""


@register.filter
def how_long(seconds: int) -> str:
    """A length of time as plain words: ``7 分钟``, ``7 minutes``."""
    return str(spoken_duration(seconds))


@register.filter
def weekday(moment: datetime) -> str:
    return reader_time.weekday_words(reader_time.local(moment).date())


@register.filter
def initial(name: str) -> str:
    """The one character that stands for a person or a shop."""
    return (str(name).strip() or "·")[0].upper()


@register.simple_tag
def icon(name: str, size: int | str = "", label: str = "", classes: str = "") -> SafeString:
    """``{% icon "home" 20 %}``: 24 px unless told 20, 18 or 16. Without ``label`` it is decoration."""
    return _drawing("i", name, f" i-{size}" if size else "", label, classes)


@register.simple_tag
def shape(name: str, size: int | str = "", label: str = "", classes: str = "") -> SafeString:
    """``{% shape "done" %}``: done, half, tri, hold, ring, dash, x, flat, dot, talk, star; 12 px unless told."""
    return _drawing("s", name, f" s-{size}" if size else "", label, classes)


@cache
def _drawing(kind: str, name: str, size: str, label: str, classes: str) -> SafeString:
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}{}{}" {}><use href="{}#{}-{}"></use></svg>',
        kind,
        size,
        f" {classes}" if classes else "",
        spoken,
        static("walletdesk/icons.svg"),
        kind,
        name,
    )


@register.simple_tag
def wave() -> SafeString:
    """The banknote's fine wave: only where money really is."""
    return format_html(
        '<svg class="guil" viewBox="0 0 326 12" preserveAspectRatio="none" aria-hidden="true"><use href="{}#g-wave"></use></svg>',
        static("walletdesk/icons.svg"),
    )


_TICKS = format_html_join(
    "", '<path class="tick" d="M36 1.5v3" transform="rotate({} 36 36)"/>', ((turn,) for turn in range(0, 360, 30))
)


@register.simple_tag
def clock(due: datetime, since: datetime | None = None, tone: str | None = None) -> SafeString:
    """The ring of a promise: how much of the time from ``since`` to ``due`` is left. live.js moves it once a minute."""
    drawn = promise_ring.ring(due, since, now())
    return format_html(
        '<svg class="clock {}" viewBox="0 0 72 72" role="img" aria-label="{} {}" data-due="{}" data-since="{}"{}>{}'
        '<circle class="track" cx="36" cy="36" r="30"/>'
        '<circle class="left" cx="36" cy="36" r="30" stroke-dasharray="{} 188.5" transform="rotate(-90 36 36)"/>'
        '<text x="36" y="39">{}</text><text class="unit" x="36" y="52">{}</text></svg>',
        drawn.tone if tone is None else tone,
        drawn.figure,
        drawn.unit,
        due.isoformat(),
        since.isoformat() if since else "",
        mark_safe(" data-tone") if tone is not None else "",
        _TICKS,
        drawn.left,
        drawn.figure,
        drawn.unit,
    )


@register.simple_tag
def clock_kept() -> SafeString:
    """The ring of a promise that was kept: a ticked circle."""
    return mark_safe(
        '<svg class="clock kept-ring" viewBox="0 0 72 72" aria-hidden="true"><circle cx="36" cy="36" r="30"/>'
        '<path d="M24 37l8.5 8.5L49 28"/></svg>'
    )


@register.simple_tag
def clock_broken() -> SafeString:
    """The ring of a promise that was broken: nothing left, and it says so."""
    return mark_safe(
        '<svg class="clock broken-ring" viewBox="0 0 72 72" aria-hidden="true"><circle cx="36" cy="36" r="30"/>'
        '<path d="M36 20v20M36 50v.01"/></svg>'
    )


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """This page's query with some fields changed; an empty value drops the field. For filters and "more"."""
    fields = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            fields.pop(name, None)
        else:
            fields[name] = str(value)
    return f"?{fields.urlencode()}" if fields else "?"
