"""What a case hears of its customer's way back: proofs, papers, the reset, and the end, with which the case closes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from walletdesk.foundation.i18n.words import Words
from walletdesk.service.cases.rules.actor import THE_SYSTEM, Actor, the_agent, the_customer
from walletdesk.service.cases.rules.restored import spoken_duration
from walletdesk.service.cases.services.close_case import close
from walletdesk.service.cases.services.keep_promise import fulfil_promises
from walletdesk.service.cases.services.move_case import locked_case
from walletdesk.service.cases.services.note_events import Entry, note_events
from walletdesk.trust.staff.public import employees
from walletdesk.trust.verification.public import (
    PROOF_KINDS,
    PapersDecided,
    PapersHandedIn,
    ProofGiven,
    RecoveryFinished,
    ResetStarted,
)

PROVEN = Words("给出了凭证：{kind}", "Gave a proof: {kind}")
HANDED_IN = Words("交来了证件照片，等另一位客服核对", "Handed in photos of papers; a second agent looks at them")
ACCEPTED = Words("工号 {number} 核对了证件：可以", "Agent {number} looked at the papers and accepted them")
REJECTED = Words("工号 {number} 核对了证件，请重交：{reason}", "Agent {number} sent the papers back: {reason}")
RESET = Words(
    "工号 {number} 开始了重设，代码发到 {address}；客服看不到代码和密码",
    "Agent {number} started the reset; a code went to {address}. The agent sees neither code nor password",
)


def on_proof_given(facts: Sequence[ProofGiven]) -> None:
    note_events(
        [
            Entry(
                one.case_id, "proof_given", PROVEN.both(kind=PROOF_KINDS[one.kind]), the_customer(one.customer_id),
                {"kind": one.kind}, once=f"proof:{one.recovery_id}:{one.kind}", at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_papers_handed_in(facts: Sequence[PapersHandedIn]) -> None:
    note_events(
        [
            Entry(
                one.case_id, "papers_handed_in", HANDED_IN.both(), the_customer(one.customer_id),
                {"papers": str(one.papers_id)}, once=f"papers:{one.papers_id}", at=one.at,
            )
            for one in facts
            if one.case_id
        ]
    )  # fmt: skip


def on_papers_decided(facts: Sequence[PapersDecided]) -> None:
    agents = _agents({one.reviewer_id for one in facts})
    entries = []
    for one in facts:
        if one.case_id is None:
            continue
        agent = agents[one.reviewer_id]
        words = (ACCEPTED if one.accepted else REJECTED).both(number=agent.number, reason=one.reason)
        kind = "papers_accepted" if one.accepted else "papers_rejected"
        detail = {"papers": str(one.papers_id)}
        entries.append(Entry(one.case_id, kind, words, agent, detail, once=f"decided:{one.papers_id}", at=one.at))
    note_events(entries)


def on_reset_started(facts: Sequence[ResetStarted]) -> None:
    agents = _agents({one.employee_id for one in facts})
    note_events(
        [
            Entry(
                one.case_id, "reset_started",
                RESET.both(number=agents[one.employee_id].number, address=one.address), agents[one.employee_id],
                {"channel": one.channel}, once=f"reset:{one.recovery_id}:{one.at.isoformat()}", at=one.at,
            )
            for one in facts
        ]
    )  # fmt: skip


def on_recovery_finished(facts: Sequence[RecoveryFinished]) -> None:
    """The account is active again: the case closes with the time it took. A case that is closed already stays as it is."""
    for one in facts:
        if one.case_id is None:
            continue
        with transaction.atomic():
            row = locked_case(one.case_id)
            if row.state == "closed":
                continue
            fulfil_promises(row, THE_SYSTEM)
            took = spoken_duration(one.seconds_to_restore)
            close(row, "restored", "restored", the_customer(one.customer_id), took)


def _agents(ids: set[uuid.UUID]) -> dict[uuid.UUID, Actor]:
    return {
        id_: the_agent(id_, view.employee_number, view.name_zh, view.name_en) for id_, view in employees(ids).items()
    }
