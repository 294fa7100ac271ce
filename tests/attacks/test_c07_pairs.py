"""C07: two agents always approve each other: the pair is told of, and from then on a third person looks at each one."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.factories.service import a_payer, charged_twice, everybody_hears, in_hand
from tests.factories.trust import an_employee, of_tier
from tests.factories.way_back import photos
from walletdesk.foundation.profiles.public import set_value
from walletdesk.service.agent_actions.public import (
    accept_papers,
    approve_refund,
    approve_tier,
    propose_refund,
    tier_proposal,
)
from walletdesk.service.oversight.public import alarms, approve_recovery, pair_rows, propose_recovery, third_looks
from walletdesk.trust.staff.public import EmployeeView
from walletdesk.trust.verification.public import hand_in_for_tier

pytestmark = pytest.mark.django_db
TIMES = 4


def agree(maker: EmployeeView, checker: EmployeeView, times: int) -> None:
    story = charged_twice(a_payer(f"客户{maker.employee_number}"))
    in_hand(story, maker)
    for _ in range(times):
        made = propose_refund(maker.id, story.case.id, story.second.id, 1, "A fen each time")
        approve_refund(checker.id, made.id, made.payload_hash)


def test_c07_two_who_decide_for_each_other_are_told_of_and_looked_at() -> None:
    since = datetime.fromisoformat("2020-02-01T00:00:00+00:00")
    for key, figure in (("pairs.least", TIMES), ("third_look.percent", 0)):
        set_value(key, figure, valid_from=since, source="test")
    one, other = an_employee("senior_agent", "care"), an_employee("senior_agent", "review")
    honest = [an_employee("senior_agent", f"team-{place}") for place in range(3)]
    for place, maker in enumerate(honest):
        agree(maker, honest[(place + 1) % 3], 1)
    agree(one, honest[0], TIMES)
    agree(one, other, TIMES)
    everybody_hears()
    told_before = {alarm.about.id for alarm in alarms()}
    agree(other, one, TIMES)
    everybody_hears()
    told = {(row.maker.id, row.checker.id): row.why for row in pair_rows() if row.why}
    assert told == {(one.id, other.id): "each_other", (other.id, one.id): "each_other"}
    assert {alarm.kind for alarm in alarms()} == {"one_checker"}
    assert other.id in {alarm.about.id for alarm in alarms()} - told_before
    assert {(look.maker.id, look.why) for look in third_looks()} >= {(other.id, "pair")}
    assert not {look.maker.id for look in third_looks()} & {person.id for person in honest}


def test_c07_the_pair_is_told_of_whatever_they_decide() -> None:
    """Higher tiers, not refunds: the two are told of within the kind, and a third person looks at it."""
    since = datetime.fromisoformat("2020-02-01T00:00:00+00:00")
    for key, figure in (("pairs.least", TIMES), ("third_look.percent", 0)):
        set_value(key, figure, valid_from=since, source="test")
    one, other = an_employee("senior_agent", "care"), an_employee("supervisor", "floor")
    an_employee("risk_officer", "safety")
    for number in range(TIMES):
        lin = a_payer(f"客户{number}")
        of_tier(lin.id, 4)
        handed = hand_in_for_tier(lin.id, "id_card", photos("front", "back"))
        accept_papers(one.id, handed.id)
        made = tier_proposal(handed)
        assert made is not None
        approve_tier(other.id, made.id, made.payload_hash)
    everybody_hears()
    assert [(row.maker.id, row.checker.id, row.approved, row.why) for row in pair_rows()] == [
        (one.id, other.id, TIMES, "always")
    ]
    assert {(alarm.kind, alarm.about.id) for alarm in alarms()} == {("one_checker", one.id)}
    assert {(look.maker.id, look.why) for look in third_looks()} == {(one.id, "pair")}


def test_c07_two_administrators_who_are_all_there_are_recover_people_by_nature() -> None:
    since = datetime.fromisoformat("2020-02-01T00:00:00+00:00")
    set_value("pairs.least", TIMES, valid_from=since, source="test")
    maker, checker = an_employee("administrator", "systems"), an_employee("administrator", "nights")
    for _ in range(TIMES):
        made = propose_recovery(maker.id, an_employee("agent", "care").id, "The phone is lost", "In person")
        approve_recovery(checker.id, made.id, made.payload_hash)
    everybody_hears()
    assert [row.why for row in pair_rows()] == [""] and alarms() == []
    an_employee("administrator", "days")
    assert [row.why for row in pair_rows()] == ["always"], "with a third one it is a choice"
