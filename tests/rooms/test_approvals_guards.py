"""The two-person rule held by the database alone: what the application's role, or a mistake in the verbs, cannot do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from tests.databases import FreshDatabase
from tests.factories.trust import a_customer, an_employee
from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.trust.approvals import errors
from walletdesk.trust.approvals.models import Proposal
from walletdesk.trust.approvals.public import ProposalView, approve, proposal, propose


@pytest.fixture
def made(db: None) -> ProposalView:
    return propose("refund", "P1", {"amount_minor": 3800}, an_employee("agent", "care").id, uuid7(), a_customer().id)


def refused(act: Callable[[], object]) -> None:
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        act()


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


SEALED = [
    "payload = '{\"amount_minor\": 99900}'",
    "payload_hash = repeat('0', 64)",
    "subject = 'P2'",
    "beneficiary_id = NULL",
    "maker_id = gen_random_uuid()",
    "expires_at = expires_at + interval '1 day'",
]


@pytest.mark.parametrize("change", SEALED)
def test_the_application_has_no_right_to_open_the_envelope(made: ProposalView, change: str) -> None:
    refused(lambda: run(f"UPDATE approvals_proposal SET {change}"))
    refused(lambda: run(f"UPDATE approvals_proposal SET state = 'withdrawn', decided_at = now(), {change}"))


def test_the_application_has_no_right_to_make_one_disappear(made: ProposalView) -> None:
    refused(lambda: run("DELETE FROM approvals_proposal"))
    refused(lambda: run("TRUNCATE approvals_proposal CASCADE"))


def decide(made: ProposalView, checker: object, **other: object) -> None:
    fields = {
        "state": "approved",
        "decided_at": made.made_at,
        "checker_id": checker.id,  # type: ignore[attr-defined]
        "checker_user_id": checker.user_id,  # type: ignore[attr-defined]
        "checker_team_id": checker.team_id,  # type: ignore[attr-defined]
    }
    Proposal.objects.filter(pk=made.id).update(**(fields | other))


def test_past_all_verbs_the_maker_approves_nothing(made: ProposalView) -> None:
    refused(lambda: decide(made, made.maker))
    stranger = an_employee("supervisor", "risk")
    refused(lambda: decide(made, made.maker, checker_user_id=stranger.user_id, checker_team_id=stranger.team_id))
    refused(lambda: decide(made, stranger, checker_user_id=made.maker.user_id))


def test_past_all_verbs_the_same_team_approves_nothing_and_cannot_call_itself_another(made: ProposalView) -> None:
    colleague, stranger = an_employee("supervisor", "care"), an_employee("supervisor", "risk")
    refused(lambda: decide(made, colleague))
    refused(lambda: decide(made, colleague, checker_team_id=stranger.team_id))


def test_past_all_verbs_who_gains_approves_nothing(made: ProposalView) -> None:
    beneficiary = Proposal.objects.select_related("beneficiary").get(pk=made.id).beneficiary_user_id
    refused(lambda: decide(made, an_employee("supervisor", "risk", user_id=beneficiary)))


def test_past_all_verbs_nothing_is_approved_by_nobody_or_too_late(made: ProposalView) -> None:
    stranger = an_employee("supervisor", "risk")
    refused(lambda: decide(made, stranger, checker_id=None))
    refused(lambda: decide(made, stranger, decided_at=None))
    refused(lambda: decide(made, stranger, decided_at=made.expires_at))
    refused(lambda: decide(made, stranger, decided_at=made.made_at - timedelta(seconds=1)))
    refused(lambda: decide(made, stranger, state="rejected"))


def test_a_decision_is_never_changed(made: ProposalView) -> None:
    approve(made.id, an_employee("supervisor", "risk").id, made.payload_hash)
    refused(lambda: run("UPDATE approvals_proposal SET state = 'rejected', reason = 'no'"))
    refused(lambda: run("UPDATE approvals_proposal SET reason = 'changed'"))
    refused(
        lambda: run(
            "UPDATE approvals_proposal SET state = 'proposed', decided_at = NULL, checker_id = NULL,"
            " checker_user_id = NULL, checker_team_id = NULL"
        )
    )


def copy_of(made: ProposalView, **other: object) -> Proposal:
    row = Proposal.objects.get(pk=made.id)
    row.pk, row.subject = uuid7(), "P9"
    for name, value in other.items():
        setattr(row, name, value)
    return row


def test_no_proposal_is_born_decided_or_under_another_name(made: ProposalView) -> None:
    stranger = an_employee("supervisor", "risk")
    born = {"state": "approved", "decided_at": now(), "checker_id": stranger.id}
    born |= {"checker_user_id": stranger.user_id, "checker_team_id": stranger.team_id}
    refused(lambda: copy_of(made, **born).save(force_insert=True))
    refused(lambda: copy_of(made, maker_user_id=stranger.user_id).save(force_insert=True))
    refused(lambda: copy_of(made, maker_team_id=stranger.team_id).save(force_insert=True))
    refused(lambda: copy_of(made, beneficiary_user_id=stranger.user_id).save(force_insert=True))
    refused(lambda: copy_of(made, subject="P1").save(force_insert=True))
    copy_of(made).save(force_insert=True)


def test_an_envelope_opened_with_the_owners_own_key_is_noticed(fresh_database: FreshDatabase) -> None:
    made = propose("refund", "P1", {"amount_minor": 3800}, an_employee("agent", "care").id, uuid7(), a_customer().id)
    he = an_employee("supervisor", "risk")
    fresh_database.as_owner("ALTER TABLE approvals_proposal DISABLE TRIGGER USER")
    fresh_database.as_owner("UPDATE approvals_proposal SET payload = '{\"amount_minor\": 99900}'")
    fresh_database.as_owner("ALTER TABLE approvals_proposal ENABLE TRIGGER USER")
    shown = proposal(made.id)
    assert shown is not None
    with pytest.raises(errors.ChangedSince):
        approve(made.id, he.id, shown.payload_hash)
