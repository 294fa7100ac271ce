"""The settings that differ in tests, for pytest and for the long runs beside it."""

from __future__ import annotations

from django.conf import settings


def settings_for_tests() -> None:
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    settings.PASSWORD_HASHERS = ["tests.quick_hasher.QuickArgon2"]
    settings.HOTLINE_TRUNK = settings.HOTLINE_TRUNK or "sip:trunk.example"  # whoever needs a real one starts it
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
