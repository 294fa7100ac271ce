"""A payer says that a payee looks like a scam; the desk says what became of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from walletdesk.foundation.clock.public import now
from walletdesk.trust.risk.errors import ReportedAlready, ReportKindUnknown, ReportOfOneself, TooManyReports
from walletdesk.trust.risk.models import PayeeReport
from walletdesk.trust.risk.queries.reports import ReportView, open_report, view
from walletdesk.trust.risk.rules.reports import ABOUT, KINDS, LONGEST_WORDS, MOST_A_DAY, OUTCOMES

DAY = timedelta(days=1)


def report_payee(payer_id: UUID, payee_id: UUID, about: str, kind: str, words: str, reference: str) -> ReportView:
    """One open report of a payer about a payee. ``about`` is ``person`` or ``shop``; ``reference`` names the payer's case.

    Refuses, in this order: ``ReportKindUnknown``, ``ReportOfOneself``, ``ReportedAlready`` with the first one's
    ``reference``, ``TooManyReports`` within a day.
    """
    if kind not in KINDS or about not in ABOUT:
        raise ReportKindUnknown()
    if payer_id == payee_id:
        raise ReportOfOneself()
    moment = now()
    with transaction.atomic():
        _one_at_a_time(payer_id)
        standing = open_report(payer_id, payee_id)
        if standing is not None:
            raise ReportedAlready(reference=standing.reference)
        if PayeeReport.objects.filter(payer_id=payer_id, made_at__gt=moment - DAY).count() >= MOST_A_DAY:
            raise TooManyReports(retry_after=int(DAY.total_seconds()))
        row = PayeeReport.objects.create(
            payer_id=payer_id,
            payee_id=payee_id,
            about=about,
            kind=kind,
            words=words.strip()[:LONGEST_WORDS],
            reference=reference,
            made_at=moment,
        )
    return view(row)


def _one_at_a_time(payer_id: UUID) -> None:
    """Two taps on one button wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"risk:report:{payer_id}"])


def close_reports(payee_id: UUID, outcome: str, by: str) -> int:
    """Say what became of the open reports about this payee (``marked``, ``sound``); how many there were."""
    assert outcome in OUTCOMES
    rows = PayeeReport.objects.filter(payee_id=payee_id, closed_at=None)
    return rows.update(closed_at=now(), closed_by=by, outcome=outcome)
