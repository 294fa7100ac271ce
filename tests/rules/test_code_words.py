"""How a code is told: for what, how long, and that nobody asks for it."""

from __future__ import annotations

import re

import pytest

from walletdesk.service.notifications.rules.code_words import CODE, NEVER, PURPOSES, SHORT, UNDER, code_message


@pytest.mark.parametrize("purpose", [*PURPOSES, "something_new"])
def test_each_purpose_is_said_in_both_languages_without_a_link(purpose: str) -> None:
    said = code_message(purpose, "493027", 10)
    for text in (said.zh, said.en):
        assert "493027" in text and "10" in text
        assert not re.search(r"https?:|www\.|\.(com|cn|example)", text)
        assert len(text) <= 160
    assert "不要告诉任何人" in said.zh and "Tell nobody" in said.en


def test_no_sentence_asks_for_anything_but_typing_it_on_the_readers_own_page() -> None:
    assert "您自己打开的页面" in UNDER.zh
    assert "从不会问" in SHORT.zh and "从不会问" in NEVER.zh


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        ("493027", True),
        ("K7QF2M9TZX4C", True),
        ("12", False),
        ("12 45", False),
        ("１２３４５６", False),
        ("a" * 25, False),
    ],
)
def test_a_code_is_letters_and_digits(code: str, is_one: bool) -> None:
    assert bool(CODE.fullmatch(code)) is is_one
