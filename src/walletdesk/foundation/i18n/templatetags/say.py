"""``{% say "中文" "English" name=value %}``: the sentence in the reader's language, its fields escaped."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from walletdesk.foundation.i18n.words import Words

register = template.Library()


@register.simple_tag
def say(zh: str, en: str, **fields: Any) -> SafeString:
    """The words come from the template and may hold markup; the fields come from people and are escaped."""
    escaped = {name: conditional_escape(value) for name, value in fields.items()}
    return mark_safe(Words(zh, en).say(**escaped))  # noqa: S308 - only our own words are unescaped


@register.filter
def spoken(sentence: Words | dict[str, str] | str) -> str:
    """A ``Words``, or a stored ``{"zh-hans": …, "en": …}``, in the reader's language."""
    if isinstance(sentence, dict):
        return Words(sentence.get("zh-hans", ""), sentence.get("en", "")).say()
    return str(sentence)
