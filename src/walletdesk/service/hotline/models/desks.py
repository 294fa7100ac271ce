"""The desks: who is there, what they can, to whom a caller is offered, who is with whom, and what pages ask and hear."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from walletdesk.foundation.clock.public import now, uuid7
from walletdesk.service.hotline.rules.dispositions import DISPOSITIONS
from walletdesk.service.hotline.rules.presence import STATES

OFFER_STATES = ("open", "accepted", "declined", "timed_out", "gone")
ENGAGED_AS = ("agent", "colleague")


class AgentSkill(models.Model):
    """A topic or a language that an agent takes. Who has none of a kind takes ``general``, and Chinese."""

    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    code = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_row_per_skill", fields=["employee", "kind", "code"]),
            models.CheckConstraint(name="skill_kind_known", condition=Q(kind__in=("topic", "language"))),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.code}"


class Presence(models.Model):
    """Where an agent stands now. ``seat`` is the page whose soft-phone rings; ``seen_at`` when that page last spoke."""

    employee = models.OneToOneField("staff.Employee", primary_key=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="logged_off")
    reason = models.CharField(max_length=20, blank=True, default="")
    next_state = models.CharField(max_length=10, blank=True, default="")
    next_reason = models.CharField(max_length=20, blank=True, default="")
    since = models.DateTimeField(default=now)
    seat = models.CharField(max_length=120, blank=True, default="")
    seen_at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="presence_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="paused_has_a_reason", condition=Q(state="paused") & ~Q(reason="") | ~Q(state="paused")
            ),
            models.CheckConstraint(
                name="who_is_there_has_a_seat", condition=Q(state__in=("logged_off", "paused")) | ~Q(seat="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.state}"


class PresenceChange(models.Model):
    """The history of presence, written by a trigger; append-only."""

    id = models.BigAutoField(primary_key=True)
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=20, blank=True, default="")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar = [models.Index(name="presence_history", fields=["employee", "-at"])]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.state}"


class Offer(models.Model):
    """A caller, or a consultation, on an agent's screen. One open for an agent, and one of a kind for a call."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey("hotline.Call", on_delete=models.PROTECT, related_name="offers")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, default="agent")
    seat = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_open_offer_an_agent", fields=["employee"], condition=Q(state="open")),
            models.UniqueConstraint(name="one_open_offer_a_call", fields=["call", "kind"], condition=Q(state="open")),
            models.CheckConstraint(name="offer_state_known", condition=Q(state__in=OFFER_STATES)),
            models.CheckConstraint(name="offer_kind_known", condition=Q(kind__in=ENGAGED_AS)),
        ]
        indexes: ClassVar = [models.Index(name="offers_by_time", fields=["-made_at"])]

    def __str__(self) -> str:
        return str(self.id)


class Engagement(models.Model):
    """An agent with a call, and what the agent wrote down after it. One agent, one call; one call, one agent and at most
    one colleague: two partial indexes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey("hotline.Call", on_delete=models.PROTECT, related_name="engagements")
    employee = models.ForeignKey("staff.Employee", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, default="agent")
    began_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    wrap_up = models.BooleanField(default=False)
    disposition = models.CharField(max_length=14, blank=True, default="")
    said_done = models.CharField(max_length=500, blank=True, default="")
    next_steps = models.CharField(max_length=500, blank=True, default="")
    due_at = models.DateTimeField(null=True)
    read_back = models.BooleanField(default=False)
    wrapped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_agent_one_call", fields=["employee"], condition=Q(ended_at=None)),
            models.UniqueConstraint(name="one_call_one_agent", fields=["call", "kind"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="engagement_kind_known", condition=Q(kind__in=ENGAGED_AS)),
            models.CheckConstraint(
                name="engagement_wrapped_says_how",
                condition=Q(disposition="", wrapped_at=None)
                | Q(disposition__in=list(DISPOSITIONS), wrapped_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(name="engagements_of_agent", fields=["employee", "-began_at"])]

    def __str__(self) -> str:
        return f"{self.employee_id} with {self.call_id}"


class HotlineSignal(models.Model):
    """A word between a page and the hotline's process (WebRTC offer and answer), kept until it is heard.

    ``seat`` is ``agent:<employee id>:<page id>`` or ``caller:<one-time token>``; ``direction`` ``in`` (to the hotline) or ``out``.
    """

    id = models.BigAutoField(primary_key=True)
    seat = models.CharField(max_length=120)
    direction = models.CharField(max_length=3)
    body = models.JSONField()
    at = models.DateTimeField(default=now)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="signal_direction", condition=Q(direction__in=("in", "out")))
        ]
        indexes: ClassVar = [
            models.Index(name="signals_unheard", fields=["direction", "id"], condition=Q(heard_at=None)),
            models.Index(name="signals_by_time", fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.seat}"


class DeskRequest(models.Model):
    """What a page asked of a call: a flow event as ``written`` has it, taken once by the hotline's process."""

    id = models.BigAutoField(primary_key=True)
    call = models.ForeignKey("hotline.Call", on_delete=models.PROTECT, related_name="+")
    event = models.JSONField()
    at = models.DateTimeField(default=now)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="requests_untaken", fields=["id"], condition=Q(taken_at=None))]

    def __str__(self) -> str:
        return str(self.id)
