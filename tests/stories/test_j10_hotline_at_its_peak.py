"""J10, the hotline at its peak: telephones by sipp, pages in Chromium; tones of known pitch prove who hears whom."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.contracts.telephones import free_port
from tests.stories.answering import (
    MOBILE,
    a_bilingual_desk,
    answers,
    at_the_telephone,
    both_were_recorded,
    lin_with_a_number_on_file,
    proves_who_calls,
    through_the_menu,
    writes_down,
)
from tests.stories.calling import (
    AGENT_HERTZ,
    CALLER_HERTZ,
    THIRD_HERTZ,
    CallingProduct,
    eventually,
    hears,
    with_microphone,
)
from tests.stories.conftest import Window
from tests.stories.people import sign_in
from tests.stories.telephones import telephone, telephone_that_is_called
from walletdesk.service.cases.public import case
from walletdesk.service.hotline.public import (
    calls_of_case,
    calls_of_customer,
    line,
    live_calls,
    promise_count,
    recordings_of_call,
)

pytestmark = pytest.mark.serial
FOUR_SECONDS = re.compile(r"^(?!00:0[0-3])\d\d:\d\d")  # at least: a slow machine looks later


@pytest.fixture
def trunk_port() -> int:
    """Where the telephone network is that we call out through."""
    return free_port()


@pytest.fixture
def outside(trunk_port: int) -> dict[str, str]:
    return {"HOTLINE_TRUNK": f"sip://127.0.0.1:{trunk_port}", "HOTLINE_DIAL_PREFIXES": "+86"}


def test_j10_by_telephone_from_the_first_ring_to_the_summary(calling: CallingProduct, window: Window) -> None:
    lin, desk = lin_with_a_number_on_file(), a_bilingual_desk()
    app = sign_in(window(phone=True), "Lin Xiaoyu", "/wallet/")
    agent = at_the_telephone(window(), "Zhou Lan", AGENT_HERTZ)

    with telephone(calling.line, CALLER_HERTZ, number="02164379999") as phone:
        phone.hears_something()
        phone.key("2")  # English
        phone.key("1")  # the recording may run
        phone.key("1")  # the balance: first, who is speaking?
        digits = proves_who_calls(phone, app)
        eventually(lambda: [call.verified for call in calls_of_customer(lin.id)] == [True], "the proof")
        (call,) = calls_of_customer(lin.id)
        eventually(lambda: calls_of_customer(lin.id)[0].place == "hearing_balance", "the balance")
        phone.hears_something()
        phone.key("#")  # back to the menu
        phone.key("0")  # a person

        answers(agent)
        hears(agent, CALLER_HERTZ)
        phone.hears_tone(AGENT_HERTZ)
        expect(agent.locator("#softphone")).to_contain_text("Lin Xiaoyu")

        agent.locator("#softphone button[value=hold]").click()
        expect(agent.locator("#softphone")).to_contain_text("On hold")
        phone.eventually(lambda: not phone.hears(AGENT_HERTZ), "music while on hold")
        agent.locator("#softphone button[value=resume]").click()
        expect(agent.locator("#softphone")).not_to_contain_text("On hold")
        phone.hears_tone(AGENT_HERTZ)
        hears(agent, CALLER_HERTZ)

        agent.locator("#softphone button[value=hang_up]").click()
        eventually(lambda: calls_of_customer(lin.id)[0].place == "surveying", "the survey")
        phone.key("5")
        phone.is_let_go()

    writes_down(
        agent, "Asked about a double charge; the bakery is asked.", "We tell you in the app what the shop says."
    )
    both_were_recorded(desk, call)
    (call,) = calls_of_customer(lin.id)
    assert call.outcome == "talked"
    assert call.case_id is not None
    standing = case(call.case_id)
    app.goto(f"/wallet/cases/{standing.reference}/")
    expect(app.get_by_text("We tell you in the app what the shop says.").first).to_be_visible()
    no_digits_stand_anywhere(calling, digits)


def no_digits_stand_anywhere(calling: CallingProduct, digits: str) -> None:
    """What was keyed in secret is in no log and no table of the call."""
    assert digits not in calling.product.logs()
    with open_database() as cursor:
        cursor.execute("SELECT count(*) FROM hotline_callevent WHERE detail::text LIKE %s", [f"%{digits}%"])
        assert cursor.fetchone()[0] == 0
        cursor.execute("SELECT count(*) FROM hotline_callevent WHERE detail::text LIKE %s", [f"%{MOBILE}%"])
        assert cursor.fetchone()[0] == 0


def open_database() -> Any:
    from django.db import connection

    return connection.cursor()


def in_line_from_the_page(window: Window) -> Page:
    """Lin calls from her page: known before hello, through the menu by its keypad, into the line."""
    app = with_microphone(sign_in(window(phone=True), "Lin Xiaoyu", "/wallet/"), CALLER_HERTZ)
    app.goto("/wallet/call/")
    app.get_by_role("button", name="Call from this page").click()
    through_the_menu(app, "0")
    expect(app.get_by_text("Ahead of you")).to_be_visible()
    return app


def test_j10_from_the_page_and_the_agent_is_lost_on_the_way(calling: CallingProduct, window: Window) -> None:
    lin = lin_with_a_number_on_file()
    a_bilingual_desk()
    app = in_line_from_the_page(window)

    first = at_the_telephone(window(), "Zhou Lan", AGENT_HERTZ)
    answers(first)
    hears(first, CALLER_HERTZ)
    hears(app, AGENT_HERTZ)
    code = app.locator(".bigdigits").inner_text()
    assert code.split() == first.locator("#softphone .codeword").inner_text().split()

    # The agent's window is gone in mid-call: an apology, the front of the line, the next agent.
    first.close()
    second = at_the_telephone(window(), "Song Zhixing", THIRD_HERTZ)
    answers(second)
    hears(second, CALLER_HERTZ)
    hears(app, THIRD_HERTZ)

    app.locator("[data-hangup]").click()
    writes_down(second, "Asked when the refund comes.", "The refund comes on Tuesday.")
    (call,) = calls_of_customer(lin.id)
    assert call.outcome == "talked"
    eventually(lambda: {row.state for row in recordings_of_call(call.id)} == {"sealed"}, "both recordings")
    assert len(recordings_of_call(call.id)) == 2
    expect(app.get_by_text("The call has ended").first).to_be_visible()


def test_j10_called_back_in_their_place_on_the_number_on_file(
    calling: CallingProduct, window: Window, trunk_port: int
) -> None:
    lin, desk = lin_with_a_number_on_file(), a_bilingual_desk()
    agent = at_the_telephone(window(), "Zhou Lan", AGENT_HERTZ)
    with telephone(calling.line, THIRD_HERTZ, number="02164371111") as stranger:
        stranger.hears_something()
        stranger.key("110")  # Chinese, recorded, a person
        answers(agent)
        hears(agent, THIRD_HERTZ)

        app = in_line_from_the_page(window)
        eventually(lambda: promise_count().running == 1, "the promise of a time: one agent, one call before hers")
        app.get_by_role("button", name="Call me back").click()
        eventually(lambda: [call.place for call in live_calls()] == ["talking"], "the end of her call")
        expect(app.get_by_text("We call you back in your place").first).to_be_visible()
        eventually(lambda: [place.state for place in line()] == ["call_back"], "her place kept")
        agent.locator("#softphone button[value=hang_up]").click()
        stranger.key("3")
        stranger.is_let_go()

    app.goto("/wallet/call/")
    expect(app.locator("#calling")).to_contain_text("We will call you back in your turn")
    with telephone_that_is_called(trunk_port, CALLER_HERTZ) as phone:
        writes_down(agent, "Asked for our hours.", "Nothing more.", after="")
        phone.hears_something()
        phone.key("1")  # it is her, and no machine
        phone.key("1")  # the recording may run
        expect(app.locator("#calling")).to_contain_text("We are calling you back now")
        answers(agent)
        hears(agent, CALLER_HERTZ)
        phone.hears_tone(AGENT_HERTZ)
        expect(agent.locator("#softphone .time")).to_have_text(FOUR_SECONDS)  # something to record
        agent.locator("#softphone button[value=hang_up]").click()
        eventually(lambda: [call.place for call in live_calls()] == ["surveying"], "the survey")
        phone.key("4")
        phone.is_let_go()

    writes_down(agent, "Told her where the refund is.", "Nothing more.")
    (first,) = calls_of_customer(lin.id)
    assert first.case_id, "each contact of a customer stands on a case"
    (back,) = [call for call in calls_of_case(first.case_id) if call.kind == "call_back"]
    assert (back.kind, back.outcome, first.outcome) == ("call_back", "talked", "call_back_kept")
    assert (promise_count().kept, promise_count().broken) == (1, 0)
    assert line() == []
    both_were_recorded(desk, back)
