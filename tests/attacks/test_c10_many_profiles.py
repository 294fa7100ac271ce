"""C10: an agent copies 200 profiles in one shift: told of at the fiftieth, private fields masked, and a ceiling for those."""

from __future__ import annotations

import pytest

from tests.factories.service import a_payer
from tests.factories.trust import a_customer, an_employee
from walletdesk.service.agent_actions.public import look_up, unmask
from walletdesk.service.cases.public import open_case, take_case
from walletdesk.service.oversight.public import TooManyUnmaskings, alarms

pytestmark = pytest.mark.django_db


def test_c10_two_hundred_profiles_are_told_of_at_the_fiftieth_and_masked_all_the_while() -> None:
    thief = an_employee("agent")
    for place in range(200):
        found = a_customer(f"客户{place}", f"138{place:08d}")
        card = look_up(thief.id, open_case("question", found.id).id)
        assert card.phone == found.masked_phone
        assert card.wallets is None
        assert len(alarms()) == (1 if place >= 49 else 0), place
    assert [(alarm.kind, alarm.about.id) for alarm in alarms()] == [("many_looks", thief.id)]


def test_c10_uncovering_stops_at_the_ceiling() -> None:
    thief = an_employee("agent")
    found = open_case("question", a_payer().id)
    take_case(thief.id, found.id)
    for _ in range(100):
        unmask(thief.id, found.id, "email", "Because")
    for _ in range(3):
        with pytest.raises(TooManyUnmaskings):
            unmask(thief.id, found.id, "phone", "Because")
    assert "many_unmaskings" in {alarm.kind for alarm in alarms()}
