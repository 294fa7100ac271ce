"""What oversight hears."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.foundation.i18n.words import Words
from walletdesk.money.ledger.public import BooksFoundWrong
from walletdesk.service.notifications.public import NoticeDraft, tell_many
from walletdesk.service.oversight.services.raise_alarm import AlarmDraft, raise_alarm
from walletdesk.service.oversight.services.third_looks import draw_third_look
from walletdesk.trust.approvals.public import ProposalDecided, TwoPersonRuleTried
from walletdesk.trust.staff.public import employees, may, staff_list
from walletdesk.trust.verification.public import AgentDisowned

BOOKS_WRONG = Words("账不平：每日核对发现 {count} 处", "The books are not true: the daily check found {count}")
BOOKS_WRONG_MORE = Words(
    "先看 {record}（{law}）。什么都不会自动改", "Look at {record} first ({law}). Nothing is changed by itself"
)


def on_proposal_decided(facts: Sequence[ProposalDecided]) -> None:
    for one in facts:
        draw_third_look(one)


def on_agent_disowned(facts: Sequence[AgentDisowned]) -> None:
    """Either somebody plays our agent, or the agent plays false: people look, and not the agent."""
    for one in facts:
        raise_alarm(
            AlarmDraft(
                "agent_disowned", one.employee_id, str(one.prompt_id), one.customer_id, one.case_id,
                detail={"reference": one.case_reference},
            )
        )  # fmt: skip


def on_books_found_wrong(facts: Sequence[BooksFoundWrong]) -> None:
    """Everybody who may see the books hears which record to look at first."""
    keepers = [one for one in staff_list() if may(one, "see_books")]
    tell_many(
        [
            NoticeDraft(
                "employee", keeper.id, "books_wrong", BOOKS_WRONG.both(count=one.findings),
                BOOKS_WRONG_MORE.both(law=one.invariant, record=one.record), "/desk/books/",
                f"{one.at:%Y-%m-%d}:{one.record}"[:100], True, one.at,
            )
            for one in facts
            for keeper in keepers
        ]
    )  # fmt: skip


def on_two_person_rule_tried(facts: Sequence[TwoPersonRuleTried]) -> None:
    """An alarm for each person and proposal (C06). Who is no employee at all stands in the acts only."""
    known = employees({one.employee_id for one in facts})
    for one in facts:
        if one.employee_id in known:
            raise_alarm(
                AlarmDraft(
                    "two_person_tried", one.employee_id, f"{one.proposal_id}:{one.employee_id}:{one.why}",
                    case_id=one.case_id, subject=f"proposal:{one.proposal_id}", detail={"why": one.why},
                )
            )  # fmt: skip
