"""Which provider the settings name."""

from __future__ import annotations

from collections.abc import Mapping

from walletdesk.adapters.sms.aliyun_style import AliyunStyleSms
from walletdesk.adapters.sms.sandbox import SandboxSms
from walletdesk.adapters.sms.twilio_style import TwilioStyleSms
from walletdesk.service.notifications.ports import SmsProvider

NEEDED = {
    "sandbox": ("url",),
    "twilio": ("url", "account", "token", "sender"),
    "aliyun": ("url", "key_id", "secret", "sign_name", "templates"),
}


class SmsNotConfigured(ValueError):
    """The settings name no such provider, or leave out what it needs; ``str()`` names the settings."""


def provider(name: str, settings: Mapping[str, str], deadline: float) -> SmsProvider:
    """The adapter called ``name`` (sandbox, twilio, aliyun) with these settings. Raises ``SmsNotConfigured``."""
    if name not in NEEDED:
        raise SmsNotConfigured(f"WALLETDESK_SMS: {name!r} is none of {', '.join(NEEDED)}")
    if missing := [field for field in NEEDED[name] if not settings.get(field)]:
        raise SmsNotConfigured(", ".join(f"WALLETDESK_SMS_{field.upper()}" for field in missing) + " is missing")
    if name == "twilio":
        return TwilioStyleSms(settings["account"], settings["token"], settings["sender"], settings["url"], deadline)
    if name == "aliyun":
        templates = dict(pair.split("=", 1) for pair in settings["templates"].split(",") if "=" in pair)
        return AliyunStyleSms(
            settings["key_id"], settings["secret"], settings["sign_name"], templates, settings["url"], deadline
        )
    return SandboxSms(settings["url"], deadline, settings.get("report_to", ""), settings.get("receipt_secret", ""))
