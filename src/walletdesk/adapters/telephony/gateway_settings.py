"""Everything that the gateway is told once, at its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from walletdesk.adapters.telephony.dial_plan import DialPlan
from walletdesk.adapters.telephony.media.words import EngineSettings, Latch
from walletdesk.adapters.telephony.sip.porter import PorterRules
from walletdesk.adapters.telephony.sip.settings import LineSettings, Trunk
from walletdesk.adapters.telephony.webrtc.browser_legs import BrowserSettings


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    line: LineSettings = field(default_factory=LineSettings)
    pages: BrowserSettings = field(default_factory=BrowserSettings)
    engine: EngineSettings = field(default_factory=EngineSettings)
    dial_plan: DialPlan = field(default_factory=DialPlan)
    latch: Latch | Literal["auto"] = "auto"  # whom else to believe about where a telephone's sound comes from


def read_trunk(url: str) -> Trunk | None:
    """``sip://user:password@host:port/domain?expires=300&register=0``; empty: none."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "sip" or not parts.hostname:
        raise ValueError(f"not a trunk: it should read sip://user:password@host:port/domain, not {parts.scheme}://…")
    more = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    expires, registers = int(more.get("expires", "300")), more.get("register") != "0"
    return Trunk(parts.hostname, parts.port or 5060, user, password, parts.path.strip("/"), expires, registers)


def read_settings(settings: Any, pages: BrowserSettings | None = None) -> GatewaySettings:
    """From Django's settings object, or anything else with the HOTLINE_ names of docs/operating/settings.md."""
    rules = PorterRules(
        listed=tuple(settings.HOTLINE_SIP_LISTED),
        numbers=tuple(settings.HOTLINE_NUMBERS),
        calls_a_second=settings.HOTLINE_CALLS_A_SECOND,
        calls_at_once=settings.HOTLINE_CALLS_A_SECOND * 2,
        most_calls=settings.HOTLINE_MOST_CALLS,
    )
    public, trunk = settings.HOTLINE_PUBLIC_HOST, read_trunk(settings.HOTLINE_TRUNK)
    first, last = settings.HOTLINE_MEDIA_PORTS
    plan = DialPlan(
        tuple(settings.HOTLINE_DIAL_PREFIXES),
        tuple(settings.HOTLINE_DIAL_REFUSED),
        frozenset(settings.HOTLINE_TRANSFER_NUMBERS),
    )
    return GatewaySettings(
        line=LineSettings(settings.HOTLINE_SIP_HOST, settings.HOTLINE_SIP_PORT, public, rules, trunk),
        pages=pages or BrowserSettings(),
        engine=EngineSettings(address=settings.HOTLINE_MEDIA_HOST, first_port=first, last_port=last),
        dial_plan=plan,
        latch=settings.HOTLINE_MEDIA_LATCH,
    )
