"""Let money move again: the customer alone with a proof, or two persons at the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.profiles.public import value
from walletdesk.money.wallets.public import unfreeze_wallet, wallets_of
from walletdesk.service.cases.public import Actor, Entry, case, confirm_solved, note_events, the_customer
from walletdesk.service.freezes.errors import LiftNeedsPerson, LiftNeedsProof, NotFrozenAtAll
from walletdesk.service.freezes.models import AccountFreeze
from walletdesk.service.freezes.queries import FreezeState, freeze_state, frozen_by
from walletdesk.trust.risk.public import FRESH_PROOF, lift_restrictions, restrict

IT_WAS_ME = Words("本人确认过，解冻", "It was them, proved; lifted")
CASE_LINE = Words("您确认是本人，账户已解冻", "You confirmed that it was you; the account moves again")
TWO_LINE = Words("两位工作人员核对后解冻：{reason}", "Lifted after two of us looked: {reason}")


def lift_own(customer_id: UUID, proved_at: datetime | None) -> FreezeState:
    """ "It was me". ``proved_at``: when the person last proved more than a password in this session. For a day after a
    freeze by risk they are asked for proofs rather than stopped again.

    Refuses, in this order: ``NotFrozenAtAll``, ``LiftNeedsPerson``, ``LiftNeedsProof``.
    """
    moment = now()
    with transaction.atomic():
        row = _locked(customer_id)
        if row is None:
            raise LiftNeedsPerson() if freeze_state(customer_id).frozen else NotFrozenAtAll()
        if row.ordered_by == "staff":
            raise LiftNeedsPerson()
        if proved_at is None or not timedelta(0) <= moment - proved_at <= FRESH_PROOF:
            raise LiftNeedsProof()
        actor = f"customer:{customer_id}"
        _lift(row, "proof", actor, str(IT_WAS_ME), moment)
        if row.ordered_by == "risk":
            until = moment + timedelta(seconds=value("freeze.cleared_seconds", moment))
            restrict(customer_id, "cleared", until, "it was me, proved", by=actor)
        if row.case_id is not None and case(row.case_id).is_open:
            _note(row, CASE_LINE.both(), the_customer(customer_id), moment)
            confirm_solved(customer_id, row.case_id)
    return freeze_state(customer_id)


def lift_by_two(customer_id: UUID, reason: str, checker: Actor) -> FreezeState:
    """Two persons agreed; the caller holds their approval in the same transaction. Refuses: ``NotFrozenAtAll``."""
    moment = now()
    with transaction.atomic():
        row = _locked(customer_id)
        if row is None and not freeze_state(customer_id).frozen:
            raise NotFrozenAtAll()
        actor = f"employee:{checker.id}"
        if row is not None:
            _lift(row, "two_persons", actor, reason, moment)
            if row.case_id is not None:
                _note(row, TWO_LINE.both(reason=reason), checker, moment)
        _free_wallets(customer_id, None, reason, actor)
    return freeze_state(customer_id)


def _locked(customer_id: UUID) -> AccountFreeze | None:
    return AccountFreeze.objects.select_for_update().filter(customer_id=customer_id, lifted_at=None).first()


def _lift(row: AccountFreeze, how: str, actor: str, reason: str, moment: datetime) -> None:
    row.lifted_at, row.lifted_how, row.lifted_by = max(moment, row.frozen_at), how, actor
    row.save(update_fields=["lifted_at", "lifted_how", "lifted_by"])
    lift_restrictions(row.customer_id, ["frozen"], actor)
    _free_wallets(row.customer_id, {"risk", f"customer:{row.customer_id}"}, reason, actor)


def _free_wallets(customer_id: UUID, only_by: set[str] | None, reason: str, actor: str) -> None:
    """Lift the wallets' flags; with ``only_by``, those alone that these actors set."""
    for wallet in wallets_of(customer_id):
        if wallet.frozen and (only_by is None or frozen_by(wallet.id) in only_by):
            unfreeze_wallet(wallet.id, reason, actor)


def _note(row: AccountFreeze, words: dict[str, str], actor: Actor, moment: datetime) -> None:
    assert row.case_id is not None
    note_events([Entry(row.case_id, "account_lifted", words, actor, once=f"account_lifted:{row.id}", at=moment)])
