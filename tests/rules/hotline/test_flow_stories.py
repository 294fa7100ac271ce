"""A call as a story: what happens, and what is asked for, in the order in which a caller meets it."""

from __future__ import annotations

from typing import Any

import pytest

from walletdesk.service.hotline.rules import commands as ask
from walletdesk.service.hotline.rules import room_words as room
from walletdesk.service.hotline.rules.flow import begin, step
from walletdesk.service.hotline.rules.flow_state import Flow, Surroundings
from walletdesk.service.hotline.rules.gateway_words import (
    CallAnswered,
    CallEnded,
    Digit,
    MediaLost,
    OriginateResult,
    PlayDone,
)
from walletdesk.service.hotline.rules.menu import FIRST_MENU
from walletdesk.service.hotline.rules.places import PLACES
from walletdesk.service.hotline.rules.said import PROMPTS


class Story:
    def __init__(self, **flow: Any) -> None:
        self.flow, self.asked = begin(Flow("c1", "caller", **flow), FIRST_MENU, Surroundings())

    def hears(self, *events: Any) -> tuple[ask.Command, ...]:
        for event in events:
            self.flow, self.asked = step(self.flow, event, FIRST_MENU, Surroundings())
        return self.asked

    def press(self, keys: str) -> tuple[ask.Command, ...]:
        return self.hears(*(Digit("caller", key, "event") for key in keys))

    def sentence_over(self) -> tuple[ask.Command, ...]:
        return self.hears(PlayDone("caller", self.flow.playing, True))

    def time_over(self, name: str) -> tuple[ask.Command, ...]:
        return self.hears(room.TimerFired(name, dict(self.flow.timers)[name]))

    @property
    def said(self) -> list[str]:
        return [word.id for one in self.asked if isinstance(one, ask.Play) for word in one.words]

    def asks(self, kind: type) -> list[Any]:
        return [one for one in self.asked if isinstance(one, kind)]


def in_line() -> Story:
    story = Story(language="zh-hans")
    story.hears(CallAnswered("caller"))
    story.press("10")
    return story


def in_talk() -> Story:
    story = in_line()
    story.hears(
        room.PlaceTold(1, 2, "", 0, False),
        room.Offered("o1", "zhou", "1024", "agent:zhou:p", 15),
        room.OfferAccepted("o1"),
        CallAnswered("c1:agent:1"),
        PlayDone("c1:agent:1", "w1", True),
    )
    assert story.flow.place == "talking"
    return story


def test_no_word_in_any_language_twice_then_chinese() -> None:
    story = Story()
    story.hears(CallAnswered("caller"))
    assert story.said == ["welcome", "choose_language"]
    for _ in range(2):
        story.sentence_over()
        story.time_over("key")
    assert (story.flow.place, story.flow.language) == ("consent", "zh-hans")


def test_consent_is_staying_on_the_line_and_two_says_no() -> None:
    stays = Story(language="en")
    stays.hears(CallAnswered("caller"))
    stays.sentence_over()
    stays.time_over("key")
    refuses = Story(language="en")
    refuses.hears(CallAnswered("caller"))
    refuses.hears(PlayDone("caller", refuses.flow.playing, False))  # the key's own barge-in comes first
    assert refuses.flow.place == "consent"
    refuses.press("2")
    assert (stays.flow.recording_allowed, refuses.flow.recording_allowed) == (True, False)
    assert refuses.said[0] == "recording_off"


def test_a_wrong_key_three_times_leads_to_a_person_never_to_a_dead_line() -> None:
    story = Story(language="zh-hans")
    story.hears(CallAnswered("caller"))
    story.press("1")
    story.press("8")
    assert story.said[0] == "wrong_key"
    story.press("8")
    story.press("8")
    assert story.flow.place == "waiting"
    assert story.flow.unsaid[0].id == "to_a_person"


def test_what_was_left_to_say_is_said_with_the_place() -> None:
    story = in_line()
    story.hears(room.PlaceTold(3, 7, "14:32", 600, True))
    assert story.said == ["please_wait", "position", "promise", "offer_callback"]
    assert story.flow.promised == "14:32"
    story.sentence_over()
    assert story.said == ["music"]
    story.hears(room.PlaceTold(3, 7, "14:32", 590, True))
    assert story.said == []  # nothing new, nothing said
    story.hears(room.PlaceTold(2, 5, "14:32", 500, True))
    assert story.said == ["position", "offer_callback"]


def test_the_agent_hears_who_it_is_before_the_two_are_joined() -> None:
    story = in_line()
    story.hears(room.Offered("o1", "zhou", "1024", "agent:zhou:p", 15, waited=4), room.OfferAccepted("o1"))
    assert [type(one) for one in story.asked if not isinstance(one, ask.StartTimer | ask.CancelTimer | ask.Play)] == [
        ask.TakeAgent, ask.LinkCase, ask.Ring,
    ]  # fmt: skip
    story.hears(OriginateResult("c1:agent:1", "answered"), CallAnswered("c1:agent:1"))
    (whispered,) = story.asks(ask.Play)
    assert (whispered.leg, whispered.words[0].id, whispered.words[0].value("minutes")) == (
        "c1:agent:1",
        "whisper_stranger",
        4,
    )
    story.hears(PlayDone("c1:agent:1", "w1", True))
    assert story.asks(ask.Bridge) == [ask.Bridge("c1:talk", ("caller", "c1:agent:1"))]


