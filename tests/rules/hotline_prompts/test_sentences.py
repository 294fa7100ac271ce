"""Whole prompts, as a caller hears them; and that the catalogue and the flow agree on every one."""

from __future__ import annotations

import pytest

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.hotline.prompts.rules.catalogue import CATALOGUE, GROUPS, MUSIC, Prompt
from walletdesk.service.hotline.prompts.rules.pieces import (
    FIGURES,
    LANGUAGES,
    all_pieces,
    clauses_of,
    read_aloud,
    read_sentence,
    read_whole,
    spliced,
)
from walletdesk.service.hotline.rules.said import DAYS, PROMPTS, TOPICS, Said, say

EXAMPLES = {
    "count": 2,
    "minutes": 62,
    "time": "14:32",
    "money": 128_050,
    "asset": "CNY",
    "digits": "1024",
    "day": "monday",
    "topic": "freeze",
}
HEARD = [
    (
        say("position", n=2, minutes=2),
        "您排在第二位，预计等候两分钟",
        "You are number two in the queue. The expected wait is two minutes",
    ),
    (
        say("promise", by="14:32"),
        "我们最晚在下午两点三十二分接听，做不到，就按您现在的位置给您回电。",
        "We will answer by two thirty two in the afternoon or call you back in your place.",
    ),
    (
        say("balance", amount=100_005, asset="CNY"),
        "您的可用余额是一千元零五分",
        "Your available balance is one thousand yuan and five fen",
    ),
    (
        say("balance", amount=20, asset="BTC"),
        "您的可用余额是零点二零BTC",
        "Your available balance is zero point two zero B T C",
    ),
    (
        say("closed", opens="09:00", day="tomorrow"),
        "现在不在人工服务时间。我们明天上午九点整开始服务。",
        "We are closed now. We open tomorrow at nine o'clock in the morning",
    ),
    (
        say("menu_choice", topic="freeze", key="9"),
        "马上冻结钱包请按九",
        "For freezing your wallet at once press nine",
    ),
    (
        say("agent", number="1024"),
        "幺零二四号客服为您服务。",
        "You are speaking with agent one zero two four",
    ),
    (
        say("not_verified", left=2),
        "没有核对上。您还可以试两次。",
        "That did not match. Tries left: two",
    ),
    (
        say("next_steps", case="WD-261122-0007"),
        "接下来要做的事，已写在应用里，参考编号WD二六幺幺二二零零零七",
        "What happens next is written in your app. Your reference is W D two six one one two two zero zero zero seven",
    ),
]


@pytest.mark.parametrize(("said", "zh", "en"), HEARD, ids=[said.id for said, _, _ in HEARD])
def test_what_a_caller_hears(said: Said, zh: str, en: str) -> None:
    assert read_aloud("zh", said) == zh
    assert read_aloud("en", said) == en


def test_whoever_has_not_chosen_hears_both_languages() -> None:
    said = say("choose_language")
    assert spliced("zh", said) == spliced("en", said) == (("zh", "choose_language"), ("en", "choose_language"))


def test_every_prompt_of_the_flow_is_written_and_no_other() -> None:
    topics = {f"topic.{name}" for name in TOPICS}
    assert set(CATALOGUE) | {MUSIC} == set(PROMPTS) | topics


@pytest.mark.parametrize("prompt", CATALOGUE.values(), ids=CATALOGUE)
def test_a_prompt_stands_in_a_group_and_tells_each_of_its_figures_in_both_languages(prompt: Prompt) -> None:
    assert prompt.group in GROUPS
    assert read_whole(prompt) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id_", PROMPTS)
def test_every_prompt_can_be_said_with_its_figures(id_: str, language: str) -> None:
    said = say(id_, **{name: EXAMPLES[kind] for name, kind in PROMPTS[id_].items()})
    row = spliced(language, said)
    assert row
    assert set(row) - {(language, MUSIC)} <= set(all_pieces())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", [*DAYS, "2026-11-23"])
def test_every_day_of_the_flow_can_be_said(day: str, language: str) -> None:
    assert set(spliced(language, say("closed", opens="09:00", day=day))) <= set(all_pieces())


def test_no_prompt_is_called_like_a_piece_of_a_figure() -> None:
    assert not {id_.split(".")[0] for id_ in CATALOGUE} & FIGURES


def test_pieces_are_named_in_the_order_of_the_sentence() -> None:
    assert [piece.words for piece in clauses_of(CATALOGUE["promise"], "en")] == [
        "We will answer by",
        "or call you back in your place.",
    ]
    assert [piece.id for piece in clauses_of(CATALOGUE["promise"], "zh")] == ["promise.1", "promise.2"]
    assert [piece.id for piece in clauses_of(CATALOGUE["welcome"], "zh")] == ["welcome"]


@pytest.mark.parametrize("wrong", ["{nobody}", "{n:backwards}"])
def test_a_figure_that_the_prompt_does_not_carry_is_found(wrong: str) -> None:
    with pytest.raises(ValueError, match="position: no figure"):
        read_sentence("position", f"You are {wrong}", PROMPTS["position"])


def test_a_sentence_that_leaves_a_figure_out_is_found() -> None:
    assert "minutes" in read_whole(Prompt("position", "waiting", Words("您排在第{n}位。", "You are number {n}.")))


@pytest.mark.parametrize("by", ["24:00", "14:60", "-1:00"])
def test_a_time_that_does_not_exist_is_refused(by: str) -> None:
    with pytest.raises(ValueError, match="no such time"):
        spliced("en", say("promise", by=by))


def test_a_prompt_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(KeyError):
        spliced("en", Said("lullaby"))
