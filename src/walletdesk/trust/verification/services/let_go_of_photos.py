"""Photos of papers go when somebody has decided about them, or when nobody did in time. The audit keeps their hashes."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from walletdesk.foundation.audit.public import record_act
from walletdesk.foundation.clock.public import now
from walletdesk.foundation.files.public import let_go
from walletdesk.foundation.profiles.public import value
from walletdesk.trust.verification.models import IdentityPapers, PaperPhoto, PhotosLetGo
from walletdesk.trust.verification.models.papers import WAITING

TIMER = "timer:verification.let_go_of_old_photos"
AT_ONCE = 100


def let_go_of_photos(row: IdentityPapers, by: str, why: str) -> None:
    """In the caller's transaction. ``why`` is ``decided`` or ``kept_long_enough``."""
    photos = {one.file_id: one.side for one in PaperPhoto.objects.filter(papers=row)}
    gone = let_go(photos)
    PhotosLetGo.objects.get_or_create(papers=row)
    if gone:
        record_act(
            by, "let_go_of_photos", f"papers:{row.id}", case_id=row.case_id, customer_id=row.customer_id,
            detail={"why": why, "sha256": {photos[one]: hash_ for one, hash_ in gone.items()}},
        )  # fmt: skip


def let_go_of_old_photos() -> int:
    """Of papers about which nobody decided in ``papers.keep_days``; and of those decided before this was the law."""
    oldest = now() - timedelta(days=int(value("papers.keep_days")))
    kept = IdentityPapers.objects.filter(let_go=None)
    over = kept.exclude(state=WAITING) | kept.filter(handed_in_at__lt=oldest)
    rows = list(over.order_by("handed_in_at")[:AT_ONCE])
    for row in rows:
        with transaction.atomic():
            let_go_of_photos(row, TIMER, "kept_long_enough" if row.state == WAITING else "decided")
    return len(rows)
