"""The figures that this room works with, from their dated profiles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from walletdesk.foundation.profiles.public import value
from walletdesk.service.workforce.rules.counting import METHODS, Method


@dataclass(frozen=True, slots=True)
class ServiceGoal:
    """What is promised of the queue, and how it is counted."""

    target_seconds: int
    target_level: float
    early_seconds: int
    method: Method


@dataclass(frozen=True, slots=True)
class FirstGuess:
    """What is believed before the first call was counted; times in seconds."""

    weekly_calls: float
    aht: float
    patience: float
    shrinkage: float


def service_goal(at: datetime | None = None) -> ServiceGoal:
    """The goal in force at a moment, now if none is given."""
    kept = value("workforce.service_goal", at)
    method: Method = next((one for one in METHODS if one == kept["method"]), "removed")
    return ServiceGoal(kept["target_seconds"], kept["target_percent"] / 100, kept["early_seconds"], method)


def first_guess() -> FirstGuess:
    kept = value("workforce.first_guess")
    return FirstGuess(
        kept["weekly_calls"], kept["aht_seconds"], kept["patience_seconds"], kept["shrinkage_percent"] / 100
    )
