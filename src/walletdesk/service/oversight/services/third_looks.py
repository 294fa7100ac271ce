"""A third person looks at approved proposals: some by lot, and all of a pair that agrees too often."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.profiles.public import value
from walletdesk.service.oversight.errors import AboutYourself, LookedAlready, ThirdLookNotFound, WatchReasonMissing
from walletdesk.service.oversight.models import ThirdLook
from walletdesk.service.oversight.rules.draw import is_drawn
from walletdesk.service.oversight.rules.pairs import Pair, PairLaw, told
from walletdesk.service.oversight.services.raise_alarm import AlarmDraft, raise_alarm
from walletdesk.trust.approvals.public import KINDS, ProposalDecided, decided_pairs
from walletdesk.trust.staff.public import employees, insist, may, staff_list


def pairs_told(kind: str) -> dict[tuple[UUID, UUID], str]:
    """The pairs that agree too often about this kind over the profile's days, each with why (``rules/pairs.py``).

    Who proposes by the same act that decides is no possible checker of their own: two administrators recover each other
    by nature.
    """
    since, acts = now() - timedelta(days=value("pairs.days")), KINDS[kind]
    pairs = [Pair(one.maker_id, one.checker_id, one.approved, one.rejected) for one in decided_pairs(kind, since)]
    law = PairLaw(value("pairs.least"), value("pairs.share_percent"))
    possible = sum(may(one, acts.decide) for one in staff_list()) - (acts.propose == acts.decide)
    return told(pairs, law, possible)


def draw_third_look(fact: ProposalDecided) -> None:
    """After an approval: a third look by lot, or because of the pair; the pair is told once a day. Safe to run twice."""
    if fact.kind not in KINDS or fact.state != "approved" or fact.checker_id is None:
        return
    pair = (fact.maker_id, fact.checker_id)
    why = pairs_told(fact.kind).get(pair)
    drawn = is_drawn(fact.proposal_id, value("third_look.percent"), settings.SECRET_KEY.encode())
    if why is not None:
        _tell_of(pair, why, fact)
    if why is not None or drawn:
        ThirdLook.objects.bulk_create(
            [
                ThirdLook(
                    proposal_id=fact.proposal_id,
                    maker_id=fact.maker_id,
                    checker_id=fact.checker_id,
                    why="pair" if why else "lot",
                    drawn_at=fact.at,
                )
            ],
            ignore_conflicts=True,
        )


def write_third_look(employee_id: UUID, look_id: UUID, agrees: bool, words: str = "") -> None:
    """The third person's word. A "no" raises an alarm about the checker.

    Refuses, in this order: ``ActNotAllowed``; ``ThirdLookNotFound``; maker or checker of it (``AboutYourself``);
    ``LookedAlready``; a "no" without words (``WatchReasonMissing``).
    """
    insist(employees([employee_id]).get(employee_id), "look_third")
    with transaction.atomic():
        row = ThirdLook.objects.select_for_update().filter(pk=look_id).first()
        if row is None:
            raise ThirdLookNotFound()
        if employee_id in (row.maker_id, row.checker_id):
            raise AboutYourself()
        if row.looked_at is not None:
            raise LookedAlready()
        said = " ".join(words.split())[:500]
        if not agrees and not said:
            raise WatchReasonMissing()
        row.looked_by_id, row.looked_at, row.agrees, row.words = employee_id, now(), agrees, said
        row.save(update_fields=["looked_by", "looked_at", "agrees", "words"])
        if not agrees:
            raise_alarm(
                AlarmDraft(
                    "third_look_disagrees", row.checker_id, str(row.id), subject=f"proposal:{row.proposal_id}",
                    detail={"reason": said},
                )
            )  # fmt: skip
        verb = "third_look_agrees" if agrees else "third_look_disagrees"
        record_act(f"employee:{employee_id}", verb, f"proposal:{row.proposal_id}", reason=said)


def _tell_of(pair: tuple[UUID, UUID], why: str, fact: ProposalDecided) -> None:
    since = fact.at - timedelta(days=value("pairs.days"))
    count = next(one.approved for one in decided_pairs(fact.kind, since) if (one.maker_id, one.checker_id) == pair)
    checker = employees([pair[1]])[pair[1]]
    raise_alarm(
        AlarmDraft(
            "one_checker", pair[0], f"{pair[0]}:{pair[1]}:{fact.at:%Y-%m-%d}",
            detail={"count": count, "checker": checker.label.both(), "why": why},
        )
    )  # fmt: skip
