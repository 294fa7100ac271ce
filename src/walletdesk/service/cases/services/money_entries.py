"""How a proposal and a refund read on a timeline. The desk writes them in the transaction of the act, and the facts
write them again when they are heard: ``once`` makes one line of the two.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from walletdesk.foundation.amount.public import Amount
from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor
from walletdesk.service.cases.services.note_events import Entry

POSTED = Words("退款 {amount} 已到账", "Refund of {amount} posted")

PROPOSAL = {
    "proposed": Words(
        "工号 {number} {name}提议退款，等第二个人批准",
        "Agent {number}, {name}, proposed a refund; a second person decides",
    ),
    "approved": Words("第二个人批准了退款，工号 {number}", "Second person approved the refund, agent {number}"),
    "rejected": Words(
        "第二个人退回了提议，工号 {number}：{reason}", "Second person sent it back, agent {number}: {reason}"
    ),
    "withdrawn": Words("提议撤回，工号 {number}", "Proposal withdrawn, agent {number}"),
    "replaced": Words("提议改过了，旧的作废，工号 {number}", "Proposal changed; the old one is void, agent {number}"),
    "expired": Words("提议过期，没有人批准", "The proposal ran out; nobody decided"),
}
KIND = {"proposed": "proposal_made"} | {state: f"proposal_{state}" for state in PROPOSAL if state != "proposed"}
FOR_BOTH = frozenset({"proposed", "approved"})


def refund_entry(
    case_id: uuid.UUID,
    refund_id: uuid.UUID,
    number: str,
    payment_id: uuid.UUID,
    amount: Amount,
    at: datetime | None = None,
) -> Entry:
    """Money is back."""
    detail = {
        "refund_id": str(refund_id),
        "number": number,
        "payment_id": str(payment_id),
        "amount_minor": amount.minor,
        "asset": amount.asset.code,
    }
    words = POSTED.both(amount=amount)
    return Entry(case_id, "refund_posted", words, THE_SYSTEM, detail, once=f"refund_posted:{refund_id}", at=at)


def proposal_entry(
    case_id: uuid.UUID, proposal_id: uuid.UUID, state: str, agent: Actor, reason: str = "", at: datetime | None = None
) -> Entry:
    """A proposal came to ``state``. The customer reads that it was made and approved; the rest is the desk's affair."""
    return Entry(
        case_id,
        KIND[state],
        PROPOSAL[state].both(number=agent.number, name=agent.name, reason=reason),
        agent,
        {"proposal_id": str(proposal_id)} | ({"reason": reason} if reason else {}),
        audience="both" if state in FOR_BOTH else "staff",
        once=f"{KIND[state]}:{proposal_id}",
        at=at,
    )
