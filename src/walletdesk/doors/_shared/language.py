"""Stub until the doors are written."""
from django.middleware.locale import LocaleMiddleware as ReaderLanguageMiddleware  # noqa: F401
