"""The hotline's tables: calls, the line they wait in, the desks that answer, and the record that stays."""

from walletdesk.service.hotline.models.calls import Call, CallApproval, CallCode, CallEvent, CallLeg, CallToken
from walletdesk.service.hotline.models.desks import (
    AgentSkill,
    DeskRequest,
    Engagement,
    HotlineSignal,
    Offer,
    Presence,
    PresenceChange,
)
from walletdesk.service.hotline.models.line import CallBack, CallBackTry, CallPromise, QueuePlace
from walletdesk.service.hotline.models.record import (
    Contact,
    MenuVersion,
    Recording,
    RecordingPermit,
    RecordingPlay,
    Survey,
)

__all__ = [
    "AgentSkill",
    "Call",
    "CallApproval",
    "CallBack",
    "CallBackTry",
    "CallCode",
    "CallEvent",
    "CallLeg",
    "CallPromise",
    "CallToken",
    "Contact",
    "DeskRequest",
    "Engagement",
    "HotlineSignal",
    "MenuVersion",
    "Offer",
    "Presence",
    "PresenceChange",
    "QueuePlace",
    "Recording",
    "RecordingPermit",
    "RecordingPlay",
    "Survey",
]
