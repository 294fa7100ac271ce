"""``PromptTake``: one recording of one piece. ``PromptChoice``: from now on this is what callers hear, or our own sound again.

Nothing here is ever changed or taken away but for the moment in which a take was first heard: the rows are the history.
"""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.service.hotline.prompts.rules.pieces import LANGUAGES

ORIGINS = ("recorded", "uploaded")


class PromptTake(models.Model):
    """A prompt's WAV as callers would hear it. ``words`` are those of the catalogue when it was made: when the catalogue
    changes them, the take rests.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    language = models.CharField(max_length=2)
    piece = models.CharField(max_length=60)
    words = models.TextField()
    origin = models.CharField(max_length=8)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    milliseconds = models.PositiveIntegerField()
    made_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="take_language_known", condition=Q(language__in=LANGUAGES)),
            models.CheckConstraint(name="take_origin_known", condition=Q(origin__in=ORIGINS)),
            models.CheckConstraint(name="take_has_length", condition=Q(milliseconds__gt=0)),
        ]
        indexes: ClassVar = [models.Index(name="takes_of_piece", fields=["language", "piece", "-made_at"])]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="take_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["heard_at"]),
            ),
            pgtrigger.Protect(name="take_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.piece} {self.id}"


class PromptChoice(models.Model):
    """The newest row of a piece is in force; ``take`` is null when callers hear the product's own sound again."""

    language = models.CharField(max_length=2)
    piece = models.CharField(max_length=60)
    take = models.ForeignKey(PromptTake, on_delete=models.PROTECT, related_name="+", null=True)
    chosen_by = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(F("language"), F("piece"), F("id").desc(), name="choices_of_piece")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="choices_are_history", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.piece}: {self.take_id or 'our own'}"
