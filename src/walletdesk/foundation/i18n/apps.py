"""Tells the words how to find the reader's language: the one Django activated for this request."""

from django.apps import AppConfig
from django.utils import translation

from walletdesk.foundation.i18n.words import join_reader


class I18nConfig(AppConfig):
    name = "walletdesk.foundation.i18n"

    def ready(self) -> None:
        join_reader(translation.get_language)
