"""One proposes, another decides: the verbs, in the order of a day at the desk."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories.foundation import a_moment
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.audit.public import acts_of_case
from walletdesk.foundation.clock.public import at, now, uuid7
from walletdesk.foundation.outbox.public import Fact, events_after
from walletdesk.trust.approvals import errors
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.public import (
    ProposalDecided,
    ProposalExpired,
    ProposalMade,
    ProposalView,
    TwoPersonRuleTried,
    approve,
    decided_proposals,
    expire_due,
    objections_to,
    open_proposal_for,
    open_proposals,
    proposal,
    proposals_of_case,
    propose,
    reject,
    report_attempt,
    revise,
    withdraw,
)
from walletdesk.trust.customers.public import CustomerView
from walletdesk.trust.staff.public import EmployeeView, change_post

pytestmark = pytest.mark.django_db
CASE = uuid7()
PAYLOAD = {"payment_id": "0190f1e2-0000-7000-8000-000000000001", "amount_minor": 3800, "reason": "till sent it twice"}


@pytest.fixture
def lin() -> CustomerView:
    return a_customer("林小雨")


@pytest.fixture
def zhou() -> EmployeeView:
    return an_employee("agent", "care", name_zh="周岚", name_en="Zhou Lan")


@pytest.fixture
def he() -> EmployeeView:
    return an_employee("supervisor", "risk", name_zh="何敏", name_en="He Min")


@pytest.fixture
def made(lin: CustomerView, zhou: EmployeeView) -> ProposalView:
    return propose("refund", PAYLOAD["payment_id"], PAYLOAD, zhou.id, CASE, lin.id)


def told() -> list[Fact]:
    return [event.fact for event in events_after(["approvals"], 0, 50)]


def test_a_refund_is_proposed_by_one_and_approved_by_another(
    made: ProposalView, zhou: EmployeeView, he: EmployeeView
) -> None:
    assert made.is_open
    assert made.expires_at - made.made_at == timedelta(hours=1)
    assert open_proposals() == [made] == proposals_of_case(CASE)
    assert open_proposal_for("refund", made.subject) == made
    decided = approve(made.id, he.id, made.payload_hash)
    assert (decided.state, decided.checker, decided.payload) == ("approved", he, PAYLOAD)
    assert open_proposals() == []
    assert decided_proposals(made.made_at) == [decided] == [proposal(made.id)]
    assert [type(one) for one in told()] == [ProposalMade, ProposalDecided]
    acts = {(act.verb, act.actor) for act in acts_of_case(CASE, 10)}
    assert acts == {("propose", f"employee:{zhou.id}"), ("approve", f"employee:{he.id}")}


def test_it_is_sent_back_with_a_reason(made: ProposalView, he: EmployeeView) -> None:
    with pytest.raises(errors.ReasonMissing):
        reject(made.id, he.id, "  ")
    decided = reject(made.id, he.id, "the shop's log is missing")
    assert (decided.state, decided.reason) == ("rejected", "the shop's log is missing")
    with pytest.raises(errors.AlreadyDecided):
        approve(made.id, he.id, made.payload_hash)


class TestRefused:
    def test_an_unknown_proposal(self, he: EmployeeView) -> None:
        with pytest.raises(errors.ProposalNotFound):
            approve(uuid7(), he.id, "0" * 64)
        with pytest.raises(errors.ProposalNotFound):
            reject(uuid7(), he.id, "no")

    def test_too_late(self, made: ProposalView, he: EmployeeView) -> None:
        with at(made.expires_at), pytest.raises(errors.Expired):
            approve(made.id, he.id, made.payload_hash)

    def test_another_thing_than_was_seen(self, made: ProposalView, he: EmployeeView) -> None:
        with pytest.raises(errors.ChangedSince):
            approve(made.id, he.id, "0" * 64)

    def test_the_maker(self, made: ProposalView, zhou: EmployeeView, he: EmployeeView) -> None:
        assert he.team_code == "risk"
        change_post(zhou.id, role="supervisor", team="risk", by="system", reason="promoted, and moved")
        for decide in (lambda: approve(made.id, zhou.id, made.payload_hash), lambda: reject(made.id, zhou.id, "no")):
            with pytest.raises(errors.SamePerson):
                decide()

    def test_a_colleague_of_the_same_team(self, made: ProposalView) -> None:
        with pytest.raises(errors.SameTeam):
            approve(made.id, an_employee("supervisor", "care").id, made.payload_hash)

    def test_a_colleague_who_changed_teams_since_is_of_the_new_one(self, made: ProposalView, he: EmployeeView) -> None:
        colleague = an_employee("supervisor", "care")
        change_post(colleague.id, team=he.team_code, by="system", reason="moved")
        assert approve(made.id, colleague.id, made.payload_hash).state == "approved"

    def test_the_maker_who_changed_teams_since_does_not_free_the_old_team(
        self, made: ProposalView, zhou: EmployeeView, he: EmployeeView
    ) -> None:
        change_post(zhou.id, team=he.team_code, by="system", reason="moved")
        with pytest.raises(errors.SameTeam):
            approve(made.id, an_employee("supervisor", "care").id, made.payload_hash)

    def test_who_gains(self, made: ProposalView, lin: CustomerView) -> None:
        lin_at_the_desk = an_employee("supervisor", "risk", user_id=lin.user_id)
        with pytest.raises(errors.IsBeneficiary):
            approve(made.id, lin_at_the_desk.id, made.payload_hash)

    def test_who_may_not(self, made: ProposalView, he: EmployeeView) -> None:
        for role in ("agent", "editor", "auditor", "administrator"):
            with pytest.raises(errors.MayNot):
                approve(made.id, an_employee(role, "elsewhere").id, made.payload_hash)
        change_post(he.id, active=False, by="system", reason="has left")
        for nobody in (he.id, uuid7()):
            with pytest.raises(errors.MayNot):
                approve(made.id, nobody, made.payload_hash)

    def test_nothing_of_it_changed_the_proposal(self, made: ProposalView, zhou: EmployeeView) -> None:
        for checker in (zhou.id, uuid7()):
            with pytest.raises(errors.TwoPersonRule):
                approve(made.id, checker, made.payload_hash)
        assert proposal(made.id) == made


def test_refusals_of_a_proposal_in_the_order_they_are_tried(
    made: ProposalView, lin: CustomerView, zhou: EmployeeView
) -> None:
    lin_at_the_desk = an_employee("agent", "care", user_id=lin.user_id)
    editor = an_employee("editor")
    steps: list[tuple[str, dict[str, object], UUID, UUID, type[Exception]]] = [
        ("bribe", {"a": 0.5}, editor.id, uuid7(), errors.KindUnknown),
        ("refund", {"a": 0.5}, editor.id, uuid7(), errors.PayloadNotUsable),
        ("refund", PAYLOAD, editor.id, uuid7(), errors.MayNot),
        ("refund", PAYLOAD, uuid7(), uuid7(), errors.MayNot),
        ("refund", PAYLOAD, lin_at_the_desk.id, uuid7(), errors.BeneficiaryUnknown),
        ("refund", PAYLOAD, lin_at_the_desk.id, lin.id, errors.IsBeneficiary),
        ("refund", PAYLOAD, zhou.id, lin.id, errors.AlreadyProposed),
    ]
    for kind, payload, maker, beneficiary, refusal in steps:
        with pytest.raises(refusal):
            propose(kind, made.subject, payload, maker, CASE, beneficiary)


def test_a_changed_proposal_is_a_new_one(made: ProposalView, zhou: EmployeeView, he: EmployeeView) -> None:
    with at(made.made_at + timedelta(minutes=10)):
        better = revise(made.id, zhou.id, PAYLOAD | {"amount_minor": 3000})
        assert (better.replaces, better.payload["amount_minor"]) == (made.id, 3000)
        assert better.expires_at == made.expires_at + timedelta(minutes=10)
        assert proposal(made.id).state == "replaced"  # type: ignore[union-attr]
        with pytest.raises(errors.AlreadyDecided):
            approve(made.id, he.id, made.payload_hash)
        with pytest.raises(errors.ChangedSince):
            approve(better.id, he.id, made.payload_hash)
        assert approve(better.id, he.id, better.payload_hash).state == "approved"


def test_only_the_maker_revises_or_withdraws_and_only_what_is_open(
    made: ProposalView, zhou: EmployeeView, he: EmployeeView
) -> None:
    with pytest.raises(errors.ProposalNotFound):
        withdraw(uuid7(), zhou.id)
    with pytest.raises(errors.NotMaker):
        withdraw(made.id, he.id)
    with pytest.raises(errors.NotMaker):
        revise(made.id, he.id, PAYLOAD)
    with pytest.raises(errors.PayloadNotUsable):
        revise(made.id, zhou.id, {"amount_minor": 0.1})
    with at(made.expires_at), pytest.raises(errors.Expired):
        withdraw(made.id, zhou.id)
    assert withdraw(made.id, zhou.id).state == "withdrawn"
    for again in (lambda: withdraw(made.id, zhou.id), lambda: revise(made.id, zhou.id, PAYLOAD)):
        with pytest.raises(errors.AlreadyDecided):
            again()


def test_a_maker_who_lost_the_role_revises_nothing(made: ProposalView, zhou: EmployeeView) -> None:
    change_post(zhou.id, role="editor", by="system", reason="moves to the articles")
    with pytest.raises(errors.MayNot):
        revise(made.id, zhou.id, PAYLOAD)
    assert proposal(made.id).is_open  # type: ignore[union-attr]


def test_what_nobody_decides_runs_out(lin: CustomerView, zhou: EmployeeView, he: EmployeeView) -> None:
    with at(a_moment(hour=9)):
        old = propose("refund", "P1", PAYLOAD, zhou.id, CASE, lin.id)
    with at(a_moment(hour=9, minute=30)):
        young = propose("refund", "P2", PAYLOAD, zhou.id, CASE, lin.id)
        assert expire_due() == 0
    with at(a_moment(hour=10)):
        assert [one.id for one in open_proposals()] == [young.id]
        assert proposal(old.id).state == "expired"  # type: ignore[union-attr]
        assert (expire_due(), expire_due()) == (1, 0)
        with pytest.raises(errors.Expired):
            approve(old.id, he.id, old.payload_hash)
    expired = [one for one in told() if isinstance(one, ProposalExpired)]
    assert [(one.proposal_id, one.at) for one in expired] == [(old.id, a_moment(hour=10))]


def test_what_has_run_out_makes_room_for_another_before_the_timer_comes(lin: CustomerView, zhou: EmployeeView) -> None:
    with at(a_moment(hour=9)):
        old = propose("refund", "P1", PAYLOAD, zhou.id, CASE, lin.id)
    with at(a_moment(hour=10)):
        new = propose("refund", "P1", PAYLOAD, zhou.id, CASE, lin.id)
        assert open_proposal_for("refund", "P1") == new
    assert Proposal.objects.get(pk=old.id).state == "expired"


def test_the_list_says_why_each_is_not_mine_to_decide(made: ProposalView, zhou: EmployeeView, he: EmployeeView) -> None:
    assert objections_to([made.id], he.id) == {made.id: None}
    assert isinstance(objections_to([made.id], zhou.id)[made.id], errors.SamePerson)
    assert isinstance(objections_to([made.id], an_employee("agent", "x").id)[made.id], errors.MayNot)
    assert objections_to([uuid7()], he.id) == {}


def test_an_attempt_by_the_wrong_person_is_kept_and_an_alarm(made: ProposalView, zhou: EmployeeView) -> None:
    with pytest.raises(errors.SamePerson) as refused:
        approve(made.id, zhou.id, made.payload_hash)
    with at(now()):
        report_attempt(made.id, zhou.id, refused.value)
        assert TwoPersonRuleTried(made.id, CASE, zhou.id, "same_person", now()) in told()
    assert "tried_to_decide" in {act.verb for act in acts_of_case(CASE, 10)}
    with pytest.raises(errors.ProposalNotFound):
        report_attempt(uuid7(), zhou.id, refused.value)
