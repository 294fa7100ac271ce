"""Many at the same moment: real connections, real commits."""

from __future__ import annotations

from datetime import timedelta

from tests.databases import FreshDatabase
from tests.factories.service import a_desk, a_payer, a_payment, a_shop, charged_twice
from walletdesk.foundation.clock.public import at
from walletdesk.service.cases.models import Case
from walletdesk.service.cases.public import (
    CaseEventRefused,
    CaseTaken,
    break_due_promises,
    close_unconfirmed,
    confirm_solved,
    open_case,
    take_case,
    the_customer,
    timeline,
)
from walletdesk.service.conversations.public import conversation, say


def test_ten_openings_of_one_matter_at_once_are_one_case(fresh_database: FreshDatabase) -> None:
    lin, bakery = a_payer(), a_shop()
    first, second = a_payment(lin, bakery), a_payment(lin, bakery)
    answers = fresh_database.at_once(
        lambda: open_case("duplicate_charge", lin.id, [first.id, second.id]),
        lambda: open_case("duplicate_charge", lin.id, [second.id, first.id]),
        times=5,
    )
    assert len({answer.id for answer in answers}) == 1, answers
    assert Case.objects.count() == 1


def test_cases_opened_at_once_get_numbers_without_a_twin(fresh_database: FreshDatabase) -> None:
    lin = a_payer()
    opened = fresh_database.at_once(lambda: open_case("question", lin.id).reference, times=12)
    assert len(set(opened)) == 12, opened
    assert sorted(reference[-4:] for reference in opened) == [f"{number:04d}" for number in range(1, 13)]


def test_two_agents_reach_for_one_case_and_one_gets_it(fresh_database: FreshDatabase) -> None:
    story, desk = charged_twice(), a_desk()
    got = fresh_database.at_once(
        lambda: take_case(desk.zhou.id, story.case.id), lambda: take_case(desk.he.id, story.case.id)
    )
    assert sorted(type(one).__name__ for one in got) == ["CaseTaken", "CaseView"], got
    assert isinstance(next(one for one in got if isinstance(one, Exception)), CaseTaken)


def test_a_confirmation_sent_five_times_closes_once(fresh_database: FreshDatabase) -> None:
    story = charged_twice()
    answers = fresh_database.at_once(lambda: confirm_solved(story.lin.id, story.case.id), times=5)
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert all(isinstance(answer, CaseEventRefused) for answer in answers if isinstance(answer, Exception)), answers
    assert [line.kind for line in timeline(story.case.id)].count("closed") == 1
    assert story.now().closings == 1


def test_two_workers_watch_the_same_clocks(fresh_database: FreshDatabase) -> None:
    stories = [charged_twice() for _ in range(4)]
    later = stories[-1].case.created_at + timedelta(hours=3)

    def watch() -> int:
        with at(later):
            return break_due_promises() + close_unconfirmed()

    assert sum(fresh_database.at_once(watch, times=3)) == 4
    for story in stories:
        assert [line.kind for line in timeline(story.case.id)] == ["opened", "promise_broken"]


def test_a_form_sent_five_times_at_once_says_it_once(fresh_database: FreshDatabase) -> None:
    story = charged_twice()
    lin = the_customer(story.lin.id)
    said = fresh_database.at_once(lambda: say(story.case.id, lin, "一次", once="form-1"), times=5)
    assert len(set(said)) == 1, said
    assert [message.text for message in conversation(story.case.id, lin)] == ["一次"]
