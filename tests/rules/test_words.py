"""Sentences in two languages: what stands in one stands in the other."""

import string
import sys

import pytest

from walletdesk.foundation.errors import Refusal, TryLater
from walletdesk.foundation.i18n.words import Words

CARD = Words("欠 {amount}，{when}到期", "{amount} due {when}")


def test_a_sentence_is_said_in_the_language_of_its_reader():
    fields = {"amount": "¥38.00", "when": Words("今天", "today")}
    assert CARD.in_language("zh-hans", **fields) == "欠 ¥38.00，今天到期"
    assert CARD.in_language("en", **fields) == "¥38.00 due today"


def test_a_row_keeps_both():
    assert CARD.both(amount="¥1.00", when=Words("明天", "tomorrow")) == {
        "zh-hans": "欠 ¥1.00，明天到期",
        "en": "¥1.00 due tomorrow",
    }


def test_what_people_typed_is_never_read_as_a_place_to_fill():
    assert Words("备注：{note}", "Note: {note}").in_language("en", note="{0.__class__} {note}") == (
        "Note: {0.__class__} {note}"
    )


def kinds_of_refusal(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [kind, *(deeper for child in kind.__subclasses__() for deeper in kinds_of_refusal(child))]


@pytest.fixture(scope="module")
def refusals() -> list[type[Refusal]]:
    for room in ("amount.public", "profiles.public", "idempotency.public", "outbox.public", "files.public"):
        __import__(f"walletdesk.foundation.{room}")
    return [kind for kind in kinds_of_refusal() if kind.__module__ in sys.modules and "tests" not in kind.__module__]


def test_every_refusal_says_in_both_languages_what_happened_where_the_money_is_and_what_to_do(refusals):
    for kind in refusals:
        for part in (kind.what, kind.money, kind.next):
            assert part.zh.strip() and part.en.strip(), kind
            in_zh, in_en = (
                {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (part.zh, part.en)
            )
            assert in_zh == in_en, f"{kind.__name__}: the languages fill in different fields"


def test_a_code_means_the_same_wherever_it_is_used(refusals):
    """Two rooms may refuse for one fact (no such customer); the code then answers with one status in both."""
    statuses = {}
    for kind in refusals:
        assert statuses.setdefault(kind.code, kind.status) == kind.status or "code" not in kind.__dict__, kind


def test_try_later_says_when():
    assert TryLater(retry_after=5).fields == {"retry_after": 5}
