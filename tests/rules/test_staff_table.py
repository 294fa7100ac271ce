"""Who may do what, as a shift leader would read it aloud."""

from __future__ import annotations

import pytest

from walletdesk.trust.staff.rules import ACTS, ROLES, TABLE, read_table, role_may

# The sentences that somebody would be called to account for.
SENTENCES = [
    # role                may / may not   act
    ("agent", True, "work_cases"),
    ("agent", True, "propose_refund"),
    ("agent", False, "decide_refund"),
    ("agent", False, "see_approvals"),
    ("agent", True, "freeze_wallet"),
    ("agent", False, "unfreeze_wallet"),
    ("agent", False, "publish_contacts"),
    ("senior_agent", True, "reassign"),
    ("senior_agent", True, "decide_refund"),
    ("supervisor", True, "decide_refund"),
    ("supervisor", True, "see_books"),
    ("risk_officer", True, "decide_refund"),
    ("risk_officer", False, "propose_refund"),
    ("finance_officer", True, "decide_refund"),
    ("finance_officer", False, "unmask"),
    ("finance_officer", False, "look_up_customer"),
    ("editor", True, "publish_contacts"),
    ("editor", False, "see_cases"),
    ("auditor", True, "see_audit"),
    ("auditor", True, "see_books"),
    ("auditor", False, "unmask"),
    ("auditor", False, "decide_refund"),
    ("administrator", True, "employ_staff"),
    ("administrator", False, "see_cases"),
    ("administrator", False, "unmask"),
    ("administrator", False, "decide_refund"),
]
CHANGE_MONEY_OR_CASES = [
    "work_cases",
    "propose_refund",
    "decide_refund",
    "freeze_wallet",
    "unfreeze_wallet",
    "close_case",
]


@pytest.mark.parametrize(("role", "allowed", "act"), SENTENCES)
def test_the_table_says(role: str, allowed: bool, act: str) -> None:
    assert role_may(role, act) is allowed


@pytest.mark.parametrize("act", CHANGE_MONEY_OR_CASES)
@pytest.mark.parametrize("role", ["editor", "auditor", "administrator"])
def test_who_writes_reads_or_runs_the_house_touches_no_money_and_no_case(role: str, act: str) -> None:
    assert not role_may(role, act)


def test_every_act_is_somebodys_and_every_role_has_one() -> None:
    assert all(ACTS.values())
    assert {role for roles in ACTS.values() for role in roles} == set(ROLES)


def test_an_act_that_stands_in_no_row_is_a_mistake_and_not_a_no() -> None:
    with pytest.raises(KeyError):
        role_may("supervisor", "decide_refunds")


@pytest.mark.parametrize("role", ["", "superuser", "Agent"])
def test_an_unknown_role_may_nothing(role: str) -> None:
    assert not any(role_may(role, act) for act in ACTS)


@pytest.mark.parametrize(
    "spoilt",
    [
        TABLE.replace("supervisor", "boss"),
        TABLE + "work_cases x x x x . . . .\n",
        TABLE + "new_act x x x\n",
        TABLE + "new_act x x x x . . . ?\n",
    ],
)
def test_a_table_that_is_not_whole_is_found_at_import(spoilt: str) -> None:
    with pytest.raises(ValueError, match=r"head|whole"):
        read_table(spoilt)
