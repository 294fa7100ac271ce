"""``StoredFile``: what came in, by whom, and its hash. ``FileContent``: its bytes."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models

from walletdesk.foundation.clock.public import uuid7


class StoredFile(models.Model):
    """Only ``state`` may change after intake: a changed file is a new file."""

    class State(models.TextChoices):
        CLEAN = "clean"
        QUARANTINED = "quarantined"
        LET_GO = "let_go"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=130)
    media_type = models.CharField(max_length=40)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    owner = models.TextField()
    state = models.CharField(max_length=11, choices=State)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "files_stored_file"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_file_not_empty"),
            models.CheckConstraint(
                condition=models.Q(state__in=["clean", "quarantined", "let_go"]), name="stored_file_state_known"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="intake_is_kept",
                operation=pgtrigger.UpdateOf("id", "name", "media_type", "size", "sha256", "owner", "created_at"),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class FileContent(models.Model):
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="kept")
    content = models.BinaryField()

    class Meta:
        db_table = "files_content"
        triggers: ClassVar = [pgtrigger.Protect(name="bytes_are_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return str(self.file_id)