@pytest.mark.parametrize("event", [OriginateResult("c1:agent:1", "no_answer"), CallEnded("c1:agent:1", "hung_up")])
def test_an_agents_page_that_does_not_take_the_line_costs_the_caller_nothing(event: Any) -> None:
    story = in_line()
    story.hears(room.Offered("o1", "zhou", "1024", "agent:zhou:p", 15), room.OfferAccepted("o1"), event)
    assert story.flow.place == "waiting"
    assert story.asks(ask.ReleaseAgent) == [ask.ReleaseAgent("zhou", wrap_up=False, gone=True)]
    assert story.asks(ask.JoinQueue)[0].front


@pytest.mark.parametrize("event", [CallEnded("c1:agent:1", "hung_up"), MediaLost("c1:agent:1", 30)])
def test_a_closed_page_in_mid_call_brings_the_caller_to_the_front_at_most_twice(event: Any) -> None:
    story = in_talk()
    fronts = []
    for turn in range(1, 4):
        story.hears(type(event)(f"c1:agent:{turn}", event.seconds if isinstance(event, MediaLost) else event.reason))
        fronts.append(story.asks(ask.JoinQueue)[0].front)
        story.hears(
            room.PlaceTold(1, None, "", 0, False),
            room.Offered(f"o{turn + 1}", "zhou", "1024", "agent:zhou:p", 15),
            room.OfferAccepted(f"o{turn + 1}"),
            CallAnswered(f"c1:agent:{turn + 1}"),
            PlayDone(f"c1:agent:{turn + 1}", f"w{turn + 1}", True),
        )
    assert fronts == [True, True, False]


def test_who_hangs_up_after_a_promise_is_called_back_and_who_had_none_is_not() -> None:
    promised, told_nothing = in_line(), in_line()
    promised.hears(room.PlaceTold(3, 7, "14:32", 600, True), CallEnded("caller", "hung_up"))
    told_nothing.hears(room.PlaceTold(3, None, "", 0, False), CallEnded("caller", "hung_up"))
    assert promised.asks(ask.KeepPlaceAsCallBack) == [ask.KeepPlaceAsCallBack(gone=True)]
    assert (promised.flow.outcome, told_nothing.flow.outcome) == ("call_back_kept", "abandoned")
    assert told_nothing.asks(ask.LeaveQueue) == [ask.LeaveQueue("hung_up")]


def test_a_pause_of_the_recording_ends_by_itself() -> None:
    story = in_talk()
    story.hears(room.DeskAsked("secret_on", "zhou"))
    assert story.flow.secret
    story.time_over("secret")
    assert not story.flow.secret
    assert story.asks(ask.Collect) == [ask.Collect("caller", secret=False)]


def test_a_wish_of_somebody_who_is_not_in_the_call_is_unheard() -> None:
    story = in_talk()
    story.hears(room.DeskAsked("hang_up", "stranger"))
    assert story.asked == (ask.Unheard("talking", "DeskAsked"),)


def test_an_answering_machine_is_not_put_into_the_queue() -> None:
    story = Story(kind="call_back", place="dialling", language="en")
    story.hears(OriginateResult("caller", "answered"), CallAnswered("caller"))
    for _ in range(3):
        story.sentence_over()
        story.time_over("key")
    assert story.asks(ask.CallBackTried) == [ask.CallBackTried("not_confirmed")]
    assert story.flow.outcome == "not_reached"


@pytest.mark.parametrize(("keys", "stars"), [("5", [5]), ("1", [1]), ("94", [4]), ("9", []), ("99", [])])
def test_the_survey_is_one_key_and_one_more_chance(keys: str, stars: list[int]) -> None:
    story = in_talk()
    story.hears(room.DeskAsked("hang_up", "zhou"))
    saved: list[int] = []
    for key in keys:
        story.press(key)
        saved += [one.stars for one in story.asks(ask.SaveSurvey)]
    assert saved == stars


def test_a_lost_word_of_the_gateway_strands_nobody() -> None:
    story = Story(language="en")
    story.hears(CallAnswered("caller"))
    story.time_over("sound")  # PlayDone never came
    story.time_over("key")
    assert story.flow.place == "choosing"


def test_a_timer_of_an_earlier_turn_is_not_heard() -> None:
    story = Story(language="en")
    story.hears(CallAnswered("caller"))
    stale = dict(story.flow.timers)["sound"]
    story.press("1")
    story.hears(room.TimerFired("sound", stale))
    assert story.asks(ask.Unheard)


def test_each_place_has_its_own_name_and_a_docstring_of_its_module() -> None:
    assert all(name == place.name for name, place in PLACES.items())
    assert len(PLACES) == 21


def test_every_prompt_the_flow_can_speak_is_in_the_catalogue() -> None:
    """``say`` refuses any other; here, that nothing stands in the catalogue's list that nobody ever says."""
    import re
    from pathlib import Path

    import walletdesk.service.hotline.rules as rules

    text = "\n".join(path.read_text() for path in Path(rules.__file__).parent.rglob("*.py"))
    spoken = set(re.findall(r'say\(\s*"([a-z_]+)"', text)) | set(
        re.findall(r'"(menu_[a-z]+|whisper_[a-z]+|number_hint)"', text)
    )
    spoken |= {"payment_in", "payment_out", "frozen", "frozen_already"}
    assert spoken - set(PROMPTS) == set()
