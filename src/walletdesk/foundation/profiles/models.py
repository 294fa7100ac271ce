"""``Profile``: one figure of one key, from one moment on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Profile(models.Model):
    key = models.CharField(max_length=100)
    value = models.JSONField()
    valid_from = models.DateTimeField()
    source = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "profiles_profile"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="one_profile_per_key_and_moment")
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.valid_from:%Y-%m-%d}"
