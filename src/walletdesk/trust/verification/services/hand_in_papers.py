"""A customer hands in photos of documents. What nobody could read is sent back at once, before anybody waits for it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

import numpy as np
from django.db import IntegrityError, transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from walletdesk.foundation.clock.public import now
from walletdesk.foundation.files.public import FileTypeRefused, FileView, open_file, take_in
from walletdesk.foundation.i18n.words import Words
from walletdesk.foundation.outbox.public import publish
from walletdesk.trust.verification.errors import PapersMissing, PapersWaiting, PhotoNotUsable, RecoveryOver
from walletdesk.trust.verification.events import PapersHandedIn
from walletdesk.trust.verification.models import IdentityPapers, PaperPhoto
from walletdesk.trust.verification.models.papers import WAITING
from walletdesk.trust.verification.queries.papers import PapersView, as_view
from walletdesk.trust.verification.queries.recoveries import recovery
from walletdesk.trust.verification.rules.papers import (
    DOCUMENTS,
    LOOKED_AT,
    SIDES,
    TIER,
    UNLOCK,
    Quality,
    fault_of,
    measure,
    missing,
)

MOST_PIXELS = 80_000_000
FAULTS = {
    "unreadable": Words("这张照片打不开，请用 JPEG 或 PNG", "this photo does not open; use JPEG or PNG"),
    "too_small": Words("照片太小，看不清字", "the photo is too small to read"),
    "too_dark": Words("太暗了，看不清", "it is too dark to read"),
    "glare": Words("有反光，遮住了字", "a reflection hides part of it"),
    "blurred": Words("照片模糊，请拿稳再拍", "it is blurred; hold still and take it again"),
}


def hand_in_to_unlock(recovery_id: UUID, document: str, photos: Mapping[str, bytes]) -> PapersView:
    """For a way back that has a case. Refuses, in this order: ``RecoveryOver``, then as :func:`hand_in_for_tier`."""
    way = recovery(recovery_id)
    if way is None or not way.is_open or way.customer_id is None or way.case_id is None or not way.kinds:
        raise RecoveryOver()
    row = IdentityPapers(customer_id=way.customer_id, purpose=UNLOCK, recovery_id=way.id, case_id=way.case_id)
    return _hand_in(row, document, photos)


def hand_in_to_lift(customer_id: UUID, case_id: UUID, document: str, photos: Mapping[str, bytes]) -> PapersView:
    """For a frozen account; ``case_id`` is the case that deals with it. Refuses as :func:`hand_in_for_tier`."""
    return _hand_in(IdentityPapers(customer_id=customer_id, purpose=UNLOCK, case_id=case_id), document, photos)


def hand_in_for_tier(customer_id: UUID, document: str, photos: Mapping[str, bytes]) -> PapersView:
    """Photos by side (``rules/papers.SIDES``) for a higher tier.

    Refuses, in this order: ``PapersWaiting``, ``PapersMissing`` (``side_words``), what the file room refuses,
    ``PhotoNotUsable`` (``side_words``, ``fault_words``). Publishes ``PapersHandedIn``.
    """
    return _hand_in(IdentityPapers(customer_id=customer_id, purpose=TIER), document, photos)


def _hand_in(row: IdentityPapers, document: str, photos: Mapping[str, bytes]) -> PapersView:
    if IdentityPapers.objects.filter(customer_id=row.customer_id, purpose=row.purpose, state=WAITING).exists():
        raise PapersWaiting()
    side = missing(row.purpose, {side for side, content in photos.items() if content})
    if side is not None:
        raise PapersMissing(side=side, side_words=SIDES[side])
    row.document = document if document in DOCUMENTS else "id_card"
    row.handed_in_at = now()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            for side in (one for one in SIDES if photos.get(one)):
                _keep(row, side, photos[side])
            publish(PapersHandedIn(row.id, row.customer_id, row.purpose, row.case_id, row.handed_in_at))
    except IntegrityError as broken:  # the same set, sent twice at once
        raise PapersWaiting() from broken
    return as_view(row)


def _keep(row: IdentityPapers, side: str, content: bytes) -> None:
    kept = take_in(content, f"{side}.jpg", owner=f"customer:{row.customer_id}")
    quality = measured(side, _bytes_of(kept))
    PaperPhoto.objects.create(papers=row, side=side, file_id=kept.id, quality=asdict(quality))


def _bytes_of(kept: FileView) -> bytes:
    if not kept.media_type.startswith("image/"):
        raise FileTypeRefused()
    return open_file(kept.id).content


def measured(side: str, content: bytes) -> Quality:
    """What the machine can tell of a photo. Refuses: ``PhotoNotUsable``."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoNotUsable(side_words=SIDES[side], fault_words=FAULTS["unreadable"])
            width, height = picture.size
            grey = ImageOps.exif_transpose(picture).convert("L")
            grey.thumbnail((LOOKED_AT, LOOKED_AT))
            quality = measure(np.asarray(grey), width, height)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as broken:
        raise PhotoNotUsable(side_words=SIDES[side], fault_words=FAULTS["unreadable"]) from broken
    fault = fault_of(quality)
    if fault is not None:
        raise PhotoNotUsable(side_words=SIDES[side], fault_words=FAULTS[fault])
    return quality
