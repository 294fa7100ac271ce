"""What oversight hears."""

from __future__ import annotations

from collections.abc import Sequence

from walletdesk.service.oversight.services.raise_alarm import AlarmDraft, raise_alarm
from walletdesk.service.oversight.services.third_looks import draw_third_look
from walletdesk.trust.approvals.public import ProposalDecided, TwoPersonRuleTried
from walletdesk.trust.staff.public import employees


def on_proposal_decided(facts: Sequence[ProposalDecided]) -> None:
    for one in facts:
        draw_third_look(one)


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
