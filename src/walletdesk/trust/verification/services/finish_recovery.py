"""A new password, and everything that goes with it: back in the account, and nobody else left inside."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.identity.public import forget_devices, remove_factors, set_password
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.customers.public import CustomerView, customers
from walletdesk.trust.risk.public import restrict
from walletdesk.trust.staff.public import employee_of_user
from walletdesk.trust.verification.errors import LockStays, NotEnoughProofs, RecoveryOver
from walletdesk.trust.verification.events import AccountUnlocked, RecoveryFinished
from walletdesk.trust.verification.models import AccountLock, Recovery
from walletdesk.trust.verification.models.recoveries import FINISHED
from walletdesk.trust.verification.queries.recoveries import RecoveryView, as_view, locks_of
from walletdesk.trust.verification.rules.locks import REASONS, first_that_stays
from walletdesk.trust.verification.rules.proofs import HOLD, is_weak
from walletdesk.trust.verification.services.prove_recovery import open_row


def check_recovery(recovery_id: UUID) -> RecoveryView:
    """Whether a new password may be set now; asked before the page shows the field, and again when it is sent.

    Refuses, in this order: ``RecoveryOver``, ``NotEnoughProofs``, ``LockStays`` (``reason_words``).
    """
    with transaction.atomic():
        return as_view(_ready(recovery_id))


def finish_recovery(
    recovery_id: UUID, password: str, *, lost_factors: bool = False, device_token: str = ""
) -> RecoveryView:
    """Set the password, end every session, forget every device but the one that recovers (``device_token``, of its cookie),
    lift the locks that these proofs open, and hold payments where they are weak.

    ``lost_factors``: the authenticator and passkeys are gone for good and are removed; never for somebody of the staff.
    Refuses, in this order: as :func:`check_recovery`; ``PasswordNotUsable`` (identity). Publishes ``RecoveryFinished``.
    """
    with transaction.atomic():
        row = _ready(recovery_id)
        assert row.customer_id is not None
        person, moment = customers([row.customer_id])[row.customer_id], now()
        kinds = as_view(row).kinds
        ended = set_password(person.user_id, password)
        forget_devices(person.user_id, device_token)
        if lost_factors and employee_of_user(person.user_id) is None:
            remove_factors(person.user_id)
        _lift_locks(person, moment)
        _close(row, kinds, ended, moment)
        publish(
            RecoveryFinished(
                row.id, person.id, person.user_id, row.case_id, row.channel, kinds, bool(row.weak), row.seconds or 0,
                ended, row.hold_until, moment,
            )
        )  # fmt: skip
        return as_view(row)


def _ready(recovery_id: UUID) -> Recovery:
    row = open_row(recovery_id)
    if row is None or row.customer_id is None:
        raise RecoveryOver()
    way = as_view(row)
    if not way.may_finish:
        raise NotEnoughProofs()
    stays = first_that_stays({lock.reason for lock in locks_of(row.customer_id)}, way.kinds)
    if stays is not None:
        raise LockStays(reason=stays, reason_words=REASONS[stays].words)
    return row


def _lift_locks(person: CustomerView, moment: datetime) -> None:
    locks = AccountLock.objects.filter(customer_id=person.id, lifted_at=None)
    reasons = tuple(locks.order_by("since").values_list("reason", flat=True))
    locks.update(lifted_at=moment, lifted_by=f"customer:{person.id}")
    if reasons:
        publish(AccountUnlocked(person.id, reasons, f"customer:{person.id}", moment))


def _close(row: Recovery, kinds: tuple[str, ...], ended: int, moment: datetime) -> None:
    row.state, row.finished_at, row.sessions_ended = FINISHED, moment, ended
    row.seconds = max(0, int((moment - row.locked_since).total_seconds()))
    row.weak = is_weak(kinds)
    if row.weak:
        row.hold_until = moment + HOLD
        assert row.customer_id is not None
        restrict(row.customer_id, "weak_recovery", row.hold_until, "weak_recovery")
    row.save(update_fields=["state", "finished_at", "sessions_ended", "seconds", "weak", "hold_until"])
