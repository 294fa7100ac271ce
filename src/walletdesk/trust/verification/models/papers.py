"""``IdentityPapers``: photos of documents that a customer handed in for one purpose, and what a reviewer said of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7

WAITING, ACCEPTED, REJECTED = "waiting", "accepted", "rejected"


class IdentityPapers(models.Model):
    """``recovery`` names the way back that they were handed in for; the purpose ``tier`` has none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=6)
    document = models.CharField(max_length=10)
    recovery = models.ForeignKey("verification.Recovery", null=True, on_delete=models.PROTECT, related_name="+")
    case_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, default=WAITING)
    handed_in_at = models.DateTimeField(default=now)
    reviewer = models.ForeignKey("staff.Employee", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(name="papers_waiting", fields=["handed_in_at"], condition=Q(state=WAITING)),
            models.Index(name="papers_of_customer", fields=["customer", "-handed_in_at"]),
            models.Index(name="papers_of_case", fields=["case_id"], condition=Q(case_id__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_waiting_set_per_purpose", fields=["customer", "purpose"], condition=Q(state=WAITING)
            ),
            models.CheckConstraint(name="papers_purpose", condition=Q(purpose__in=["unlock", "tier"])),
            models.CheckConstraint(name="papers_document", condition=Q(document__in=["id_card", "passport", "permit"])),
            models.CheckConstraint(
                name="papers_decided_by_somebody",
                condition=Q(state=WAITING, reviewer=None, decided_at=None)
                | Q(state__in=[ACCEPTED, REJECTED], reviewer__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(name="papers_rejected_with_a_reason", condition=~Q(state=REJECTED) | ~Q(reason="")),
            models.CheckConstraint(
                name="papers_to_unlock_have_a_case",
                condition=Q(purpose="tier", recovery=None) | Q(purpose="unlock", case_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PaperPhoto(models.Model):
    """One photo, its file in the file room, and what the machine measured of it (``rules/papers.Quality``)."""

    papers = models.ForeignKey(IdentityPapers, on_delete=models.PROTECT, related_name="photos")
    side = models.CharField(max_length=5)
    file_id = models.UUIDField()
    quality = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_photo_per_side", fields=["papers", "side"]),
            models.CheckConstraint(name="photo_side", condition=Q(side__in=["front", "back", "face"])),
        ]

    def __str__(self) -> str:
        return f"{self.papers_id}: {self.side}"


class PhotosLetGo(models.Model):
    """Since ``at`` the photos of these papers have no bytes any more."""

    papers = models.OneToOneField(IdentityPapers, primary_key=True, on_delete=models.PROTECT, related_name="let_go")
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.papers_id)
