"""Dated figures of the house: one administrator proposes, one of another team decides; what cannot be read is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.factories.desk_browser import at_desk, hidden, text_of
from tests.factories.trust import an_employee
from walletdesk.foundation.audit.public import acts_on_subject
from walletdesk.foundation.clock.public import at, now
from walletdesk.foundation.profiles.public import history, set_value, value
from walletdesk.service.agent_actions import errors
from walletdesk.service.agent_actions.public import approve_figure, propose_figure, withdraw_figure
from walletdesk.trust.approvals.public import TwoPersonRule, open_proposals
from walletdesk.trust.staff.public import ActNotAllowed, EmployeeView, day_began

pytestmark = pytest.mark.django_db
FEE, SHEET, IN_FORCE = "merchant.fee_bps", "limits.sheet.ecny.4", "limits.in_force"
BOARD = "Board decision 2026-12"


@pytest.fixture
def maker() -> EmployeeView:
    return an_employee("administrator", "systems")


@pytest.fixture
def checker() -> EmployeeView:
    return an_employee("administrator", "nights")


def test_a_figure_holds_from_its_day_and_the_old_one_until_then(maker: EmployeeView, checker: EmployeeView) -> None:
    day = (now() + timedelta(days=3)).date()
    made = propose_figure(maker.id, FEE, "45", day, BOARD)
    assert value(FEE) == 60 and len(history(FEE)) == 1, "proposed is not set"
    approve_figure(checker.id, made.id, made.payload_hash)
    assert value(FEE) == 60
    with at(now() + timedelta(days=4)):
        assert value(FEE) == 45
    assert history(FEE)[0].source == BOARD
    (act,) = acts_on_subject(f"figure:{FEE}")
    assert (act.actor, act.detail["before"], act.detail["after"]) == (f"employee:{checker.id}", {FEE: 60}, {FEE: 45})


def test_without_a_day_it_holds_from_the_approval(maker: EmployeeView, checker: EmployeeView) -> None:
    made = propose_figure(maker.id, FEE, "45", None, BOARD)
    approve_figure(checker.id, made.id, made.payload_hash)
    assert value(FEE) == 45


def test_an_approval_after_the_day_does_not_reach_into_the_past(maker: EmployeeView, checker: EmployeeView) -> None:
    """Midnight came between the two: the figure holds from the approval."""
    midnight = day_began() + timedelta(days=1)
    with at(midnight - timedelta(minutes=20)):
        made = propose_figure(maker.id, FEE, "45", midnight.date(), BOARD)
    late = midnight + timedelta(minutes=10)
    with at(late):
        approve_figure(checker.id, made.id, made.payload_hash)
    assert history(FEE)[0].valid_from == late


@pytest.mark.parametrize("who", ["the maker", "their team", "no administrator"])
def test_neither_alone_nor_among_themselves(who: str, maker: EmployeeView) -> None:
    made = propose_figure(maker.id, FEE, "45", None, BOARD)
    others = {
        "the maker": lambda: maker,
        "their team": lambda: an_employee("administrator", "systems"),
        "no administrator": lambda: an_employee("supervisor", "floor"),
    }
    with pytest.raises(TwoPersonRule):
        approve_figure(others[who]().id, made.id, made.payload_hash)
    assert value(FEE) == 60


def test_who_may_not_propose_does_not() -> None:
    with pytest.raises(ActNotAllowed):
        propose_figure(an_employee("supervisor").id, FEE, "45", None, BOARD)


SOUND: dict[str, Any] = {"CNY": {"out.single": 100_000, "out.day": 500_000, "balance": 1_000_000}}
REFUSED = [
    (FEE, "45", "", errors.SourceMissing),
    ("merchant.fee", "45", BOARD, errors.FigureUnknown),
    (FEE, "60", BOARD, errors.FigureNotUsable),
    (FEE, "-1", BOARD, errors.FigureNotUsable),
    (FEE, "4.5", BOARD, errors.FigureNotUsable),
    (FEE, "true", BOARD, errors.FigureNotUsable),
    (FEE, '"45"', BOARD, errors.FigureNotUsable),
    (FEE, "forty", BOARD, errors.FigureNotUsable),
    (SHEET, '{"CNY": {"out.dya": 1}}', BOARD, errors.FigureNotUsable),
    (SHEET, '{"CNY": {"out.day": "1"}}', BOARD, errors.FigureNotUsable),
    (SHEET, '{"CNZ": {"out.day": 1}}', BOARD, errors.FigureNotUsable),
    (SHEET, "[" * 100_000, BOARD, errors.FigureNotUsable),
    (IN_FORCE, '{"4": ["ecny.5"]}', BOARD, errors.FigureNotUsable),
]


@pytest.mark.parametrize(("key", "text", "source", "refusal"), REFUSED, ids=range(len(REFUSED)))
def test_what_the_house_could_not_read_is_refused(
    maker: EmployeeView, key: str, text: str, source: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        propose_figure(maker.id, key, text, None, source)
    assert open_proposals() == []


def test_sheets_and_which_are_in_force_can_be_others(maker: EmployeeView) -> None:
    propose_figure(maker.id, SHEET, json.dumps(SOUND), None, BOARD)
    other = {**value(IN_FORCE), "4": ["payment_account.I", "bar_code.static"]}
    propose_figure(maker.id, IN_FORCE, json.dumps(other), None, BOARD)


def test_a_day_that_has_begun_is_refused(maker: EmployeeView) -> None:
    with pytest.raises(errors.FigureNotUsable):
        propose_figure(maker.id, FEE, "45", (now() - timedelta(days=1)).date(), BOARD)


def test_a_figure_that_moved_meanwhile_is_not_overwritten(maker: EmployeeView, checker: EmployeeView) -> None:
    made = propose_figure(maker.id, FEE, "45", None, BOARD)
    set_value(FEE, 50, source="another way")
    with pytest.raises(errors.FigureMoved):
        approve_figure(checker.id, made.id, made.payload_hash)
    assert value(FEE) == 50 and [one.id for one in open_proposals()] == [made.id], "neither approved nor set"
    withdraw_figure(maker.id, made.id)


def test_the_pages_lead_from_the_list_to_the_approval(maker: EmployeeView, checker: EmployeeView) -> None:
    browser = at_desk(maker)
    assert f'href="/desk/figures/{FEE}/"' in browser.get("/desk/figures/").content.decode()
    page = f"/desk/figures/{FEE}/"
    assert "Holds now" in text_of(browser.get(page))
    refused = browser.post(page, {"value": "-4", "source": BOARD})
    assert refused.status_code == 422 and "below nought" in text_of(refused) and ">-4<" in refused.content.decode()
    assert browser.post(page, {"value": "45", "source": BOARD, "from": "tomorrow"}).status_code == 400
    assert browser.post(page, {"value": "45", "source": BOARD}).status_code == 302
    assert "Waits for a second person" in text_of(browser.get(page))
    (made,) = open_proposals()
    slip = at_desk(checker).get(f"/desk/approvals/{made.id}/")
    assert BOARD in text_of(slip) and "45" in text_of(slip)
    at_desk(checker).post(f"/desk/approvals/{made.id}/approve/", {"hash": hidden(slip, "hash")})
    assert value(FEE) == 45
    assert browser.get("/desk/figures/no.such.key/").status_code == 404
