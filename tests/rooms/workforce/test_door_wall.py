"""The wall and the pages behind it on the real rooms: who may stand there, what they say, what they refuse."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.desk_browser import at_desk, text_of
from tests.factories.line import a_call, a_place, an_agent_at
from tests.factories.service import a_payer
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.audit.public import verify_chain
from walletdesk.foundation.clock.public import at, now
from walletdesk.service.cases.public import open_case
from walletdesk.service.hotline.models import DeskRequest
from walletdesk.service.hotline.public import live_calls, live_menu, menu_version, menu_versions
from walletdesk.service.workforce.public import count_hours, plan_in_force, simulate_weeks, wishes_in_force
from walletdesk.trust.staff.public import EmployeeView, plan_shift

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("always_open")]
PAGES = ["wall", "wall-report", "wall-planner", "wall-menu"]


@pytest.fixture
def he() -> EmployeeView:
    return an_employee("supervisor", "checks", number="0387", name_zh="何敏", name_en="He Min")


@pytest.fixture
def editor() -> EmployeeView:
    return an_employee("editor", "words", number="0511")


# ---- who may stand here ----


@pytest.mark.parametrize("page", PAGES)
def test_nobody_enters_without_signing_in_and_a_customer_finds_nothing(page: str) -> None:
    assert "/sign-in/" in Client().get(reverse(page)).headers["Location"]
    assert at_desk(a_customer()).get(reverse(page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_an_agent_does_not_stand_at_the_wall(page: str) -> None:
    assert at_desk(an_employee("agent", "care")).get(reverse(page)).status_code == 403


def test_the_bar_offers_what_the_role_may_see(he: EmployeeView, editor: EmployeeView) -> None:
    assert all(word in text_of(at_desk(he).get(reverse("wall"))) for word in ("Desk", "Planner", "Menu", "Prompts"))
    menu = text_of(at_desk(editor).get(reverse("wall-menu")))
    assert "Prompts" in menu
    assert "Planner" not in menu


# ---- the wall ----


def test_an_empty_house_has_a_calm_wall(he: EmployeeView) -> None:
    text = text_of(at_desk(he).get(reverse("wall")))
    for words in ("Nobody waits", "No calls yet today", "None made in 30 days", "None at risk", "Nobody is here"):
        assert words in text
    assert "Even at" in text


def test_the_wall_counts_who_waits_and_shows_who_talks(he: EmployeeView) -> None:
    lin = a_payer()
    for seconds in (200, 72, 10):
        a_place(now() - timedelta(seconds=seconds), customer=lin if seconds == 200 else None,
                due=now() + timedelta(seconds=90) if seconds == 200 else None)  # fmt: skip
    talking, free, away = an_agent_at("on_call"), an_agent_at("available"), an_agent_at("paused")
    lost = an_agent_at("paused", reason="page_closed")
    text = text_of(at_desk(he).get(reverse("wall")))
    assert re.search(r"In the queue 3", text)
    assert "3:20" in text
    for agent, word in ((talking, "Call"), (free, "Free"), (away, "Break"), (lost, "Lost")):
        assert re.search(rf"{agent.employee_number} {word} ", text), word
    assert "Caller: Payments" in text
    assert lin.name not in text


def test_whose_shift_runs_and_who_is_not_there_stands_at_the_wall(he: EmployeeView) -> None:
    began = now() - timedelta(minutes=30)
    late, there, gone = an_employee("agent", "care"), an_agent_at("available"), an_employee("agent", "care")
    for one in (late, there, he):
        plan_shift(one.id, began, began + timedelta(hours=8), by="system")
    plan_shift(gone.id, began - timedelta(hours=8), began, by="system")
    text = text_of(at_desk(he).get(reverse("wall-part", args=["agents"])))
    assert "1 of 2 here" in text
    assert f"{late.employee_number} Not in 30" in text
    assert re.search(rf"{there.employee_number} Free ", text)
    assert gone.employee_number not in text
    assert f"{he.employee_number} Not in" not in text  # a supervisor's work is not the line


def test_the_level_is_that_of_today_by_the_method_in_force(he: EmployeeView) -> None:
    for number in range(10):
        a_call(now() - timedelta(seconds=1), waited=0 if number < 7 else 30, talked=60)
    count_hours()
    text = text_of(at_desk(he).get(reverse("wall-part", args=["six"])))
    assert "Answered in 20 s 70 %" in text
    assert "Goal 80%" in text


def test_a_promise_of_a_case_stands_at_the_wall_before_it_is_late(he: EmployeeView) -> None:
    asker = a_payer()
    with at(now() - timedelta(hours=7, minutes=55)):  # eight hours are promised for a question
        case = open_case("question", asker.id, [])
    part = text_of(at_desk(he).get(reverse("wall-part", args=["risk"])))
    assert case.reference in part
    assert "Unclaimed" in part
    assert asker.name not in part


def test_a_part_that_is_none_is_not_found(he: EmployeeView) -> None:
    assert at_desk(he).get(reverse("wall-part", args=["books"])).status_code == 404


# ---- listening ----


def test_only_who_may_listen_is_led_to_a_conversation(he: EmployeeView) -> None:
    an_agent_at("on_call")
    call = live_calls()[0]
    assert f"/wall/listen/{call.id}/" in at_desk(he).get(reverse("wall")).content.decode()
    senior = an_employee("senior_agent", "care")
    assert "/wall/listen/" not in at_desk(senior).get(reverse("wall")).content.decode()
    assert at_desk(senior).get(reverse("wall-listen", args=[call.id])).status_code == 403


def test_listening_needs_an_own_telephone_page_and_is_written_down(he: EmployeeView) -> None:
    talking = an_agent_at("on_call")
    call, client = live_calls()[0], at_desk(he)
    page = reverse("wall-listen", args=[call.id])
    text = text_of(client.get(page))
    assert talking.employee_number in text
    assert "both who talk hear that a supervisor listens" in text
    refused = client.post(f"{page}wish/", {"wish": "listen"})
    assert refused.status_code == 409
    assert "Your soft-phone is not open" in text_of(refused)
    assert not DeskRequest.objects.exists()
    an_agent_at("available", employee=he)
    assert client.post(f"{page}wish/", {"wish": "listen"}).status_code == 302
    asked = DeskRequest.objects.get().event
    assert (asked["wish"], asked["seat"]) == ("listen", f"agent:{he.id}:page")
    assert verify_chain() is None
    assert client.post(f"{page}wish/", {"wish": "hang_up"}).status_code == 404


def test_a_call_that_is_over_is_not_found(he: EmployeeView) -> None:
    call = a_call(now() - timedelta(minutes=3), waited=10, talked=60)
    assert at_desk(he).get(reverse("wall-listen", args=[call.id])).status_code == 404


# ---- report and planner ----


def test_each_report_states_its_method(he: EmployeeView) -> None:
    a_call(now() - timedelta(seconds=5), waited=3)
    a_call(now() - timedelta(seconds=5), waited=1, talked=60)
    count_hours()
    client, page = at_desk(he), reverse("wall-report")
    for method, words, level in (
        ("offered", "count as not answered", "50.0"),
        ("removed", "− hang-ups within 5 s", "100.0"),
        ("positive", "+ hang-ups within 5 s", "100.0"),
    ):
        text = text_of(client.get(page, {"method": method, "days": "7"}))
        assert f"How this report counts {text.partition('How this report counts ')[2][:5]}" in text
        assert words in text
        assert level in text


def test_simulated_hours_say_so(he: EmployeeView) -> None:
    simulate_weeks(now(), weeks=1, seed=5)
    assert "Holds simulated calls" in text_of(at_desk(he).get(reverse("wall-report"), {"days": "7"}))


@pytest.mark.parametrize("query", ["until=nonsense&days=9&method=best&queue=nobody", "until=9999-12-31", ""])
def test_a_report_of_nonsense_is_todays(he: EmployeeView, query: str) -> None:
    assert at_desk(he).get(f"{reverse('wall-report')}?{query}").status_code == 200


FIGURES = {
    "aht": "300",
    "target_level": "85",
    "target_seconds": "30",
    "patience": "",
    "shrinkage": "25",
    "most_busy": "85",
}


def test_a_draft_is_an_address_and_saving_is_the_planners(he: EmployeeView) -> None:
    client = at_desk(he)
    drafted = text_of(client.get(reverse("wall-planner"), FIGURES | {"day": "1"}))
    assert "A draft; not saved" in drafted
    assert plan_in_force() is None
    assert client.post(reverse("wall-save-plan"), FIGURES).status_code == 302
    assert wishes_in_force().aht == 300
    assert wishes_in_force().patience is None
    assert "saved by agent 0387" in text_of(client.get(reverse("wall-planner")))
    auditor = at_desk(an_employee("auditor", "audit"))
    assert "Save as the plan" not in text_of(auditor.get(reverse("wall-planner")))
    assert auditor.post(reverse("wall-save-plan"), FIGURES).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"aht": "0"}, {"shrinkage": "95"}, {"target_level": "many"}, {"aht": "nan"}, {"aht": "1e99"}]
)
def test_a_figure_outside_its_bounds_is_refused_where_it_stands(he: EmployeeView, wrong: dict[str, str]) -> None:
    client = at_desk(he)
    assert client.get(reverse("wall-planner"), FIGURES | wrong).status_code == 422
    assert client.post(reverse("wall-save-plan"), FIGURES | wrong).status_code == 422
    assert plan_in_force() is None


# ---- the menu ----


def sent(page: str) -> dict[str, str]:
    """The form as the browser would send it back."""
    fields = dict(re.findall(r'<input name="(node-[^"]+)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="(node-[^"]+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'value="([^"]+)" selected', options) or re.search(r'value="([^"]+)"', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def test_the_menu_is_a_picture_with_its_list_and_without_dead_end(he: EmployeeView) -> None:
    page = at_desk(he).get(reverse("wall-menu"))
    text = text_of(page)
    assert "No dead end; a person within two keys" in text
    assert 'role="img" aria-label="Menu: 3 nodes' in page.content.decode()
    assert "Show as a list" in text


def test_keys_are_tried_and_heard(he: EmployeeView) -> None:
    text = text_of(at_desk(he).get(reverse("wall-menu-version", args=[1]), {"keys": "2<0x"}))
    assert "In the menu “payments”" in text
    assert "In the queue: Payments" in text


def test_an_unchanged_form_makes_the_same_menu(he: EmployeeView) -> None:
    client = at_desk(he)
    fields = sent(client.get(reverse("wall-menu")).content.decode())
    assert client.post(reverse("wall-menu-draft", args=[1]), fields).status_code == 302
    assert {node.name: node.choices for node in menu_version(2).menu.nodes} == {
        node.name: node.choices for node in live_menu().menu.nodes
    }


def test_a_colleague_publishes_what_one_wrote(he: EmployeeView, editor: EmployeeView) -> None:
    writer, reader = at_desk(editor), at_desk(he)
    fields = sent(writer.get(reverse("wall-menu")).content.decode())
    fields |= {"node-0-key-6": "7", "node-0-act-6": "person", "node-0-topic-6": "complaints"}
    writer.post(reverse("wall-menu-draft", args=[1]), fields)
    own = writer.post(reverse("wall-menu-publish", args=[2]), {"reason": "Complaints sooner"})
    assert own.status_code == 403
    assert "A colleague publishes" in text_of(own)
    assert live_menu().number == 1
    assert reader.post(reverse("wall-menu-publish", args=[2]), {"reason": "Complaints sooner"}).status_code == 302
    assert live_menu().number == 2
    text = text_of(reader.get(reverse("wall-menu")))
    assert "Agent 0511" in text
    assert "Complaints sooner" in text


def test_a_dead_end_is_shown_and_does_not_go_live(he: EmployeeView, editor: EmployeeView) -> None:
    writer = at_desk(editor)
    fields = sent(writer.get(reverse("wall-menu")).content.decode())
    fields |= {"node-3-name": "dead", "node-3-key-0": "*", "node-3-act-0": "again", "node-3-topic-0": "general"}
    writer.post(reverse("wall-menu-draft", args=[1]), fields)
    page = at_desk(he).get(reverse("wall-menu-version", args=[2]))
    assert "No key leads to “dead”" in text_of(page)
    assert 'class="box bad"' in page.content.decode()
    refused = at_desk(he).post(reverse("wall-menu-publish", args=[2]), {"reason": "hurry"})
    assert refused.status_code == 422
    assert live_menu().number == 1


def test_a_menu_of_nothing_is_kept_as_a_draft_that_says_what_is_wrong(editor: EmployeeView) -> None:
    client = at_desk(editor)
    answer = client.post(reverse("wall-menu-draft", args=[1]), {}, follow=True)
    assert answer.status_code == 200
    assert "There is no start" in text_of(answer)
    assert "Mend what the check says first" in text_of(answer)
    assert len(menu_versions()) == 2


def test_names_in_a_menu_are_text_and_never_markup(editor: EmployeeView, he: EmployeeView) -> None:
    client = at_desk(editor)
    fields = {
        "node-0-name": '<script>"x',
        "node-0-key-0": "0",
        "node-0-act-0": "<b>",
        "node-0-topic-0": "<i>",
        "node-0-to-0": "<u>",
    }
    page = client.post(reverse("wall-menu-draft", args=[1]), fields, follow=True).content.decode()
    assert not re.search(r"<(script|b|i|u)>", page)


# ---- every page ----


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_carries_style_or_script_of_its_own(he: EmployeeView, language: str) -> None:
    an_agent_at("on_call")
    simulate_weeks(now(), weeks=1, seed=5)
    pages = [*(reverse(name) for name in PAGES), reverse("wall-listen", args=[live_calls()[0].id])]
    for path in pages:
        page = at_desk(he, language).get(path).content.decode()
        assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", page), path


@pytest.mark.parametrize("day", ["", "0", "6", "7", "x"])
def test_the_best_time_to_call_is_anybodys(day: str) -> None:
    page = Client(headers={"accept-language": "en"}).get(reverse("best_time"), {"day": day})
    text = text_of(page)
    assert page.status_code == 200
    assert "No calls of our own yet; the usual peaks" in text
    assert "10:00–11:00" in text
    assert Client().post(reverse("best_time")).status_code == 405


def test_the_customer_finds_it_too_and_the_picture_has_its_table() -> None:
    page = at_desk(a_customer()).get(reverse("wallet_best_time"), {"day": "1"})
    assert "Waits on Tuesday: busy 9:00–12:00" in page.content.decode()
    assert "Show as a table" in text_of(page)
